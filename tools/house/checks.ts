import { checkAmbient } from './ambient.ts'
import { checkAssertingLoops } from './asserting-loops.ts'
import { checkBannedWords } from './banned-words.ts'
import type { Check } from './check.ts'
import { checkCycles } from './cycles.ts'
import { checkDeclaredDependencies } from './declared-dependencies.ts'
import { checkExports } from './exports.ts'
import { checkLayers } from './layers.ts'
import { checkLinks } from './links.ts'
import { checkNames } from './names.ts'
import { checkSizes } from './sizes.ts'
import { checkSourceMap } from './source-map.ts'
import { checkTestTitles } from './test-titles.ts'
import { checkTimeAndChance } from './time-and-chance.ts'
import { checkUnusedExports } from './unused-exports.ts'

/** All rules of the house that a machine can check. A new rule is a file beside this one, its test, and a line here. */
export const checks: readonly Check[] = [
  checkSizes,
  checkNames,
  checkLayers,
  checkDeclaredDependencies,
  checkCycles,
  checkTimeAndChance,
  checkAmbient,
  checkExports,
  checkUnusedExports,
  checkBannedWords,
  checkAssertingLoops,
  (files) => checkLinks(files),
  checkTestTitles,
  checkSourceMap,
]
