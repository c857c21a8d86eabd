import { catalogue } from '../inventory/catalogue.ts'

/** A product that may please whoever looks at another. */
export interface Recommendation {
  readonly id: string
  readonly title: string
}

const shown = 4

/** The products closest in price, nearest first; without a product, the cheapest. */
export function recommend(productId: string | null): readonly Recommendation[] {
  const seen = catalogue.find(({ id }) => id === productId)
  const wanted = seen?.priceCents ?? 0
  return catalogue
    .filter(({ id }) => id !== productId)
    .sort((a, b) => Math.abs(a.priceCents - wanted) - Math.abs(b.priceCents - wanted))
    .slice(0, shown)
    .map(({ id, title }) => ({ id, title }))
}
