/** What a ratio is made of. */
export interface ShedSituation {
  /** Requests in the window, made or shed. */
  readonly requests: number
  /** Those that the dependency accepted. */
  readonly accepts: number
  /** Requests by rank; what is shed first stands first. */
  readonly byRank: readonly number[]
}

/** The numbers that decide. */
export interface ShedRule {
  readonly k: number
  readonly maxRejectionRatio: number
  readonly minimumCalls: number
}

/**
 * The share of requests to shed, over all ranks.
 *
 * @see Beyer et al., "Site Reliability Engineering" (2016), chapter 21, "Handling Overload", equation "client request
 * rejection probability"
 */
export function shedRatio({ requests, accepts }: ShedSituation, rule: ShedRule): number {
  if (requests < rule.minimumCalls) return 0
  const ratio = Math.max(0, (requests - rule.k * accepts) / (requests + 1))
  return Math.min(ratio, rule.maxRejectionRatio)
}

/**
 * The share of the requests of one rank to shed: the lowest rank sheds as much of the whole as it can, the next one what
 * is left over. No rank sheds more than `maxRejectionRatio`, so that something of each always gets through to learn from.
 */
export function shedRatioOf(rank: number, situation: ShedSituation, rule: ShedRule): number {
  const { requests, byRank } = situation
  let left = shedRatio(situation, rule) * requests
  if (left <= 0) return 0
  for (let lower = 0; lower < rank; lower++) left -= (byRank[lower] ?? 0) * rule.maxRejectionRatio
  const own = Math.max(1, byRank[rank] ?? 0)
  return Math.min(rule.maxRejectionRatio, Math.max(0, left / own))
}
