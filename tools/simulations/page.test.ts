import { expect, test } from 'vitest'
import type { Chapter } from './chapters/chapter.ts'
import { imageName, page } from './page.ts'

const chapter: Chapter = {
  id: 'burst',
  title: 'A burst: what then?',
  question: 'Does it end?',
  setUp: ['two workers'],
  plot: { description: 'It ends', x: { title: 'seconds', from: 0, to: 1 }, panels: [] },
  seen: ['It does.'],
  table: {
    head: ['', 'goodput', 'queue'],
    rows: [['with', '10 /s', '3']],
  },
  folder: 'bursts/',
  test: 'burst.test.ts',
}

test('page() has a section for each chapter, in the order question, set-up, plot, what to see, numbers, test', () => {
  const section = /## A burst[^]*?burst\.test\.ts\)\./.exec(page([chapter]))?.[0]

  expect(section?.split('\n\n')).toEqual([
    '## A burst: what then?',
    '**Does it end?**',
    '- two workers',
    '![It ends](images/simulation-burst.svg)',
    '- It does.',
    '|  | goodput | queue |\n|---|---:|---:|\n| with | 10 /s | 3 |',
    'Asserted in [`burst.test.ts`](../packages/breakwater/test/simulations/bursts/burst.test.ts).',
  ])
})

test('page() begins with links to its chapters, as GitHub names headings', () => {
  expect(page([chapter])).toContain('- [A burst: what then?](#a-burst-what-then)')
})

test('imageName() is the file name of the plot', () => {
  expect(imageName(chapter)).toBe('simulation-burst.svg')
})
