import type { MarkView } from 'breakwater/protocol'
import { describe, expect, it } from 'vitest'
import { clusterMarks } from './cluster-marks.ts'

const xOf = (at: number): number => at

describe('clusterMarks()', () => {
  it('draws marks closer than the gap as one, in the tone that tells most', () => {
    const marks = [mark(17, 'CircuitClosed'), mark(10, 'CircuitHalfOpened'), mark(14, 'CircuitOpened')]

    expect(clusterMarks(marks, { gap: 8, xOf })).toEqual([{ x: 10, tone: 'failing' }])
  })

  it('draws marks a gap apart as two', () => {
    const marks = [mark(10, 'CircuitOpened'), mark(18, 'CircuitClosed')]

    expect(clusterMarks(marks, { gap: 8, xOf })).toEqual([
      { x: 10, tone: 'failing' },
      { x: 18, tone: 'ok' },
    ])
  })
})

function mark(at: number, type: string): MarkView {
  return { at, type, service: 's', instance: 's-1', message: '', policy: null, operation: null }
}
