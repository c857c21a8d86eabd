import type { LabView } from 'breakwater/protocol'
import { HttpProblem } from '../http/http-problem.ts'
import type { Route } from '../http/route.ts'
import type { FaultBoard } from './fault-board.ts'
import { readFaultOrder } from './read-fault-order.ts'
import type { Tour } from './tour.ts'

/** What the Lab's routes work on. */
export interface Lab {
  readonly board: FaultBoard
  readonly tour: Tour
  readonly view: () => LabView
}

/** The Lab over HTTP; at the paths under which the hub passes it on. */
export function labRoutes({ board, tour, view }: Lab): readonly Route[] {
  return [
    { method: 'GET', path: '/api/v1/lab', run: () => ({ status: 200, body: view() }) },
    {
      method: 'POST',
      path: '/api/v1/lab/faults',
      run: async ({ body }) => ({ status: 201, body: await board.start(readFaultOrder(body)) }),
    },
    {
      method: 'DELETE',
      path: '/api/v1/lab/faults/:id',
      run: async ({ params: { id = '' } }) => {
        if (!(await board.end(id))) throw new HttpProblem(404, `There is no fault ${id}`)
        return { status: 204 }
      },
    },
    {
      method: 'DELETE',
      path: '/api/v1/lab/faults',
      run: async () => {
        await board.endAll()
        return { status: 204 }
      },
    },
    {
      method: 'POST',
      path: '/api/v1/lab/tour',
      run: () => {
        tour.start()
        return { status: 202 }
      },
    },
    {
      method: 'DELETE',
      path: '/api/v1/lab/tour',
      run: async () => {
        await tour.stop()
        return { status: 204 }
      },
    },
  ]
}
