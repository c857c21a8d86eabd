import { QueryClient } from '@tanstack/react-query'
import { createHubClock } from '../shared/clock/clock.ts'
import { createSecondHand } from '../shared/clock/second-hand.ts'
import { apiPath } from '../shared/http/request.ts'
import { createLiveStream, type LiveStream } from '../shared/live/live-stream.ts'
import type { PageParts } from '../shared/page-context.tsx'
import { createPreferences } from '../shared/preferences/preferences.ts'
import { createRouter } from '../shared/router/router.ts'

/** Makes the parts of the page in a window. */
export function createPageParts(host: Window): PageParts {
  const clock = createHubClock()
  return {
    clock,
    seconds: createSecondHand(clock),
    live: createLiveStream({ clock, url: apiPath('live'), fetch: (url, init) => host.fetch(url, init) }),
    router: createRouter(host),
    preferences: createPreferences(() => host.localStorage),
  }
}

/** Makes the cache of the hub's answers. Failures show at once; views ask again by themselves. */
export function createQueryClient(live: LiveStream): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        retry: false,
        refetchOnWindowFocus: false,
        staleTime: 900,
        gcTime: 300_000,
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
  // Ticks that are gone for good leave a hole that only a new answer fills.
  live.onReset(() => void client.invalidateQueries())
  return client
}
