import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'

const root = new URL('../../../', import.meta.url)

/** Runs the first TypeScript example of a Markdown file as a program of its own and gives what it prints. */
async function runExample(file: string): Promise<{ readonly code: number | null; readonly stdout: string }> {
  const markdown = await readFile(new URL(file, root), 'utf8')
  const source = /```ts\n([\s\S]*?)```/.exec(markdown)?.[1] ?? ''
  const child = spawn(process.execPath, ['--conditions=source', '--input-type=module-typescript', '-'], {
    cwd: root,
  })
  child.stdin.end(source)
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { stdout: await text(child.stdout), code: await ended }
}

it('the example of the README runs and prints what the README says', async () => {
  const { code, stdout } = await runExample('README.md')

  expect(stdout).toBe('queued for later\n')
  expect(code).toBe(0)
})

it('the example of the package runs to its end', async () => {
  const { code } = await runExample('packages/breakwater/README.md')

  expect(code).toBe(0)
})
