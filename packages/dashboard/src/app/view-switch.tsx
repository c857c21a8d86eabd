import type { ReactNode } from 'react'
import { ErrorsPage } from '../features/errors/components/errors-page.tsx'
import { LabPage } from '../features/lab/components/lab-page.tsx'
import { OverviewPage } from '../features/overview/components/overview-page.tsx'
import { PoliciesPage } from '../features/policies/components/policies-page.tsx'
import { ServicesPage } from '../features/services/components/services-page.tsx'
import { SettingsPage } from '../features/settings/components/settings-page.tsx'
import { Link } from '../shared/router/link.tsx'
import type { Route } from '../shared/router/route.ts'

/** The view that the address asks for. */
export function ViewSwitch({
  route,
  hasLab,
}: {
  readonly route: Route
  readonly hasLab: boolean
}): ReactNode {
  switch (route.view) {
    case 'overview':
      return <OverviewPage />
    case 'errors':
      return <ErrorsPage group={route.group} />
    case 'services':
      return <ServicesPage service={route.service} />
    case 'policies':
      return <PoliciesPage service={route.service} policy={route.policy} />
    case 'settings':
      return <SettingsPage />
    case 'lab':
      return hasLab ? (
        <LabPage />
      ) : (
        <Missing>No demo fleet is connected to this hub, so there is no lab.</Missing>
      )
    case 'unknown':
      return <Missing>There is no view at {route.path}.</Missing>
  }
}

function Missing({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <>
      <h1>Not found</h1>
      <p className="notice notice-empty">
        {children} <Link to={{ view: 'overview' }}>Go to the overview</Link>
      </p>
    </>
  )
}
