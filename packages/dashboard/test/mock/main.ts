import { parseArgs } from 'node:util'
import { type MockMode, startMockHub } from '../mock-hub.ts'

const { values } = parseArgs({
  options: { port: { type: 'string', default: '4600' }, mode: { type: 'string', default: 'loaded' } },
})
// The modes are listed in the README; another word behaves like `loaded`.
const hub = await startMockHub({ port: Number(values.port), mode: values.mode as MockMode })
hub.mode = values.mode as MockMode
process.stdout.write(`${hub.url}\n`)
