import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bulkhead, circuitBreaker, createRuntime, prometheusText, retry, timeout } from 'breakwater'
import { expect, test } from 'vitest'

/** Prometheus's own tool, of the same package as the server; undefined where it is not installed. */
const promtool = spawnSync('promtool', ['--version']).error === undefined ? 'promtool' : undefined

async function shop() {
  const bw = createRuntime({ service: 'shop' })
  const policies = [
    timeout({ totalMs: 900 }),
    retry(),
    circuitBreaker({ name: 'a\\"b"' }),
    bulkhead(),
    timeout({ ms: 200 }),
  ]
  await bw.pipeline({ operation: 'mail "a\\b" 日本 {x="y"}', policies }).run(() => 1)
  await bw.pipeline({ operation: '(empty)\\', policies: [] }).run(() => 1)
  return bw
}

/** The samples at a moment: to import them they need one. */
function atOneMoment(text: string): string {
  return text.replace(/^([^#\n].*)$/gm, '$1 1700000000')
}

test.skipIf(promtool === undefined)(
  'prometheusText() is read by promtool, which finds nothing to better in its names and types',
  async () => {
    const input = prometheusText([await shop(), createRuntime({ service: 'bank' })])

    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
      input,
      encoding: 'utf8',
    })

    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' })
  },
)

test.skipIf(promtool === undefined)(
  'prometheusText() as OpenMetrics is imported by promtool, every series',
  async () => {
    const text = prometheusText(await shop(), { format: 'openmetrics' })
    const series = text.split('\n').filter((line) => line.startsWith('breakwater_')).length
    const folder = mkdtempSync(join(tmpdir(), 'breakwater-promtool-'))
    const file = join(folder, 'metrics.txt')
    writeFileSync(file, atOneMoment(text))

    const arguments_ = ['tsdb', 'create-blocks-from', 'openmetrics', file, join(folder, 'blocks')]
    const { status, stdout, stderr } = spawnSync('promtool', arguments_, { encoding: 'utf8' })
    rmSync(folder, { recursive: true })

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(new RegExp(`\\s${series}\\s+${series}\\s+${series}\\s`))
  },
)
