import { defineConfig, mergeConfig } from 'vitest/config'
import workspace from '../../vitest.config.ts'

/** All tests of a run share one worker: starting one for each file of tests takes longer than the tests. */
export default mergeConfig(workspace, defineConfig({ test: { isolate: false } }))
