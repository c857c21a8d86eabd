import { catalogue } from '../inventory/catalogue.ts'

/** What a user does next. */
export interface PlannedRequest {
  /** 0, 1, 2, … */
  readonly number: number
  /** Since the request before; exponential, as independent users arrive. */
  readonly afterMs: number
  readonly kind: 'home' | 'product' | 'checkout'
  readonly productId: string
  readonly amountCents: number
  readonly quantity: number
}

const homeShare = 0.15
const productShare = 0.5

/** The endless sequence of what users do: the same numbers from `random` give the same sequence. */
export function* requestSequence(
  random: { next(): number },
  ratePerSecond: number,
): Generator<PlannedRequest, never> {
  for (let number = 0; ; number += 1) {
    const afterMs = (-Math.log(1 - random.next()) * 1_000) / ratePerSecond
    const what = random.next()
    const product = catalogue[Math.floor(random.next() * catalogue.length)]
    const quantity = 1 + Math.floor(random.next() * 3)
    yield {
      number,
      afterMs,
      kind: what < homeShare ? 'home' : what < homeShare + productShare ? 'product' : 'checkout',
      productId: product?.id ?? '',
      amountCents: (product?.priceCents ?? 0) * quantity,
      quantity,
    }
  }
}
