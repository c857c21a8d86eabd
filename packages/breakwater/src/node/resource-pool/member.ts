/** One resource of a pool. */
export interface Member<Resource> {
  readonly resource: Resource
  readonly createdAt: number
  /** When it is too old. */
  readonly expiresAt: number
  /** When it came back last. */
  idleSince: number
  /** When it was made, or found healthy. */
  checkedAt: number
  /** It is checked before anybody has it again. */
  isSuspect: boolean
  /** Counts who has had it: what an earlier lease says does not matter. */
  loan: number
  /** Of the present loan: since when, for whom, and whether it was reported as overdue. */
  lentAt: number
  label: string
  isReported: boolean
}
