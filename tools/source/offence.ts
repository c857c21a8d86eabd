/** One place where the code breaks a rule of the house. */
export interface Offence {
  readonly path: string
  readonly line: number
  readonly rule: string
  readonly message: string
}

/** The offence as one line that editors and terminals turn into a link. */
export function formatOffence({ path, line, rule, message }: Offence): string {
  return `${path}:${line}  ${rule}  ${message}`
}
