import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { scriptBudget } from './script-budget.ts'

const hubUrl = 'http://127.0.0.1:4700'

/** The page resolves our own packages to their source, and talks to the hub on the same origin. */
export default defineConfig({
  plugins: [react(), scriptBudget({ maxGzipBytes: 150_000 })],
  resolve: { conditions: ['breakwater-source', 'module', 'browser', 'import', 'default'] },
  build: { target: ['chrome123', 'firefox120', 'safari17.5'], modulePreload: { polyfill: false } },
  server: { proxy: { '/api': hubUrl, '/health': hubUrl } },
})
