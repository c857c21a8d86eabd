/** What the files under one path may import. Each rule whose `from` matches is applied. */
export interface LayerRule {
  /** Paths the rule is for. */
  readonly from: RegExp
  /** Target paths (relative imports) or specifiers (bare imports) that are not allowed. */
  readonly forbids: RegExp
  /** Exceptions to `forbids`. `$1` stands for the first group of `from`. */
  readonly except?: string
  readonly because: string
}

const policies =
  'retry|circuit-breaker|bulkhead|timeout|rate-limiter|concurrency-limiter|hedge|fallback|cache|budget|coalescing|balancer|chaos|adaptive-throttle'
const assemblies = 'node|runtime|registry|testing|health|degradation|recovery|dead-letter'
const hubLogic = 'ingest|group|correlate|analyse|alert|heal|health|control|dead-letter'
const library = 'packages/breakwater/src'

/** The directions of dependency, one sentence each. Tests are not held to them. */
export const layerRules: readonly LayerRule[] = [
  {
    from: /^packages\/breakwater\/src\/(?!(?:testing\/)?node\/)/,
    forbids: /^(?!packages\/)/,
    because: 'the library imports nothing; only src/node/ and src/testing/node/ may import node:*',
  },
  {
    from: /^packages\/breakwater\/src\/(?:testing\/)?node\//,
    forbids: /^(?!packages\/|node:)/,
    because: 'src/node/ and src/testing/node/ import node:* and nothing else',
  },
  {
    from: /^packages\/breakwater\/src\/(?!testing\/node\/)/,
    forbids: /^packages\/breakwater\/src\/testing\/node\//,
    because: 'what is for tests in Node is in nothing else',
  },
  {
    from: new RegExp(`^${library}/(?:${policies})/`),
    forbids: new RegExp(`^${library}/(?:${assemblies}|index)\\b`),
    because: 'a policy stands alone: it does not know what is built from it',
  },
  {
    from: new RegExp(`^${library}/(${policies})/`),
    forbids: new RegExp(`^${library}/(?:${policies})/`),
    except: `^${library}/$1/`,
    because: 'a policy never imports another policy; only pipeline/ knows several',
  },
  {
    from: new RegExp(`^${library}/protocol/`),
    forbids: /./,
    except: `^${library}/protocol/`,
    because: 'protocol imports nothing',
  },
  {
    from: /^packages\/hub\/src\//,
    forbids: /^(?:breakwater|@breakwater)\b/,
    except: '^breakwater(?:/protocol|/node)?$',
    because: 'the hub imports breakwater, breakwater/node and breakwater/protocol only',
  },
  {
    from: new RegExp(`^packages/hub/src/(?:${hubLogic})/`),
    forbids:
      /^packages\/hub\/src\/(?:store\/sqlite|store\/postgres|http)\/|^fastify|^node:(?:sqlite|http|https|net)$/,
    because: 'the logic of the hub knows no store and no HTTP; they implement interfaces that it owns',
  },
  {
    from: /^packages\/cli\/src\//,
    forbids: /^(?:breakwater|@breakwater)\b/,
    except: '^(?:breakwater(?:/protocol)?|@breakwater/hub)$',
    because: 'the CLI imports breakwater, breakwater/protocol and @breakwater/hub only',
  },
  {
    from: /^packages\/dashboard\/src\//,
    forbids: /^(?:breakwater|@breakwater|node:)/,
    except: '^breakwater/protocol$',
    because: 'the page imports breakwater/protocol only',
  },
  {
    from: /^packages\/dashboard\/src\/shared\//,
    forbids: /^packages\/dashboard\/src\/(?:features|app)\//,
    because: 'shared -> features -> app',
  },
  {
    from: /^packages\/dashboard\/src\/features\/([^/]+)\//,
    forbids: /^packages\/dashboard\/src\/(?:features|app)\//,
    except: '^packages/dashboard/src/features/$1/',
    because: 'shared -> features -> app, and features never import each other',
  },
  {
    from: /^(packages\/[^/]+)\//,
    forbids: /^(?:packages|examples|benchmarks|tools)\//,
    except: '^$1/',
    because: 'a package is imported by its name, never by a path into it',
  },
]
