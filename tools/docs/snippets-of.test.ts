import { expect, test } from 'vitest'
import { snippetsOf } from './snippets-of.ts'

test('snippetsOf() answers the code of each TypeScript fence and the line it starts on', () => {
  expect(snippetsOf('# A\n\n```ts\na()\nb()\n```\n\n```typescript\nc()\n```\n')).toEqual([
    { code: 'a()\nb()\n', line: 4 },
    { code: 'c()\n', line: 9 },
  ])
})

test('snippetsOf() leaves fragments and other languages out', () => {
  expect(snippetsOf('```ts fragment\na()\n```\n```sh\nnpm start\n```\n```tsx\n<A />\n```\n')).toEqual([])
})
