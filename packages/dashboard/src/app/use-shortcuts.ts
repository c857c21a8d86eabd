import { type RefObject, useEffect, useRef } from 'react'
import { usePage } from '../shared/page-context.tsx'
import { parentRoute, type Route } from '../shared/router/route.ts'
import { useOpen, useSelect } from '../shared/router/use-place.ts'
import { useLiveToggle } from './live-switch.tsx'
import { matchShortcut, type Shortcut } from './match-shortcut.ts'

/** What the keys act on. */
export interface ShortcutTargets {
  readonly searchField: RefObject<HTMLInputElement | null>
  readonly main: RefObject<HTMLElement | null>
  readonly hasLab: boolean
  readonly openHelp: () => void
}

/** Makes the keys work, except while one writes into a field. */
export function useShortcuts(targets: ShortcutTargets): void {
  const run = useRun(targets)
  const before = useRef('')
  const { hasLab } = targets

  useEffect(() => {
    function press(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target))
        return
      const shortcut = matchShortcut(event.key, before.current, hasLab)
      before.current = shortcut?.action === 'wait' ? event.key : ''
      if (!shortcut) return
      if (shortcut.action !== 'close') event.preventDefault()
      run(shortcut)
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [run, hasLab])
}

function useRun({ searchField, main, openHelp }: ShortcutTargets): (shortcut: Shortcut) => void {
  const { router } = usePage()
  const open = useOpen()
  const select = useSelect()
  const toggleLive = useLiveToggle()
  const actions: Readonly<Record<Exclude<Shortcut['action'], 'open'>, () => void>> = {
    search: () => searchField.current?.focus(),
    help: openHelp,
    'toggle-live': toggleLive,
    'next-row': () => focusRow(main.current, 1),
    'previous-row': () => focusRow(main.current, -1),
    close: () => closeDetail(router.getPlace().route, select),
    wait: () => undefined,
  }
  return (shortcut) => (shortcut.action === 'open' ? open(shortcut.to) : actions[shortcut.action]())
}

function closeDetail(route: Route, select: (route: Route) => void): void {
  const parent = parentRoute(route)
  if (parent) select(parent)
}

function focusRow(main: HTMLElement | null, step: 1 | -1): void {
  const rows = [...(main?.querySelectorAll<HTMLElement>('.row-link') ?? [])]
  const current = rows.findIndex((row) => row === document.activeElement)
  const next = current < 0 ? rows[0] : rows[current + step]
  next?.focus()
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input:not([type=radio]), textarea, select')
}
