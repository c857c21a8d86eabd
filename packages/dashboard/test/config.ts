/** Where the browser is that the page is tested in. */
export const chromiumPath: string = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'

/** The environment that the page is built in; that of a test would give the development build of React. */
export const buildEnvironment: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: 'production' }
