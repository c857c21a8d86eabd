/** What a balancer wants to know of an endpoint; your own fields may stand beside these and are left alone. */
export interface EndpointFields {
  /** Tells it from all others. */
  readonly id: string
  /** Its share of the calls against those of the same priority; above 0, up to 1 000. @default 1 */
  readonly weight?: number
  /** 0 is used first, further ones only as far as those before are not healthy; integer 0–99. @default 0 */
  readonly priority?: number
  /** Where it stands: `eu-central-1a`. @default none */
  readonly zone?: string
}

/** An endpoint as it is given, and as the work gets it: a name or address, or an object of your own with an `id`. */
export type Endpoint = string | EndpointFields

/** How an endpoint stands. */
export type EndpointStatus = 'healthy' | 'ejected' | 'unhealthy' | 'draining'

/** The id of an endpoint, of either form. */
export function idOf(endpoint: Endpoint): string {
  return typeof endpoint === 'string' ? endpoint : endpoint.id
}
