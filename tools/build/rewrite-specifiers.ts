import ts from 'typescript'

/**
 * Replaces `.ts` in the relative imports of a declaration file by `.js`. The compiler does so in JavaScript only; in a
 * declaration, `./clock.ts` would mean a file that the package ships under `src/` but not beside the declaration.
 */
export function rewriteSpecifiers(declaration: string): string {
  const { importedFiles } = ts.preProcessFile(declaration, true, true)
  return importedFiles.toReversed().reduce((text, { fileName, pos }) => {
    if (!/^\.\.?\/.*\.tsx?$/.test(fileName)) return text
    const start = text.indexOf(fileName, pos)
    return text.slice(0, start) + fileName.replace(/\.tsx?$/, '.js') + text.slice(start + fileName.length)
  }, declaration)
}
