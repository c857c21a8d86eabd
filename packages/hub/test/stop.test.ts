import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import type { HubStatus, ServiceDetailView } from 'breakwater/protocol'
import { anOperation, aReport } from './a-report.ts'
import { readStream } from './read-stream.ts'
import { aHub, patience } from './test-hub.ts'

test('close() answers the reports that wait, ends streams, and stops listening', async () => {
  const hub = await aHub()
  const stream = readStream(await fetch(`${hub.url}/api/v1/live`))
  const to = hub.clock.now()
  const release = hub.clock.hold()
  const answers = ['a', 'b', 'c'].map((instance) => {
    const identity = { service: 'payments', instance, startedAt: to }
    return hub.post(aReport({ to, identity, operations: [anOperation({ successes: 1 })] }))
  })
  const waiting = async (): Promise<number> => (await hub.get<HubStatus>('/api/v1/hub')).reportsWaiting
  await expect.poll(waiting, patience).toBe(3)

  const closed = hub.hub.close()
  const refused = await hub.post(aReport({ to, sequence: 9 }))
  release()
  await closed

  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 200])
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1'])
  expect(await stream.next()).toEqual({ done: true, value: undefined })
  await expect(fetch(hub.url)).rejects.toThrow('fetch failed')
  const { totals } = await (await hub.restart()).get<ServiceDetailView>('/api/v1/services/payments')
  expect(totals.calls).toBe(3)
})

test('close() cuts off a client that does not end its request', async () => {
  const hub = await aHub()
  const socket = connect(Number(new URL(hub.url).port), '127.0.0.1')
  socket.on('error', () => {})
  socket.write('POST /api/v1/reports HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n')
  socket.write('content-length: 100\r\n\r\n{')
  await once(socket, 'connect')
  await hub.get('/api/v1/hub')

  const closed = hub.hub.close()
  const over = once(socket, 'close')
  await expect
    .poll(
      () =>
        fetch(hub.url).then(
          () => 'open',
          () => 'closed',
        ),
      patience,
    )
    .toBe('closed')
  hub.clock.advance(5_000)

  await closed
  await over
})

test('close() may be called again', async () => {
  const { hub } = await aHub()

  await hub.close()

  await expect(hub.close()).resolves.toBeUndefined()
})
