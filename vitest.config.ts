import { defineConfig } from 'vitest/config'

const conditions = ['breakwater-source', 'node', 'import', 'module', 'default']

/** Each package's tests run from source: the `source` export condition resolves our own packages to `src`. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: [
      '{packages,examples}/*/{src,test}/**/*.test.{ts,tsx}',
      'tools/**/*.test.ts',
      'benchmarks/**/*.test.ts',
    ],
    exclude: ['**/node_modules/**', '**/dist/**', '**/*.e2e.test.ts'],
    execArgv: ['--conditions=breakwater-source'],
    testTimeout: 10_000,
  },
})
