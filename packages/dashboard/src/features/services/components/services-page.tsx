import type { ReactNode } from 'react'
import { ListAndPanel } from '../../../shared/layout/list-and-panel.tsx'
import { usePlace, useSelect } from '../../../shared/router/use-place.ts'
import { ServicePanel } from './service-panel.tsx'
import { ServiceSection } from './service-section.tsx'

/** The services and the detail of the one that is selected. */
export function ServicesPage({ service }: { readonly service: string | null }): ReactNode {
  const { operation = '', q = '', state = '' } = usePlace().query
  const select = useSelect()
  const close = (): void => select({ view: 'services', service: null })
  return (
    <ListAndPanel
      list={<ServiceSection filters={{ q, state }} selected={service} />}
      panel={
        service === null ? null : (
          <ServicePanel key={service} choice={{ service, operation }} onClose={close} />
        )
      }
    />
  )
}
