import type { Random } from 'breakwater'

/** An endpoint and how many calls it has. */
export interface LimitEndpoint {
  readonly id: string
  inFlight: number
}

type EndpointWork = (endpoint: LimitEndpoint) => Promise<unknown>

/** A balancer alone: of two endpoints drawn by chance, the one with fewer calls. No health, no weights. */
export function limitBalancer(
  endpoints: readonly LimitEndpoint[],
  random: Random,
): (work: EndpointWork) => Promise<unknown> {
  const draw = (): LimitEndpoint => endpoints[Math.floor(random.next() * endpoints.length)] as LimitEndpoint
  return (work) => {
    const [one, other] = [draw(), draw()]
    const endpoint = other.inFlight < one.inFlight ? other : one
    const ended = (): void => {
      endpoint.inFlight--
    }
    endpoint.inFlight++
    const call = work(endpoint)
    call.then(ended, ended)
    return call
  }
}
