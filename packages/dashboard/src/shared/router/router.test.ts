import { describe, expect, it } from 'vitest'
import { createRouter, type RouterHost } from './router.ts'

describe('createRouter()', () => {
  it('reads the place from the address', () => {
    const { host } = fakeHost('/errors/abc?range=1h')

    expect(createRouter(host).getPlace()).toEqual({
      route: { view: 'errors', group: 'abc' },
      query: { range: '1h' },
    })
  })

  it('go() pushes an entry, tells its listeners and has the new place', () => {
    const { host, calls } = fakeHost('/')
    const router = createRouter(host)
    let told = 0
    router.subscribe(() => told++)

    router.go({ route: { view: 'lab' }, query: { range: '1h', q: '' } })

    expect(calls).toEqual(['push /lab?range=1h'])
    expect(router.getPlace().route).toEqual({ view: 'lab' })
    expect(told).toBe(1)
  })

  it('go() with replace makes no new entry', () => {
    const { host, calls } = fakeHost('/errors')
    const router = createRouter(host)

    router.go({ route: { view: 'errors', group: null }, query: { q: 'x' } }, 'replace')

    expect(calls).toEqual(['replace /errors?q=x'])
  })

  it('go() to the same place does nothing', () => {
    const { host, calls } = fakeHost('/lab?range=1h')
    const router = createRouter(host)

    router.go({ route: { view: 'lab' }, query: { range: '1h' } })

    expect(calls).toEqual([])
  })

  it('follows the back button', () => {
    const { host, back } = fakeHost('/lab')
    const router = createRouter(host)
    let told = 0
    router.subscribe(() => told++)

    back('/settings')

    expect(router.getPlace().route).toEqual({ view: 'settings' })
    expect(told).toBe(1)
  })

  it('tells a listener no more after it left', () => {
    const { host, back } = fakeHost('/lab')
    const router = createRouter(host)
    let told = 0
    const leave = router.subscribe(() => told++)

    leave()
    back('/')

    expect(told).toBe(0)
  })
})

function fakeHost(start: string): { host: RouterHost; calls: string[]; back: (url: string) => void } {
  const calls: string[] = []
  const listeners: (() => void)[] = []
  const location = { pathname: '', search: '' }
  const visit = (url: string): void => {
    const { pathname, search } = new URL(url, 'http://hub')
    Object.assign(location, { pathname, search })
  }
  visit(start)
  const record =
    (how: string) =>
    (_data: unknown, _unused: string, url: string): void => {
      calls.push(`${how} ${url}`)
      visit(url)
    }
  const host: RouterHost = {
    location,
    history: { pushState: record('push'), replaceState: record('replace') },
    addEventListener: (_type, listener) => listeners.push(listener),
  }
  const back = (url: string): void => {
    visit(url)
    listeners.forEach((listener) => listener())
  }
  return { host, calls, back }
}
