/**
 * The steps of `npm run verify`, each an npm script of the root. Lanes run side by side, a lane's steps one after the other:
 * what is packed has to be built before, and the browser tests find the page built.
 */
export const lanes: readonly (readonly string[])[] = [
  ['build', 'publint', 'everywhere', 'test'],
  ['format:check', 'house', 'api', 'types', 'docs', 'size', 'lint'],
]
