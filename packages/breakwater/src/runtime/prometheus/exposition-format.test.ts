import { expect, it } from 'vitest'
import { type ExpositionFormat, expositionFormat } from './exposition-format.ts'

const open = 'application/openmetrics-text'

it.each<[string, string | undefined, ExpositionFormat]>([
  ['there is no header', undefined, 'prometheus'],
  ['anything will do', '*/*', 'prometheus'],
  ['a browser asks', 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8', 'prometheus'],
  ['OpenMetrics alone is asked for', open, 'openmetrics'],
  ['its version is ours', `${open}; version=1.0.0`, 'openmetrics'],
  [
    'its version is in quotes and its name in capitals',
    `${open.toUpperCase()};Version="1.0.0"`,
    'openmetrics',
  ],
  ['its version is not ours', `${open};version=0.0.1`, 'prometheus'],
  ['it is not wanted', `${open};q=0`, 'prometheus'],
  ['its quality is no number', `${open};q=much`, 'prometheus'],
  ['it is there twice, once with a quality that is no number', `${open};q=much,${open}`, 'openmetrics'],
  ['text is liked better', `${open};q=0.4,text/plain;version=0.0.4;q=0.5`, 'prometheus'],
  ['text of another version is liked better', `${open};q=0.4,text/plain;version=1.0.0;q=0.5`, 'openmetrics'],
  ['both are liked', `text/plain,${open}`, 'openmetrics'],
  [
    'Prometheus 2 asks',
    `${open};version=1.0.0,${open};version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1`,
    'openmetrics',
  ],
])('expositionFormat() when %s', (_, accept, format) => {
  expect(expositionFormat(accept).format).toBe(format)
})

it('expositionFormat() gives the content type of each format', () => {
  expect([expositionFormat().contentType, expositionFormat(open).contentType]).toEqual([
    'text/plain; version=0.0.4; charset=utf-8',
    'application/openmetrics-text; version=1.0.0; charset=utf-8',
  ])
})
