/** How one asks for a policy that may be there already. */
export interface Asking<Made> {
  readonly options: object
  readonly make: () => Made
  /** Told once for each name: these options are not what the policy was made with. */
  readonly ignored: (fields: readonly string[]) => void
}

interface Entry<Made> {
  readonly policy: Made
  readonly options: object
  isTold: boolean
}

/** Policies by name: who asks first for one says how it is. */
export class NamedPolicies<Made> {
  readonly #entries = new Map<string, Entry<Made>>()

  /** The policy of this name, made if need be. */
  get(name: string, { options, make, ignored }: Asking<Made>): Made {
    const known = this.#entries.get(name)
    if (known === undefined) {
      const policy = make()
      this.#entries.set(name, { policy, options, isTold: false })
      return policy
    }
    const fields = known.isTold ? [] : differences(known.options, options)
    if (fields.length > 0) {
      known.isTold = true
      ignored(fields)
    }
    return known.policy
  }
}

/** Plain values alone are compared: functions and lists are often written anew for each call. */
function differences(made: object, asked: object): readonly string[] {
  return Object.entries(asked)
    .filter(([field, value]) => isPlain(value) && value !== Reflect.get(made, field))
    .map(([field]) => field)
}

function isPlain(value: unknown): boolean {
  return ['number', 'string', 'boolean'].includes(typeof value)
}
