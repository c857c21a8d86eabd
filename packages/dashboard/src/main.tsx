import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import 'uplot/dist/uPlot.min.css'
import './app/styles/tokens.css'
import './app/styles/base.css'
import './app/styles/frame.css'
import './app/styles/layout.css'
import './app/styles/tables.css'
import './app/styles/charts.css'
import './app/styles/overview.css'
import './app/styles/objects.css'
import './app/styles/lab.css'
import { App } from './app/app.tsx'
import { createPageParts, createQueryClient } from './app/page-parts.ts'
import { PageContext } from './shared/page-context.tsx'

const parts = createPageParts(window)
const client = createQueryClient(parts.live)
const root = document.getElementById('page')
if (!root) throw new Error('The document has no element "page"')

createRoot(root).render(
  <StrictMode>
    <PageContext value={parts}>
      <QueryClientProvider client={client}>
        <App />
      </QueryClientProvider>
    </PageContext>
  </StrictMode>,
)
