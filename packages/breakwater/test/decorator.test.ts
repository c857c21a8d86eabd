import { readFile } from 'node:fs/promises'
import { runInThisContext } from 'node:vm'
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript'
import { expect, it } from 'vitest'
import { fallback, fixed, type Pipeline, pipeline, retry } from '../src/index.ts'
import type { paymentsWith } from './fixtures/decorated-payments.ts'

const fixture = new URL('./fixtures/decorated-payments.ts', import.meta.url)

/** The class of the fixture, as TypeScript compiles its decorator. */
async function decorated(line: Pipeline<string>): Promise<ReturnType<typeof paymentsWith>> {
  const compilerOptions = { target: ScriptTarget.ES2022, module: ModuleKind.ESNext }
  const { outputText } = transpileModule(await readFile(fixture, 'utf8'), { compilerOptions })
  const script = `(() => { ${outputText.replace('export function', 'function')}; return paymentsWith })()`
  return (runInThisContext(script) as typeof paymentsWith)(line)
}

it('wrap is a method decorator: each call of the method runs under the pipeline, on its own object', async () => {
  const line = pipeline({ policies: [retry({ maxRetries: 2, backoff: fixed({ delayMs: 0 }) })] })
  const Payments = await decorated(line)
  const [first, second] = [new Payments('A'), new Payments('B')]

  const answers = await Promise.all([first.charge(5), second.charge(7)])

  expect(answers).toEqual(['A took 5 at call 3', 'B took 7 at call 3'])
})

it('wrap as a method decorator tells policies the arguments, and a fallback answers for the method', async () => {
  const line = pipeline({ policies: [fallback(({ args: [cents] }) => `${String(cents)} later`)] })
  const Payments = await decorated(line)

  expect(await new Payments('A').charge(5)).toBe('5 later')
})
