import type { Chapter, Table } from './chapters/chapter.ts'

const simulations = 'packages/breakwater/test/simulations'

/** The page of all simulations as Markdown. */
export function page(chapters: readonly Chapter[]): string {
  return [
    '# Simulations',
    'What the policies do to a system under load, measured. The policies are the real ones; the dependency is a model of workers and a queue; time is a fake clock and chance is seeded, so every run gives the same numbers. A test fails when this page is not what the simulations give.',
    chapters.map(({ title }) => `- [${title}](#${anchorOf(title)})`).join('\n'),
    ...chapters.flatMap(section),
    '## How to run them',
    `\`\`\`sh\nnpx node --conditions=breakwater-source tools/simulations/main.ts   # writes this page and its plots, in a few seconds\nnpx vitest run ${simulations}   # asserts the shapes\n\`\`\``,
    `The models and scenarios are in [\`${simulations}\`](../${simulations}); each folder there has a \`main.ts\` that prints its series as JSON. What the models leave out: networks that lose and delay, garbage collection, clients that differ and, but for the chain of services, dependencies of the dependency. They show what a policy does to the shape of an outage, not how long yours will be.`,
  ]
    .join('\n\n')
    .concat('\n')
}

function section(chapter: Chapter): string[] {
  return [
    `## ${chapter.title}`,
    `**${chapter.question}**`,
    list(chapter.setUp),
    `![${chapter.plot.description}](images/${imageName(chapter)})`,
    list(chapter.seen),
    markdownTable(chapter.table),
    `Asserted in [\`${chapter.test}\`](../${simulations}/${chapter.folder}${chapter.test}).`,
  ]
}

/** The file name of a chapter's plot. */
export function imageName({ id }: Pick<Chapter, 'id'>): string {
  return `simulation-${id}.svg`
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n')
}

function markdownTable({ head, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), `|---|${'---:|'.repeat(head.length - 1)}`, ...rows.map(line)].join('\n')
}

function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replace(/\s/g, '-')
}
