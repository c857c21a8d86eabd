import { describe, expect, it } from 'vitest'
import { type Chunk, FlowQueue } from './flow-queue.ts'

const take = (queue: FlowQueue, bytes: number): string => queue.take(queue.first as Chunk, bytes).toString()

describe('FlowQueue', () => {
  it('gives the bytes back in order, in pieces as asked for, none across two chunks', () => {
    const queue = new FlowQueue(100)
    queue.add(Buffer.from('hello'), 1)
    queue.add(Buffer.from('world'), 2)

    expect([take(queue, 2), take(queue, 9), take(queue, 9)]).toEqual(['he', 'llo', 'world'])
    expect([queue.first, queue.bytes]).toEqual([undefined, 0])
  })

  it.each([
    [9, false],
    [10, true],
    [11, true],
  ])('of 10 bytes with %i is full: %s', (bytes, isFull) => {
    const queue = new FlowQueue(10)
    queue.add(Buffer.alloc(bytes), 1)

    expect(queue.isFull).toBe(isFull)
  })

  it.each([
    [1_023, false],
    [1_024, true],
  ])('with %i chunks is full, however small they are: %s', (count, isFull) => {
    const queue = new FlowQueue(1_000_000)
    for (let i = 0; i < count; i++) queue.add(Buffer.alloc(1), 1)

    expect(queue.isFull).toBe(isFull)
  })

  it('drops all and says how much that was', () => {
    const queue = new FlowQueue(10)
    queue.add(Buffer.alloc(7), 1)

    expect([queue.drop(), queue.bytes, queue.first]).toEqual([7, 0, undefined])
  })
})
