import { fingerprint } from '../mock/groups.ts'

/** Every view and panel, with a text that is there when it is loaded. */
export const everyView: readonly (readonly [name: string, path: string, loaded: string])[] = [
  ['overview', '/', 'payments: circuit open since'],
  ['errors', '/errors', 'payments answered 503 to POST /charge'],
  ['error group', `/errors/${fingerprint(0)}`, 'Where it occurs'],
  ['services', '/services', 'recommendations'],
  ['service', '/services/storefront', 'storefront.list'],
  ['policies', '/policies', '62 % failed, opens at 50 %'],
  ['breaker', '/policies/storefront/payments', 'It opens when 50 % of at least 20 calls fail in 30 s'],
  ['lab', '/lab', 'Unprotected storefront'],
  ['settings', '/settings', 'Reports accepted'],
]
