/** A product that the shop sells. */
export interface Product {
  readonly id: string
  readonly title: string
  readonly priceCents: number
}

const titles = [
  'Storm lantern',
  'Tide table',
  'Brass compass',
  'Oilskin coat',
  'Wool jumper',
  'Rope, 20 m',
  'Folding anchor',
  'Signal flags',
  'Deck shoes',
  'Chart of the sound',
  'Hand bearing compass',
  'Rigging knife',
  'Sail needle set',
  'Tea kettle',
  'Enamel mug',
  'Dry bag',
  'Head torch',
  'Fog horn',
  'Bilge pump',
  'Life jacket',
  'Boat hook',
  'Log book',
  'Barometer',
  'Bosun chair',
]

/** Everything that the shop sells. */
export const catalogue: readonly Product[] = titles.map((title, index) => ({
  id: `p${String(index + 1).padStart(2, '0')}`,
  title,
  priceCents: 900 + ((index * 733) % 9_000),
}))
