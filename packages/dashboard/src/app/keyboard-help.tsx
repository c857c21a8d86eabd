import type { ReactNode } from 'react'
import { Dialog } from '../shared/dialog/dialog.tsx'
import { railEntries } from './rail-entries.ts'

/** What the list of keys needs. */
export interface KeyboardHelpProps {
  readonly hasLab: boolean
  readonly onClose: () => void
}

/** Lists the keys. */
export function KeyboardHelp({ hasLab, onClose }: KeyboardHelpProps): ReactNode {
  const keys: [string, string][] = [
    ['/', 'Search'],
    ...railEntries(hasLab).map(({ key, label }): [string, string] => [`g ${key}`, label]),
    ['j  k', 'Next and previous line of a list'],
    ['Enter', 'Open the line'],
    ['Esc', 'Close the detail'],
    ['.', 'Live or paused'],
    ['?', 'This list'],
  ]
  return (
    <Dialog title="Keyboard" onClose={onClose}>
      <dl className="keys">
        {keys.map(([key, words]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <div className="dialog-foot">
        <button type="button" onClick={onClose}>
          Close
        </button>
      </div>
    </Dialog>
  )
}
