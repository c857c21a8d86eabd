const dayMs = 86_400_000

const clockFormat = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})
const minuteFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const fullFormat = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'long',
})

/** The local time of day, `02:14:07`. */
export function formatClock(at: number): string {
  return clockFormat.format(valid(at))
}

/** The local time of day to the minute, `02:14`. */
export function formatMinute(at: number): string {
  return minuteFormat.format(valid(at))
}

/** The local day, `3 Nov`. */
export function formatDay(at: number): string {
  return dayFormat.format(valid(at))
}

/** Date, time and zone, for the text on hover. */
export function formatFull(at: number): string {
  return fullFormat.format(valid(at))
}

/** The time of day, with the day before it unless it is within the last 24 hours. */
export function formatSince(at: number, now: number): string {
  return now - at < dayMs ? formatClock(at) : `${formatDay(at)} ${formatMinute(at)}`
}

/** A length of time in one or two units: `4 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  const [bigName, bigSeconds, smallName, smallSeconds] = unitsFor(seconds)
  const big = Math.floor(seconds / bigSeconds)
  const small = Math.floor((seconds - big * bigSeconds) / smallSeconds)
  return small === 0 ? `${big} ${bigName}` : `${big} ${bigName} ${small} ${smallName}`
}

/** A length of time in one unit, spelled out: `15 minutes`, `1 hour`; one that is not whole in its unit as a duration. */
export function formatSpan(ms: number): string {
  const units: [string, number][] = [
    ['day', dayMs],
    ['hour', 3_600_000],
    ['minute', 60_000],
  ]
  const unit = units.find(([, unitMs]) => ms >= unitMs && ms % unitMs === 0)
  if (!unit) return formatDuration(ms)
  const count = ms / unit[1]
  return `${count} ${unit[0]}${count === 1 ? '' : 's'}`
}

/** How long ago something was, in one unit: `now`, `4 s ago`, `3 min ago`. */
export function formatAge(at: number, now: number): string {
  const ms = now - at
  if (ms < 1_500) return 'now'
  if (ms < 60_000) return `${Math.round(ms / 1000)} s ago`
  if (ms < 3_600_000) return `${Math.floor(ms / 60_000)} min ago`
  return ms < dayMs ? `${Math.floor(ms / 3_600_000)} h ago` : `${Math.floor(ms / dayMs)} d ago`
}

/** A label for a time axis: seconds, minutes or days, as the distance between two labels asks for. */
export function formatAxisTime(at: number, stepMs: number): string {
  if (stepMs >= dayMs) return formatDay(at)
  return stepMs < 60_000 ? formatClock(at) : formatMinute(at)
}

/** The time for machines, ISO 8601. */
export function formatIso(at: number): string {
  return new Date(valid(at)).toISOString()
}

// A time off the wire can be beyond what a date can hold, and formatting it would throw.
function valid(at: number): number {
  return Math.abs(at) <= 8.64e15 ? at : 0
}

function unitsFor(seconds: number): [string, number, string, number] {
  if (seconds < 3_600) return ['min', 60, 's', 1]
  return seconds < 86_400 ? ['h', 3_600, 'min', 60] : ['d', 86_400, 'h', 3_600]
}
