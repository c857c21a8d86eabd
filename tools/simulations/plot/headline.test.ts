import { expect, test } from 'vitest'
import { headline } from './headline.ts'

const textsOf = (svg: string): (string | undefined)[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map((match) => match[1])

test('headline() breaks a sentence between words where the width ends', () => {
  const { svg } = headline('one two three four', { x: 0, y: 0, width: 75 })

  expect(textsOf(svg)).toEqual(['one two', 'three', 'four'])
})

test('headline() is a line higher for each line', () => {
  const short = headline('one', { x: 0, y: 0, width: 75 })
  const long = headline('one two three', { x: 0, y: 0, width: 75 })

  expect(long.height - short.height).toBe(20)
})

test('headline() escapes text', () => {
  expect(textsOf(headline('a<b', { x: 0, y: 0, width: 75 }).svg)).toEqual(['a&lt;b'])
})
