import { buildPage } from './build-page.ts'
import { pageIsStale } from './page-is-stale.ts'

if (pageIsStale('packages/dashboard')) {
  console.error('Building the page, once ...')
  await buildPage()
}
