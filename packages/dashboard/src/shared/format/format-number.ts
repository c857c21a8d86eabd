const grouped = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })
const compact = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 })

/** What stands where there is no figure: never a zero. */
export const noFigure = '–'

/** A whole number with separators, `12,345`. */
export function formatCount(value: number): string {
  return grouped.format(value)
}

/** A whole number, short from ten thousand on: `9,999`, `12.3K`. */
export function formatShort(value: number): string {
  return value < 10_000 ? grouped.format(value) : compact.format(value)
}

/** A share in per cent; one that is small, but not none, is never shown as 0 %, nor one below all as 100 %. */
export function formatShare(part: number, whole: number): string {
  if (whole <= 0) return noFigure
  const percent = (part / whole) * 100
  if (percent > 0 && percent < 0.1) return '< 0.1 %'
  if (percent > 99.9 && percent < 100) return '> 99.9 %'
  return Number.isInteger(percent) || percent >= 99.5 || percent < 10
    ? trimmed(percent, 1)
    : trimmed(percent, 0)
}

/** A duration in milliseconds, to three figures, without its unit. */
export function formatMs(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return noFigure
  if (ms === 0) return '0'
  if (ms >= 100) return grouped.format(ms)
  return ms >= 10 ? ms.toFixed(0) : ms.toFixed(ms >= 1 ? 1 : 2)
}

/** Calls per second, to a sensible precision. */
export function formatRate(perSecond: number | null | undefined): string {
  if (perSecond === null || perSecond === undefined) return noFigure
  if (perSecond >= 100) return formatShort(Math.round(perSecond))
  return perSecond === 0 ? '0' : perSecond.toFixed(perSecond >= 10 ? 0 : 1)
}

/** Bytes in the unit that fits, `12.3 MB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** power
  return `${power === 0 ? value : value.toFixed(1)} ${units[power] ?? 'B'}`
}

/** A number and its noun: `1 call`, `2 calls`. */
export function plural(count: number, noun: string, nouns: string = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : nouns}`
}

function trimmed(percent: number, digits: number): string {
  return `${percent.toFixed(digits).replace(/\.0$/, '')} %`
}
