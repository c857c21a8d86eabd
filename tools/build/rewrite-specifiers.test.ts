import { expect, test } from 'vitest'
import { rewriteSpecifiers } from './rewrite-specifiers.ts'

test('rewriteSpecifiers() turns .ts into .js in each kind of relative import', () => {
  const before =
    "import type { A } from './a.ts'\nexport { b } from '../b.ts'\nexport declare const c: import('./c.ts').C\n"

  expect(rewriteSpecifiers(before)).toBe(
    "import type { A } from './a.js'\nexport { b } from '../b.js'\nexport declare const c: import('./c.js').C\n",
  )
})

test('rewriteSpecifiers() leaves packages and text alone', () => {
  const before =
    "import type { D } from 'breakwater/protocol.ts'\n/** See './a.ts'. */\nexport declare const e = \"./a.ts\"\n"

  expect(rewriteSpecifiers(before)).toBe(before)
})
