import { type RefObject, useEffect, useState } from 'react'
import { type RowWindow, rowWindow } from './window-rows.ts'

/** The height of a table row, as in the style sheet. */
export const rowPx = 28

/** Which rows of a table's body are to be drawn; follows the page's scroll. */
export function useRowWindow(count: number, body: RefObject<HTMLElement | null>): RowWindow {
  const [view, setView] = useState({ scrolledPx: 0, viewPx: 1_000 })

  useEffect(() => {
    function measure(): void {
      const scrolledPx = -(body.current?.getBoundingClientRect().top ?? 0)
      setView((before) => {
        const isNear = Math.abs(before.scrolledPx - scrolledPx) < rowPx && before.viewPx === innerHeight
        return isNear ? before : { scrolledPx, viewPx: innerHeight }
      })
    }
    measure()
    addEventListener('scroll', measure, { passive: true })
    addEventListener('resize', measure)
    return () => {
      removeEventListener('scroll', measure)
      removeEventListener('resize', measure)
    }
  }, [body])

  return rowWindow({ count, rowPx, ...view })
}
