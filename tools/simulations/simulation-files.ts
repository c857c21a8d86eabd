import { cascadeChapter } from './chapters/cascade-chapter.ts'
import { ejectionCapChapter } from './chapters/ejection-cap-chapter.ts'
import { ejectionChapter } from './chapters/ejection-chapter.ts'
import { hedgingChapter } from './chapters/hedging-chapter.ts'
import { metastableChapter } from './chapters/metastable-chapter.ts'
import { overloadChapter } from './chapters/overload-chapter.ts'
import { queueChapter } from './chapters/queue-chapter.ts'
import { refusalsChapter } from './chapters/refusals-chapter.ts'
import { retryStormChapter } from './chapters/retry-storm-chapter.ts'
import { thunderingHerdChapter } from './chapters/thundering-herd-chapter.ts'
import { imageName, page } from './page.ts'
import { drawPlot } from './plot/draw-plot.ts'

/** Runs every simulation and gives what belongs in `docs/`: file name to text. */
export async function simulationFiles(): Promise<ReadonlyMap<string, string>> {
  const chapters = [
    await overloadChapter(),
    await refusalsChapter(),
    await retryStormChapter(),
    await thunderingHerdChapter(),
    await metastableChapter(),
    await cascadeChapter(),
    await hedgingChapter(),
    await queueChapter(),
    await ejectionChapter(),
    await ejectionCapChapter(),
  ]
  return new Map([
    ['simulations.md', page(chapters)],
    ...chapters.map((chapter) => [`images/${imageName(chapter)}`, drawPlot(chapter.plot)] as const),
  ])
}
