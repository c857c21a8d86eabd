import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { createContext } from './context.ts'

describe('createContext()', () => {
  it('carries values through what is awaited, and only there', async () => {
    const context = createContext()

    const inside = await context.run({ traceId: 'a' }, async () => {
      await Promise.resolve()
      return context.get().traceId
    })

    expect(inside).toBe('a')
    expect(context.get()).toEqual({})
  })

  it('lays inner values over outer ones and merges attributes and baggage', () => {
    const context = createContext()

    const seen = context.run(
      { traceId: 'a', operation: 'outer', attributes: { user: '1' }, baggage: { x: '1' } },
      () =>
        context.run({ operation: 'inner', attributes: { order: '2' }, baggage: { x: '2' } }, () =>
          context.get(),
        ),
    )

    expect(seen).toEqual({
      traceId: 'a',
      operation: 'inner',
      attributes: { user: '1', order: '2' },
      baggage: { x: '2' },
    })
  })

  it('keeps the earlier of two deadlines', () => {
    const context = createContext()
    const deadlineWith = (outer: number, inner: number): number | undefined =>
      context.run({ deadlineAt: outer }, () =>
        context.run({ deadlineAt: inner }, () => context.get().deadlineAt),
      )

    expect(deadlineWith(100, 200)).toBe(100)
    expect(deadlineWith(200, 100)).toBe(100)
  })

  it('detach() leaves the deadline and nothing else', () => {
    const context = createContext()
    const values = { traceId: 'a', attributes: { user: '1' } }
    const { inside, inner, after } = context.run({ ...values, deadlineAt: 100 }, () => ({
      inside: context.detach(() => context.get()),
      inner: context.detach(() => context.run({ deadlineAt: 200 }, () => context.get().deadlineAt)),
      after: context.get().deadlineAt,
    }))

    expect([inside, inner, after]).toEqual([values, 200, 100])
    expect(context.detach(() => context.get())).toEqual({})
  })

  it('keeps two runtimes apart', () => {
    const one = createContext()
    const other = createContext()

    const seen = one.run({ traceId: 'a' }, () => other.get())

    expect(seen).toEqual({})
  })

  it('binds a function to the context of now', () => {
    const context = createContext()
    const emitter = new EventEmitter()
    const seen: Array<string | undefined> = []
    context.run({ traceId: 'a' }, () =>
      emitter.on(
        'x',
        context.bind(() => void seen.push(context.get().traceId)),
      ),
    )

    context.run({ traceId: 'b' }, () => emitter.emit('x'))

    expect(seen).toEqual(['a'])
  })

  it('gives values that cannot be changed', () => {
    const context = createContext()

    const isFrozen = context.run({ traceId: 'a' }, () => Object.isFrozen(context.get()))

    expect(isFrozen).toBe(true)
  })
})
