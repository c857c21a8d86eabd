import { type ReactNode, useState } from 'react'
import { copyText } from './copy-text.ts'

/** Copies a text and says whether it worked. */
export function CopyButton({
  text,
  label = 'Copy',
}: {
  readonly text: () => string
  readonly label?: string
}): ReactNode {
  const [said, setSaid] = useState('')
  async function copy(): Promise<void> {
    setSaid((await copyText(text())) ? 'Copied' : 'Copying is not allowed here')
  }
  return (
    <button type="button" onClick={() => void copy()} onBlur={() => setSaid('')}>
      <span aria-live="polite">{said === '' ? label : said}</span>
    </button>
  )
}
