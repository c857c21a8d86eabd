import { expect, test } from 'vitest'
import { candidatesFor, findNode } from './find-node.ts'

test('candidatesFor() downloads nothing unless it may', () => {
  const search = { major: 22, named: undefined, mayDownload: false }

  const without = candidatesFor(search)
  const withDownload = candidatesFor({ ...search, mayDownload: true })

  expect(without.at(-1)).toEqual(['npm', 'exec', '--yes', '--offline', '--package=node@22', '--', 'node'])
  expect(withDownload.slice(0, -1)).toEqual(without)
  expect(withDownload.at(-1)).not.toContain('--offline')
})

test('candidatesFor() tries only the Node that is named', () => {
  expect(candidatesFor({ major: 22, named: '/opt/node-22', mayDownload: true })).toEqual([['/opt/node-22']])
})

test('findNode() finds the Node that runs this, and none of a version that nobody made', async () => {
  const major = Number(process.versions.node.split('.')[0])

  expect(await findNode({ major, named: undefined, mayDownload: false })).toEqual([process.execPath])
  expect(await findNode({ major: 1, named: process.execPath, mayDownload: false })).toBeUndefined()
})
