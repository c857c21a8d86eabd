import type { SerializedError } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import type { ChainLink } from '../model/cause-chain.ts'
import { type FrameRun, frameRuns, parseStack } from '../model/parse-stack.ts'

/** One error of a cause chain: what it says and its stack, the application's own frames open. */
export function ErrorBlock({ link }: { readonly link: ChainLink }): ReactNode {
  const { error, depth, relation } = link
  return (
    <div className="error-block" style={{ marginLeft: Math.min(depth, 6) * 12 }}>
      <p className="error-title">
        {relation === 'thrown' ? null : (
          <span className="dim">{relation === 'cause' ? 'caused by ' : 'one of '}</span>
        )}
        <b>{error.name}</b> {error.message} <Codes error={error} />
      </p>
      {error.stack === undefined ? null : <Stack stack={error.stack} />}
      <Fields error={error} />
    </div>
  )
}

function Codes({ error }: { readonly error: SerializedError }): ReactNode {
  const codes = [
    error.code,
    error.status === undefined ? undefined : `HTTP ${error.status}`,
    cutWords(error.cut),
  ]
  return <span className="dim">{codes.filter((code) => code !== undefined).join(' · ')}</span>
}

function cutWords(cut: string | undefined): string | undefined {
  return cut === undefined ? undefined : `cut: ${cut}`
}

function Stack({ stack }: { readonly stack: string }): ReactNode {
  return (
    <div className="stack" role="region" aria-label="Stack" tabIndex={0}>
      {frameRuns(parseStack(stack)).map((run, i) => (
        // A stack never changes, so a place in it is an identity.
        <Run key={i} run={run} />
      ))}
    </div>
  )
}

function Run({ run }: { readonly run: FrameRun }): ReactNode {
  const lines = run.frames.map((frame) => frame.text).join('\n')
  if (run.isInApp) return <pre className="in-app">{lines}</pre>
  return (
    <details>
      <summary>
        {run.frames.length} {run.frames.length === 1 ? 'frame' : 'frames'} of the platform and packages
      </summary>
      <pre>{lines}</pre>
    </details>
  )
}

function Fields({ error }: { readonly error: SerializedError }): ReactNode {
  const fields = Object.entries(error.fields ?? {})
  if (fields.length === 0) return null
  return (
    <dl className="pairs">
      {fields.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <code>{value}</code>
          </dd>
        </div>
      ))}
    </dl>
  )
}
