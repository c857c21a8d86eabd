import { describe, expect, it } from 'vitest'
import { createSseParser } from './sse-parser.ts'

describe('createSseParser()', () => {
  it('reads a message with its event and id', () => {
    expect(createSseParser().feed('id: 7\nevent: tick\ndata: {}\n\n')).toEqual([
      { event: 'tick', data: '{}', id: '7' },
    ])
  })

  it('puts together a message that comes in pieces', () => {
    const parser = createSseParser()

    expect(parser.feed('event: ti')).toEqual([])
    expect(parser.feed('ck\ndata: 1\n')).toEqual([])
    expect(parser.feed('\n')).toEqual([{ event: 'tick', data: '1', id: undefined }])
  })

  it('reads several messages of one piece', () => {
    expect(
      createSseParser()
        .feed('data: 1\n\ndata: 2\n\n')
        .map(({ data }) => data),
    ).toEqual(['1', '2'])
  })

  it('joins several lines of data', () => {
    expect(createSseParser().feed('data: a\ndata: b\n\n')[0]?.data).toBe('a\nb')
  })

  it('passes over comments', () => {
    expect(createSseParser().feed(': warm\n\n')).toEqual([])
  })

  it('understands carriage returns', () => {
    expect(createSseParser().feed('event: tick\r\ndata: 1\r\n\r\n')).toEqual([
      { event: 'tick', data: '1', id: undefined },
    ])
  })

  it('gives a reset that has no data', () => {
    expect(createSseParser().feed('event: reset\n\n')[0]?.event).toBe('reset')
  })

  it('refuses a message without end', () => {
    const parser = createSseParser()

    expect(() => parser.feed(`data: ${'x'.repeat(4_000_001)}`)).toThrow(RangeError)
  })
})
