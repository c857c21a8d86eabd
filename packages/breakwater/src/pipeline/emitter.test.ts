import { describe, expect, it } from 'vitest'
import { nextMacrotask } from '../clock/macrotask.ts'
import { Emitter } from './emitter.ts'

const bug = new Error('listener bug')
const throwing = (): never => {
  throw bug
}

describe('Emitter', () => {
  it('has listeners only while there are any', () => {
    const emitter = new Emitter<string>()
    const states = [emitter.hasListeners]
    const stop = emitter.on(() => undefined)
    states.push(emitter.hasListeners)
    stop()
    stop()

    expect([...states, emitter.hasListeners]).toEqual([false, true, false])
  })

  it('calls listeners in order, the same function as often as it was added', () => {
    const emitter = new Emitter<string>()
    const seen: string[] = []
    const note = (event: string): void => void seen.push(event)
    emitter.on(note)
    const stop = emitter.on(note)
    emitter.emit('a')
    stop()

    emitter.emit('b')

    expect(seen).toEqual(['a', 'a', 'b'])
  })

  it('counts what listeners throw, keeps the last, and calls the others', () => {
    const emitter = new Emitter<string>()
    const seen: string[] = []
    emitter.on(throwing)
    emitter.on((event) => void seen.push(event))

    emitter.emit('a')
    emitter.emit('b')

    expect([seen, emitter.listenerErrors, emitter.lastListenerError]).toEqual([['a', 'b'], 2, bug])
  })

  it('counts a promise of a listener that rejects, without an unhandled rejection', async () => {
    const emitter = new Emitter<string>()
    const listener: (event: string) => unknown = () => Promise.reject(bug)
    emitter.on(listener)

    emitter.emit('a')
    await nextMacrotask()

    expect([emitter.listenerErrors, emitter.lastListenerError]).toEqual([1, bug])
  })

  it('counts a thenable of another make that rejects, as it counts a promise', async () => {
    const emitter = new Emitter<string>()
    const rejecting: PromiseLike<never> = { then: (...on) => Promise.reject(bug).then(...on) }
    const listener: (event: string) => unknown = () => rejecting
    emitter.on(listener)

    emitter.emit('a')
    await nextMacrotask()

    expect([emitter.listenerErrors, emitter.lastListenerError]).toEqual([1, bug])
  })

  it('counts a thenable whose then throws, and calls the others', () => {
    const emitter = new Emitter<string>()
    const seen: string[] = []
    const listener: (event: string) => unknown = () => ({ then: throwing })
    emitter.on(listener)
    emitter.on((event) => void seen.push(event))

    emitter.emit('a')

    expect([seen, emitter.listenerErrors, emitter.lastListenerError]).toEqual([['a'], 1, bug])
  })

  it('a listener that is added or taken away while it emits changes the next event only', () => {
    const emitter = new Emitter<string>()
    const seen: string[] = []
    const stop = emitter.on((event) => {
      seen.push(`first ${event}`)
      stop()
      emitter.on((later) => void seen.push(`added ${later}`))
    })
    emitter.on((event) => void seen.push(`second ${event}`))

    emitter.emit('a')
    emitter.emit('b')

    expect(seen).toEqual(['first a', 'second a', 'second b', 'added b'])
  })
})
