import { describe, expect, it } from 'vitest'
import { frameRuns, parseStack } from './parse-stack.ts'

const stack = [
  'TypeError: cannot read',
  'the second line of the message',
  '    at charge (/srv/src/payments.ts:48:11)',
  '    at async handler (/srv/node_modules/fastify/lib/handle.js:1:1)',
  '    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
  '    at route (/srv/src/routes.ts:2:5)',
].join('\n')

describe('parseStack()', () => {
  it('leaves the message out and tells own code from that of others', () => {
    expect(parseStack(stack).map(({ isInApp }) => isInApp)).toEqual([true, false, false, true])
  })

  it('reads the frames of other engines', () => {
    expect(parseStack('charge@http://shop/app.js:10:4\n@http://shop/app.js:20:1')).toHaveLength(2)
  })

  it('keeps a text that has no frame', () => {
    expect(parseStack('something\n\nelse').map(({ text }) => text)).toEqual(['something', 'else'])
  })
})

describe('frameRuns()', () => {
  it('puts frames of the same kind together, in order', () => {
    const runs = frameRuns(parseStack(stack))

    expect(runs.map(({ isInApp, frames }) => [isInApp, frames.length])).toEqual([
      [true, 1],
      [false, 2],
      [true, 1],
    ])
  })
})
