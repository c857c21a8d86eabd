import { parentPort, workerData } from 'node:worker_threads'
import { serializeError } from '../../faults/serialize-error.ts'
import { isTransferred } from './transferred.ts'
import { loading, type TaskMessage, type WorkerMessage, type WorkerOrder } from './worker-messages.ts'

type Task = (input: unknown) => unknown

/** The main program of a worker: loads the module, then runs one task after the other. */
async function main(): Promise<void> {
  const { module } = workerData as WorkerOrder
  let tasks: Readonly<Record<string, unknown>>
  try {
    tasks = (await import(module)) as Readonly<Record<string, unknown>>
  } catch (error) {
    return post({ type: 'breakwater.failed', order: loading, error: serializeError(error) })
  }
  parentPort?.on('message', (message: TaskMessage) => void runTask(tasks, message))
  post({ type: 'breakwater.ready' })
}

async function runTask(tasks: Readonly<Record<string, unknown>>, message: TaskMessage): Promise<void> {
  const { order, task, input } = message
  try {
    const result = await taskNamed(tasks, task)(input)
    if (!isTransferred(result)) return post({ type: 'breakwater.done', order, value: result })
    parentPort?.postMessage({ type: 'breakwater.done', order, value: result.value }, [...result.transfer])
  } catch (error) {
    post({ type: 'breakwater.failed', order, error: serializeError(error) })
  }
}

function taskNamed(tasks: Readonly<Record<string, unknown>>, name: string): Task {
  const task = Object.hasOwn(tasks, name) ? tasks[name] : undefined
  if (typeof task === 'function') return task as Task
  throw Object.assign(new TypeError(`The module exports no function '${name}'`), { code: 'UNKNOWN_TASK' })
}

function post(message: WorkerMessage): void {
  parentPort?.postMessage(message)
}

await main()
