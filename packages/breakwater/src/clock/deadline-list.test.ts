import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Deadline } from './deadline.ts'
import { DeadlineList } from './deadline-list.ts'

/** A list on a time that the test sets. */
function scene(): {
  list: DeadlineList
  at: (time: number) => void
  reached: number[]
  make: (tag: number) => Deadline
  armings: () => number
} {
  let now = 0
  let armings = 0
  const reached: number[] = []
  const host = { deadlineTime: () => now, deadlineArmed: () => void armings++ }
  const target = { deadlineReached: (tag: number) => void reached.push(tag) }
  const list = new DeadlineList(100, host)
  const at = (time: number): void => void (now = time)
  return { list, at, reached, make: (tag) => new Deadline(target, tag), armings: () => armings }
}

describe('DeadlineList', () => {
  it('is empty and never due at first', () => {
    const { list } = scene()

    expect([list.isEmpty, list.nextDue]).toEqual([true, Infinity])
  })

  it.each([
    [99, []],
    [100, [1]],
    [101, [1]],
  ])('expire(%i) reaches a deadline of 100 ms when it is due', (now, expected) => {
    const { list, reached, make } = scene()
    list.arm(make(1))

    list.expire(now)

    expect(reached).toEqual(expected)
  })

  it('expire() reaches what is due in order of arming, and leaves the rest', () => {
    const { list, at, reached, make } = scene()
    list.arm(make(1))
    at(5)
    list.arm(make(2))
    at(10)
    list.arm(make(3))

    list.expire(105)

    expect(reached).toEqual([1, 2])
    expect(list.nextDue).toBe(110)
  })

  it('remainingMs() is the time until a deadline falls due, never below 0, and Infinity when it is not armed', () => {
    const { list, at, make } = scene()
    const deadline = make(1)
    const before = list.remainingMs(deadline)
    at(7)
    list.arm(deadline)
    const left = [7, 107, 200].map((time) => {
      at(time)
      return list.remainingMs(deadline)
    })
    deadline.cancel()

    expect([before, ...left, list.remainingMs(deadline)]).toEqual([Infinity, 100, 0, 0, Infinity])
  })

  it('tells its host when it has a deadline after it had none, and only then', () => {
    const { list, make, armings } = scene()
    const first = make(1)

    list.arm(first)
    list.arm(make(2))
    const whileFilled = armings()
    list.expire(100)
    list.arm(first)

    expect([whileFilled, armings()]).toEqual([1, 2])
  })

  it('a deadline may be armed again by its own target', () => {
    const { list, at } = scene()
    let times = 0
    const deadline: Deadline = new Deadline(
      {
        deadlineReached: () => {
          times++
          list.arm(deadline)
        },
      },
      0,
    )
    list.arm(deadline)
    at(100)

    list.expire(100)

    expect(times).toBe(1)
    expect(list.isEmpty).toBe(false)
  })

  it('a target may cancel the deadline that is due next', () => {
    const { list, reached, make } = scene()
    const victim = make(2)
    list.arm(new Deadline({ deadlineReached: () => victim.cancel() }, 1))
    list.arm(victim)

    list.expire(100)

    expect(reached).toEqual([])
    expect(list.isEmpty).toBe(true)
  })

  it('cancel() twice, or of a deadline never armed, does nothing', () => {
    const { list, make } = scene()
    const [armed, never] = [make(1), make(2)]
    list.arm(armed)

    armed.cancel()
    armed.cancel()
    never.cancel()

    expect(list.isEmpty).toBe(true)
  })

  it('agrees with a plain list under any arming, cancelling and expiring', () => {
    const command = fc.record({
      kind: fc.constantFrom('arm', 'cancel', 'expire'),
      pick: fc.nat(9),
      wait: fc.nat(60),
    })
    const property = fc.property(fc.array(command, { maxLength: 80 }), (commands) => {
      const { list, at, reached, make } = scene()
      const deadlines = Array.from({ length: 10 }, (_, tag) => make(tag))
      const dues = new Map<number, number>()
      const expected: number[] = []
      let now = 0
      const act = { arm, cancel, expire }
      function arm(tag: number): void {
        if (dues.has(tag)) return
        deadlines.slice(tag, tag + 1).forEach((deadline) => list.arm(deadline))
        dues.set(tag, now + 100)
      }
      function cancel(tag: number): void {
        deadlines[tag]?.cancel()
        dues.delete(tag)
      }
      function expire(): void {
        list.expire(now)
        const due = [...dues].filter(([, at]) => at <= now).map(([tag]) => tag)
        expected.push(...due)
        due.forEach((tag) => dues.delete(tag))
      }
      commands.forEach(({ kind, pick, wait }) => {
        now += wait
        at(now)
        act[kind](pick)
      })
      expect(reached).toEqual(expected)
      expect(list.nextDue).toBe(Math.min(Infinity, ...dues.values()))
    })

    fc.assert(property)
  })
})
