import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EventStreamParser, type StreamEvent } from './event-stream-parser.ts'

describe('EventStreamParser', () => {
  it('reads events with and without a name, and leaves comments out', () => {
    const events = parse([': hello\n\nevent: control\ndata: {"a":1}\n\ndata: x\n\n'])

    expect(events).toEqual([
      { event: 'control', data: '{"a":1}' },
      { event: 'message', data: 'x' },
    ])
  })

  it('joins the data lines of an event', () => {
    expect(parse(['data: a\ndata: b\n\n'])).toEqual([{ event: 'message', data: 'a\nb' }])
  })

  it('gives nothing for an event that did not end', () => {
    expect(parse(['data: a\n'])).toEqual([])
  })

  it('reads the same however the text is cut', () => {
    const text = 'event: control\r\ndata: one\r\n\r\n: c\n\ndata: two\ndata: three\n\n'
    const whole = parse([text])

    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 6 }), (cuts) => {
        const edges = [0, ...cuts.sort((a, b) => a - b), text.length]
        const pieces = edges.slice(1).map((end, i) => text.slice(edges[i], end))
        expect(parse(pieces)).toEqual(whole)
      }),
    )
  })

  it('refuses an event without end', () => {
    expect(() => parse([`data: ${'x'.repeat(1_048_577)}`])).toThrow(RangeError)
  })
})

function parse(pieces: readonly string[]): readonly StreamEvent[] {
  const events: StreamEvent[] = []
  const parser = new EventStreamParser((event) => events.push(event))
  for (const piece of pieces) parser.push(piece)
  return events
}
