import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useHub } from '../features/settings/api/get-hub.ts'
import { RequestError } from '../shared/http/request.ts'
import { usePreferences } from '../shared/preferences/use-preferences.ts'
import { usePlace } from '../shared/router/use-place.ts'
import { ConnectionBar } from './connection-bar.tsx'
import { KeyboardHelp } from './keyboard-help.tsx'
import { Rail } from './rail.tsx'
import { TokenGate } from './token-gate.tsx'
import { TopBar } from './top-bar.tsx'
import { useShortcuts } from './use-shortcuts.ts'
import { useTitle } from './use-title.ts'
import { ViewSwitch } from './view-switch.tsx'

/** The page: frame and view, or the question for the token when the hub wants one. */
export function App(): ReactNode {
  const hub = useHub()
  useTheme()
  if (hub.error instanceof RequestError && hub.error.status === 401) return <TokenGate />
  return <Frame hasLab={hub.data?.hasLab ?? false} isKnown={hub.data !== undefined} />
}

interface FrameProps {
  readonly hasLab: boolean
  /** False until the hub has said whether there is a lab. */
  readonly isKnown: boolean
}

function Frame({ hasLab, isKnown }: FrameProps): ReactNode {
  const searchField = useRef<HTMLInputElement>(null)
  const main = useRef<HTMLElement>(null)
  const [isHelpOpen, setHelpOpen] = useState(false)
  const { route } = usePlace()
  useTitle(route.view)
  useShortcuts({ searchField, main, hasLab, openHelp: () => setHelpOpen(true) })
  return (
    <>
      <a className="skip" href="#main">
        Skip to content
      </a>
      <div className="frame">
        <Rail hasLab={hasLab} view={route.view} />
        <div className="page">
          <TopBar searchField={searchField} openHelp={() => setHelpOpen(true)} />
          <ConnectionBar />
          <main id="main" ref={main} tabIndex={-1}>
            <ViewSwitch route={route} hasLab={hasLab || !isKnown} />
          </main>
        </div>
      </div>
      {isHelpOpen ? <KeyboardHelp hasLab={hasLab} onClose={() => setHelpOpen(false)} /> : null}
    </>
  )
}

function useTheme(): void {
  const [{ theme }] = usePreferences()
  useEffect(() => {
    document.documentElement.dataset.theme = theme
  }, [theme])
}
