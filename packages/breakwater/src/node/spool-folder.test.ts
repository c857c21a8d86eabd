import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SpoolFolder } from './spool-folder.ts'
import { folderName } from './spool-name.ts'

let path: string

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'breakwater-spool-'))
})

afterEach(() => rmSync(path, { recursive: true, force: true }))

describe('SpoolFolder.load()', () => {
  it('gives frozen and unsent reports by age, whatever order their names have', async () => {
    touch(
      'unsent.10.10.2.json',
      'unsent.9.9.2.json',
      'frozen.8.8.3.json',
      'owner.json',
      'unsent.11.11.2.json.tmp',
    )

    const { files, lastSequence } = await load()

    expect(files.map(({ name }) => name.first)).toEqual([8, 9, 10])
    expect(lastSequence).toBe(3)
  })

  it('removes what was folded into another file before the process died', async () => {
    touch('unsent.1.1.0.json', 'unsent.1.2.0.json', 'unsent.2.2.0.json', 'unsent.3.3.0.json')

    const { files } = await load()

    expect(files.map(({ name }) => [name.first, name.last])).toEqual([
      [1, 2],
      [3, 3],
    ])
    expect(readdirSync(path).sort()).toEqual(['unsent.1.2.0.json', 'unsent.3.3.0.json'])
  })

  it('goes on after the sequence of the last stored report', async () => {
    touch('stored.1.1.7.json', 'unsent.2.2.6.json')

    const { files, lastSequence } = await load()

    expect(files.length).toBe(1)
    expect(lastSequence).toBe(7)
  })
})

describe('SpoolFolder.markStored()', () => {
  it('keeps the mark of the last stored report only', async () => {
    touch('frozen.1.1.1.json', 'frozen.2.2.2.json')
    const folder = new SpoolFolder(path, () => '{}', true)

    await folder.markStored({ state: 'frozen', first: 1, last: 1, sequence: 1 })
    await folder.markStored({ state: 'frozen', first: 2, last: 2, sequence: 2 })

    expect(readdirSync(path)).toEqual(['stored.2.2.2.json'])
  })
})

describe('SpoolFolder.write()', () => {
  it('makes files and folders that nobody else can read, with the owner first', async () => {
    const folder = new SpoolFolder(join(path, 'new'), () => '{"owner":1}', false)

    await folder.write({ state: 'unsent', first: 1, last: 1, sequence: 0 }, '{}')

    const modeOf = (name: string): string => (statSync(join(path, 'new', name)).mode & 0o777).toString(8)
    expect([modeOf('.'), modeOf('owner.json'), modeOf('unsent.1.1.0.json')]).toEqual(['700', '600', '600'])
  })
})

describe('folderName()', () => {
  it.each([
    ['..', '%2E.'],
    ['a/b\\c', 'a%2Fb%5Cc'],
    ['shop', 'shop'],
  ])('makes %s a name without meaning to the file system', (text, name) => {
    expect(folderName(text)).toBe(name)
  })

  it('keeps long names apart and short', () => {
    const [a, b] = [folderName(`${'x'.repeat(300)}a`), folderName(`${'x'.repeat(300)}b`)]

    expect(a).not.toBe(b)
    expect(a.length).toBeLessThanOrEqual(150)
  })
})

function load(): ReturnType<SpoolFolder['load']> {
  return new SpoolFolder(path, () => '{}', true).load()
}

function touch(...names: readonly string[]): void {
  for (const name of names) writeFileSync(join(path, name), '{}')
}
