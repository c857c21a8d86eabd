import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Stryker } from '@stryker-mutator/core'
import type { MutationArguments } from './arguments.ts'

type StrykerOptions = ConstructorParameters<typeof Stryker>[0]

const library = 'packages/breakwater'

/** Only what the library's tests need is copied for a run: `/*` leaves out the rest. */
const copied = [
  '/*',
  '!/packages',
  '/packages/*',
  `!/${library}`,
  '!/package.json',
  '!/tsconfig.base.json',
  '!/vitest.config.ts',
  '!/tools',
  '/tools/*',
  '!/tools/mutation',
  '/tools/mutation/*',
  '!/tools/mutation/vitest.config.ts',
]

/** Tests that take seconds and would be run again for hundreds of mutants. What they see, quicker ones see too. */
const slowTests = [
  `/${library}/test/simulations`,
  `/${library}/test/campaign/*/`,
  `/${library}/test/engine-property.test.ts`,
  `/${library}/test/interleavings.test.ts`,
  `/${library}/test/rules-process.test.ts`,
  `/${library}/src/**/*-memory.test.ts`,
]

/**
 * The tests that do not judge a folder, which are not copied either. Stryker's own list of test files (`testFiles`) would switch each
 * change on only after the modules are loaded: too late for what they make while they load, such as frozen defaults.
 */
function otherTests(folder: string, isWide: boolean): string[] {
  if (isWide) return [`/${library}/src/node/**/*.test.ts`]
  return [`/${library}/src/**/*.test.ts`, `!/${library}/src/${folder}/**/*.test.ts`]
}

/** Nothing is excluded from the mutants: messages, names and events are promises as well. */
const excludedMutations: string[] = []

/** The options of Stryker for one folder: where its mutants are, and which tests judge them. */
export function strykerOptions(folder: string, args: MutationArguments): StrykerOptions {
  const { concurrency, isFresh, isWide } = args
  return {
    mutate: [`${library}/src/${folder}/**/*.ts`, `!${library}/src/${folder}/**/*.test.ts`],
    mutator: { excludedMutations },
    ignorePatterns: [...copied, ...otherTests(folder, isWide), ...slowTests, 'dist'],
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'tools/mutation/vitest.config.ts', related: false },
    coverageAnalysis: 'perTest',
    concurrency,
    incremental: true,
    incrementalFile: reportFile(folder),
    force: isFresh,
    tempDirName: join(tmpdir(), 'breakwater-mutation'),
    cleanTempDir: 'always',
    reporters: ['progress-append-only'],
    allowConsoleColors: false,
  }
}

/** Where Stryker keeps what it found, for the next run to start from. */
export function reportFile(folder: string): string {
  return `node_modules/.cache/breakwater-mutation/${folder}.json`
}
