import { overHttp } from './contestants/http-dependency.ts'
import { aggressive, cockatielStack } from './contestants/cockatiel-stack.ts'
import { opossumInPRetry } from './contestants/opossum-stack.ts'
import { ourStack } from './contestants/our-stack.ts'
import { ours, oursWithRuntime } from './contestants/ours.ts'
import { compareAll } from './harness/compare.ts'
import type { Suite } from './harness/suite.ts'

/** What the whole stack adds where it is used: around a request. */
export const serviceSuite: Suite = {
  name: 'service',
  about:
    'the whole stack around an HTTP request to a server on loopback, in the same process and over a connection that is kept: less time than a request takes anywhere else. bare sends it without.',
  run(settings) {
    const contestants = {
      bare: () => overHttp((request) => ({ call: request })),
      breakwater: () => overHttp((request) => ourStack(ours, request)),
      'breakwater + runtime': () => overHttp((request) => ourStack(oursWithRuntime, request)),
      cockatiel: () => overHttp((request) => cockatielStack(aggressive, request)),
      'opossum in p-retry': () => overHttp((request) => opossumInPRetry(request)),
    }
    return compareAll([{ suite: 'service', case: 'a request', loop: 'plain', contestants }], settings)
  },
}
