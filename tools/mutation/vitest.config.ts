import { defineConfig, mergeConfig } from 'vitest/config'
import workspace from '../../vitest.config.ts'

/**
 * All tests of a run share one worker: starting one for each file of tests takes longer than the tests. Sources that can be changed
 * anywhere are slower than usual, so tests are given more time; for work that never ends Stryker has its own limit.
 */
export default mergeConfig(workspace, defineConfig({ test: { isolate: false, testTimeout: 60_000 } }))
