/** A row as the driver gives it. */
export type Row = Readonly<Record<string, unknown>>

/** A column's text; the empty text where there is none. */
export function textOf(row: Row, column: string): string {
  const value = row[column]
  return typeof value === 'string' ? value : ''
}

/** A column's text or null. */
export function textOrNull(row: Row, column: string): string | null {
  const value = row[column]
  return typeof value === 'string' ? value : null
}

/** A dictionary of numbers that the hub wrote as JSON. */
export function readNumbers(json: unknown): Readonly<Record<string, number>> {
  return JSON.parse(String(json)) as Record<string, number>
}

/** The pattern that finds a text anywhere, for `LIKE … ESCAPE '\'`. */
export function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
}
