/** The text formats that Prometheus reads: its own, version 0.0.4, and OpenMetrics 1.0.0. */
export type ExpositionFormat = 'prometheus' | 'openmetrics'

/** A format and the header that says so. */
export interface NegotiatedFormat {
  readonly format: ExpositionFormat
  /** For the header `Content-Type`. */
  readonly contentType: string
}

const contentTypes: Readonly<Record<ExpositionFormat, string>> = {
  prometheus: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
}

/**
 * Chooses by a request's header `Accept`: OpenMetrics when it is asked for and nothing that we have is liked better,
 * otherwise, and without a header, the text format of Prometheus. What asks for neither gets that as well: a person's browser.
 *
 * @example
 * const { format, contentType } = expositionFormat(request.headers.accept)
 * response.setHeader('content-type', contentType).end(prometheusText(bw, { format }))
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-accept
 */
export function expositionFormat(accept = ''): NegotiatedFormat {
  const ranges = accept.toLowerCase().split(',').map(parseRange)
  const openMetrics = likingOf(ranges, (range) => range.isOpenMetrics)
  const text = likingOf(ranges, (range) => range.isText)
  const format = openMetrics > 0 && openMetrics >= text ? 'openmetrics' : 'prometheus'
  return { format, contentType: contentTypes[format] }
}

interface MediaRange {
  readonly isOpenMetrics: boolean
  readonly isText: boolean
  /** 0–1; 0 is "not this". */
  readonly quality: number
}

function parseRange(text: string): MediaRange {
  const [type, ...rest] = text.split(';').map((part) => part.trim())
  const parameters = new Map(rest.map((parameter) => nameAndValue(parameter)))
  const version = parameters.get('version')
  return {
    isOpenMetrics: type === 'application/openmetrics-text' && (version ?? '1.0.0') === '1.0.0',
    isText: type === 'text/plain' && (version ?? '0.0.4') === '0.0.4',
    quality: Number(parameters.get('q') ?? 1),
  }
}

function nameAndValue(parameter: string): readonly [string, string] {
  const [name = '', value = ''] = parameter.split('=')
  return [name.trim(), value.trim().replaceAll('"', '')]
}

/** The quality of the range that names a format and likes it best; 0 when none does. */
function likingOf(ranges: readonly MediaRange[], isMeant: (range: MediaRange) => boolean): number {
  return Math.max(0, ...ranges.filter(isMeant).map(({ quality }) => quality || 0))
}
