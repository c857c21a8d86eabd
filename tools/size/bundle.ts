import { gzipSync } from 'node:zlib'
import { build, type Plugin } from 'vite'

const entry = 'virtual:entry'

/** A program to bundle: an ES module as text. */
export interface BundleRequest {
  readonly source: string
  /** Export conditions by which packages are found. @default our own packages from source */
  readonly conditions?: readonly string[]
  /** Specifiers that stay imports. */
  readonly external?: readonly string[]
  /** @default true */
  readonly minify?: boolean
  /** The folder that the program imports from. @default that of the process */
  readonly folder?: string
}

/** A part of a bundle: a module and what is left of it. */
export interface BundledModule {
  readonly path: string
  /** Its code without what nobody imports, before minification. */
  readonly code: string
}

/** What a bundler makes of a program. */
export interface Bundle {
  readonly code: string
  readonly gzipBytes: number
  readonly modules: readonly BundledModule[]
  /** Specifiers that are still imported. */
  readonly imports: readonly string[]
}

/** Bundles a program into one module, as for a browser. */
export async function bundle({
  source,
  conditions = ['breakwater-source', 'import', 'default'],
  external = [],
  minify = true,
  folder = process.cwd(),
}: BundleRequest): Promise<Bundle> {
  const built = await build({
    ...{ configFile: false, envFile: false, publicDir: false, logLevel: 'error' },
    resolve: { conditions: [...conditions] },
    plugins: [virtualEntry(source, folder)],
    build: {
      ...{ write: false, target: 'esnext', modulePreload: false, minify: minify && 'oxc' },
      rolldownOptions: {
        ...{ input: entry, external: [...external], preserveEntrySignatures: 'strict' },
        output: { format: 'esm', codeSplitting: false },
      },
    },
  })
  return describe(outputsOf(built))
}

/** Serves the program as a file of the folder, so that it imports from there. */
function virtualEntry(source: string, folder: string): Plugin {
  return {
    name: 'virtual-entry',
    enforce: 'pre',
    resolveId: (id) => (id === entry ? `${folder}/entry.js` : null),
    load: (id) => (id.endsWith('/entry.js') ? source : null),
  }
}

type Built = Awaited<ReturnType<typeof build>>
type Output = Extract<Built, { output: unknown }>['output'][number]

function outputsOf(built: Built): Output[] {
  const bundles = Array.isArray(built) ? built : [built]
  return bundles.flatMap((one) => ('output' in one ? one.output : []))
}

function describe(output: readonly Output[]): Bundle {
  const chunks = output.filter((part) => part.type === 'chunk')
  const code = chunks.map((chunk) => chunk.code).join('')
  const parts = chunks.flatMap((chunk) => Object.entries(chunk.modules))
  return {
    code,
    gzipBytes: gzipSync(code).byteLength,
    modules: parts.map(([path, { code: left }]) => ({ path, code: left ?? '' })),
    imports: chunks.flatMap((chunk) => [...chunk.imports, ...chunk.dynamicImports]),
  }
}
