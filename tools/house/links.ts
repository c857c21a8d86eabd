import { existsSync } from 'node:fs'
import { posix } from 'node:path'
import type { Offence } from '../source/offence.ts'
import type { SourceFile } from '../source/source-file.ts'

/** Links of Markdown files to files of the repository that are not there. Links on the web and within a page are not followed. */
export function checkLinks(
  files: readonly SourceFile[],
  exists: (path: string) => boolean = existsSync,
): Offence[] {
  return files
    .filter(({ path }) => path.endsWith('.md'))
    .flatMap((file) =>
      linksOf(file.text).flatMap(({ target, line }) => {
        const to = posix.normalize(posix.join(posix.dirname(file.path), target))
        return exists(to)
          ? []
          : [{ path: file.path, line, rule: 'link', message: `'${target}' does not exist` }]
      }),
    )
}

function linksOf(markdown: string): { target: string; line: number }[] {
  const prose = markdown.replace(/^```[\s\S]*?^```/gm, (fence) => fence.replace(/[^\n]/g, ' '))
  return prose.split('\n').flatMap((text, index) => {
    const targets = [...text.matchAll(/\]\(([^)\s]+)[^)]*\)|\ssrc="([^"]+)"/g)].map(
      (match) => match[1] ?? match[2] ?? '',
    )
    return targets
      .filter((target) => !/^([a-z]+:|#)/.test(target))
      .map((target) => ({ target: target.replace(/#.*$/, ''), line: index + 1 }))
  })
}
