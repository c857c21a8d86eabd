import { gate, type Level } from '../../src/pipeline/level.ts'
import type { Policy } from '../../src/pipeline/policy.ts'

interface Passage {
  exits: number
  releases: number
}

/** A gate that admits all and checks the engine's side of the bargain: one exit, then one release, for each entry. */
export class LevelProbe implements Policy {
  readonly kind = 'probe'
  readonly name = 'probe'
  readonly #passages: Passage[] = []
  readonly #complain: (what: string) => void
  /** Runs that were left while their work goes on. */
  #abandoned = 0

  constructor(complain: (what: string) => void) {
    this.#complain = complain
  }

  /** How often it was entered and left. */
  get counts(): { readonly entries: number; readonly exits: number; readonly releases: number } {
    const sum = (of: (passage: Passage) => number): number =>
      this.#passages.reduce((total, passage) => total + of(passage), 0)
    return {
      entries: this.#passages.length,
      exits: sum(({ exits }) => exits),
      releases: sum(({ releases }) => releases),
    }
  }

  /** Whether each entry had its exit and its release, when all is over. */
  leftovers(): readonly (string | false)[] {
    const { entries, exits, releases } = this.counts
    const isEven = exits === entries && releases === entries
    return [
      !isEven && `${entries} entries, ${exits} exits, ${releases} releases`,
      this.#abandoned !== 0 && `${this.#abandoned} abandoned`,
    ]
  }

  stats(): { counters: Record<string, number>; gauges: Record<string, number> } {
    return { counters: this.counts, gauges: {} }
  }

  compile(): Level {
    return gate({
      enter: (run, index) => {
        const passage: Passage = { exits: 0, releases: 0 }
        this.#passages.push(passage)
        run.permits[index] = passage
        return undefined
      },
      exit: (run, index) => this.#exit(run.permits[index] as Passage),
      release: (run, index) => this.#release(run.permits[index] as Passage),
      abandoned: (change) => this.#abandon(change),
    })
  }

  #abandon(change: 1 | -1): void {
    this.#abandoned += change
    const { exits, releases } = this.counts
    const most = exits - releases
    if (this.#abandoned < 0 || this.#abandoned > most)
      this.#complain(`${this.#abandoned} runs are abandoned of ${most} that were left and not released`)
  }

  #exit(passage: Passage): void {
    passage.exits++
    if (passage.exits > 1) this.#complain('a level was left twice')
    if (passage.releases > 0) this.#complain('a level was left after it was released')
  }

  #release(passage: Passage): void {
    passage.releases++
    if (passage.releases > 1) this.#complain('a level was released twice')
    if (passage.exits === 0) this.#complain('a level was released before it was left')
  }
}
