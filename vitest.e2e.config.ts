import { defineConfig } from 'vitest/config'

const conditions = ['breakwater-source', 'node', 'import', 'module', 'default']

/** Tests that drive the built page in a real Chromium, one file after the other: they share the machine with a fleet of processes. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ['{packages,examples}/*/test/**/*.e2e.test.ts', 'test/e2e/**/*.e2e.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    execArgv: ['--conditions=breakwater-source'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
})
