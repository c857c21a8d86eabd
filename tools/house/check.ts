import type { Offence } from '../source/offence.ts'
import type { SourceFile } from '../source/source-file.ts'

/** A rule of the house: reads all files and names each place that breaks it. Pure; the root is only for rules that need the disk. */
export type Check = (files: readonly SourceFile[]) => Offence[]
