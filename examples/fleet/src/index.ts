export { FleetOptionError } from './config/fleet-option-error.ts'
export { type Fleet, type FleetOptions, startFleet } from './fleet/fleet.ts'
export {
  type BookFigures,
  type BookMismatch,
  type DemoReport,
  type OutageFigures,
  type PhaseFigures,
  type PromiseFigures,
  type SideFigures,
} from './report/demo-report.ts'
export { formatReport } from './report/format-report.ts'
export { type ReportOptions, type ReportProgress, runReport } from './report/run-report.ts'
