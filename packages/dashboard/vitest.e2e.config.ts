import { defineConfig } from 'vitest/config'

const conditions = ['breakwater-source', 'node', 'import', 'module', 'default']

/** Tests of the built page in a real browser: `npx vitest run --config packages/dashboard/vitest.e2e.config.ts`. */
export default defineConfig({
  root: import.meta.dirname,
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ['test/**/*.e2e.test.ts'],
    globalSetup: ['test/browser/build-page.ts'],
    fileParallelism: false,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})
