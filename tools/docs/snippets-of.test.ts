import { expect, test } from 'vitest'
import { snippetsOf } from './snippets-of.ts'

test('snippetsOf() answers the code of each TypeScript fence, the line it starts on and whether it runs', () => {
  expect(
    snippetsOf('# A\n\n```ts\na()\nb()\n```\n\n```typescript\nc()\n```\n\n```ts no-run\nd()\n```\n'),
  ).toEqual([
    { code: 'a()\nb()\n', line: 4, isRun: true },
    { code: 'c()\n', line: 9, isRun: true },
    { code: 'd()\n', line: 13, isRun: false },
  ])
})

test('snippetsOf() leaves fragments and other languages out', () => {
  expect(snippetsOf('```ts fragment\na()\n```\n```sh\nnpm start\n```\n```tsx\n<A />\n```\n')).toEqual([])
})
