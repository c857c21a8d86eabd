import { useState } from 'react'
import { type HeldList, holdOrder } from './hold-order.ts'

/** A list that stands still under the pointer. */
export interface HeldListHandle<T> extends HeldList<T> {
  /** Put these on the element that holds the list. */
  readonly holders: { readonly onPointerEnter: () => void; readonly onPointerLeave: () => void }
  /** Shows the new rows now. */
  release(): void
}

/** Keeps the order of a list while the pointer is over it. `scope` names the list: another one is not held. */
export function useHeldList<T>(
  latest: readonly T[],
  keyOf: (row: T) => string,
  scope: string,
): HeldListHandle<T> {
  const [held, setHeld] = useState<{ scope: string; rows: readonly T[] } | null>(null)
  const list = held?.scope === scope ? holdOrder(held.rows, latest, keyOf) : { rows: latest, fresh: 0 }
  return {
    ...list,
    holders: {
      onPointerEnter: () => setHeld({ scope, rows: latest }),
      onPointerLeave: () => setHeld(null),
    },
    release: () => setHeld({ scope, rows: latest }),
  }
}
