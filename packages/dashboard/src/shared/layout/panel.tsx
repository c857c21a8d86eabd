import { type ReactNode, type RefObject, useEffect, useId, useRef } from 'react'

/** What a detail panel needs. */
export interface PanelProps {
  readonly title: string
  /** The kind of thing that is shown, above the title: `Service`. */
  readonly kind: string
  /** Closes the panel; focus goes back to what opened it. */
  readonly onClose: () => void
  readonly children: ReactNode
}

/** Detail beside a list on wide screens, in place of it on narrow ones. */
export function Panel({ title, kind, onClose, children }: PanelProps): ReactNode {
  const id = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  useFocusInAndBack(heading)
  return (
    <section
      className="panel"
      aria-labelledby={id}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onClose()
      }}
    >
      <div className="panel-head">
        <div className="panel-title">
          <p className="kind">{kind}</p>
          <h2 id={id} ref={heading} tabIndex={-1}>
            {title}
          </h2>
        </div>
        <button type="button" onClick={onClose}>
          Close
        </button>
      </div>
      {children}
    </section>
  )
}

// A panel is made anew for each thing that it shows, so this runs once for each.
function useFocusInAndBack(heading: RefObject<HTMLHeadingElement | null>): void {
  useEffect(() => {
    const opener = document.activeElement
    heading.current?.focus({ preventScroll: innerWidth > 1_080 })
    return () => {
      // Only a person who was in the panel is brought back; one who clicked elsewhere stays there.
      const wasInside = document.activeElement === document.body || document.activeElement === null
      if (wasInside && opener instanceof HTMLElement && opener.isConnected)
        opener.focus({ preventScroll: true })
    }
  }, [heading])
}
