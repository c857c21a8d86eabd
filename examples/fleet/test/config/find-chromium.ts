import { existsSync } from 'node:fs'

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The browser to test with: `BREAKWATER_CHROMIUM`, else a usual place; undefined when there is none. */
export function findChromium(): string | undefined {
  const named = process.env['BREAKWATER_CHROMIUM']
  return [...(named === undefined ? [] : [named]), ...usual].find((path) => existsSync(path))
}
