import { pipeline } from '../../src/pipeline/pipeline.ts'
import { timeout } from '../../src/timeout/timeout.ts'

/** The same where nothing awaits: twice, one after the other, so that the ticker has stopped in between. */
const line = pipeline({ policies: [timeout({ ms: 20 })] })
const never = (): Promise<never> => new Promise(() => undefined)
const say = (error: unknown): void => void process.stdout.write(`${String(error)}\n`)

void line.run(never).catch((first: unknown) => {
  say(first)
  void line.run(never).catch(say)
})
