/** Money taken for one order. */
export interface Charge {
  readonly orderId: string
  readonly amountCents: number
  readonly receipt: string
}

const maxCharges = 50_000

/** Takes each order's money once, however often it is asked. */
export interface Ledger {
  charge(orderId: string, amountCents: number): Charge
  readonly size: number
}

/** A ledger that remembers its last 50,000 charges. */
export function openLedger(): Ledger {
  const charges = new Map<string, Charge>()
  let next = 1
  return {
    charge: (orderId, amountCents) => {
      const known = charges.get(orderId)
      if (known !== undefined) return known
      const charge: Charge = { orderId, amountCents, receipt: `R-${String(next++).padStart(7, '0')}` }
      charges.set(orderId, charge)
      if (charges.size > maxCharges) charges.delete(charges.keys().next().value ?? '')
      return charge
    },
    get size() {
      return charges.size
    },
  }
}
