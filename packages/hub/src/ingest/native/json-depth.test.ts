import { expect, test } from 'vitest'
import { isDeeperThan } from './json-depth.ts'

const deep = (levels: number): Buffer => Buffer.from('['.repeat(levels) + ']'.repeat(levels))

test('isDeeperThan() is false at the limit', () => {
  expect(isDeeperThan(deep(24), 24)).toBe(false)
})

test('isDeeperThan() is true one beyond the limit', () => {
  expect(isDeeperThan(deep(25), 24)).toBe(true)
})

test('isDeeperThan() does not count brackets in strings, nor is it misled by escaped quotes', () => {
  const json = JSON.stringify({ a: '[[[[\\"[[[', b: '"{{{{' })

  expect(isDeeperThan(Buffer.from(json), 1)).toBe(false)
})

test('isDeeperThan() counts what comes after a string that ends in a backslash', () => {
  const json = JSON.stringify(['\\', [[[]]]])

  expect(isDeeperThan(Buffer.from(json), 3)).toBe(true)
})

test('isDeeperThan() does not add up brackets that are closed again', () => {
  expect(isDeeperThan(Buffer.from('[{},{},{},{}]'), 2)).toBe(false)
})
