/** The error of somebody who asks for calls that are not kept. */
export function notTracked(name: string): TypeError {
  return new TypeError(`Cannot look at the calls of timeout '${name}' as its option 'track' is not set`)
}
