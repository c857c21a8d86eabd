import { systemClock } from '../../../src/clock/system-clock.ts'
import { type FaultProxy, faultProxy, type ProxyFault } from '../../../src/testing/node/index.ts'
import { type Answer, OrderService, users } from './order-service.ts'
import { type PostgresAddress, PostgresConnection } from './postgres-connection.ts'

const server = { host: '127.0.0.1', port: 5_432, user: 'postgres', database: 'postgres' }
const direct: PostgresAddress = { ...server, applicationName: 'breakwater campaign direct' }

/** Something is wrong when so many orders do not bring about what is waited for. */
const mostOrders = 5_000
let scenes = 0

/** Whether there is a PostgreSQL here that lets us in. */
export async function hasPostgres(): Promise<boolean> {
  try {
    const connection = await PostgresConnection.open(direct, AbortSignal.timeout(2_000))
    connection.destroy()
    return true
  } catch {
    return false
  }
}

/** Users of a service whose way to its database leads through a proxy. */
export class DatabaseScene {
  readonly answers: (Answer | 'failed')[] = []
  readonly stored: number[] = []
  readonly service: OrderService
  readonly proxy: FaultProxy
  /** Its own, as of its connections. */
  readonly #name = `breakwater_campaign_${process.pid}_${++scenes}`
  readonly #direct: PostgresConnection
  #orders = 0

  private constructor(proxy: FaultProxy, connection: PostgresConnection) {
    this.proxy = proxy
    this.#direct = connection
    this.service = new OrderService({ ...server, port: proxy.port, applicationName: this.#name }, this.#name)
  }

  static async start(): Promise<DatabaseScene> {
    const proxy = await faultProxy({ target: { host: server.host, port: server.port } })
    const scene = new DatabaseScene(proxy, await PostgresConnection.open(direct, AbortSignal.timeout(2_000)))
    await scene.ask(`create unlogged table ${scene.#name} (id int primary key)`)
    return scene
  }

  /** Asks the database itself, past the proxy. */
  ask(statement: string): Promise<readonly (readonly string[])[]> {
    return this.#direct.query(statement, AbortSignal.timeout(5_000))
  }

  count(answer: Answer | 'failed'): number {
    return this.answers.filter((one) => one === answer).length
  }

  async inject(faults: readonly ProxyFault[]): Promise<void> {
    for (const fault of faults) await this.proxy.inject(fault)
  }

  /** All users order, again and again, until the condition holds and each was answered. */
  async orderUntil(isMet: () => boolean): Promise<void> {
    const one = async (): Promise<void> => {
      while (!isMet()) {
        if (this.#orders > mostOrders) throw new Error('Waited in vain')
        await this.#order()
        await systemClock.sleep(1)
      }
    }
    await Promise.all(Array.from({ length: users }, one))
  }

  /** All users order until so many more orders are stored. */
  orderUntilStored(more: number): Promise<void> {
    const enough = this.count('stored') + more
    return this.orderUntil(() => this.count('stored') >= enough)
  }

  /** Of the orders that users were told are stored, those that are not. */
  async missing(): Promise<number[]> {
    const rows = await this.ask(`select id from ${this.#name}`)
    const kept = new Set(rows.map(([id]) => Number(id)))
    return this.stored.filter((id) => !kept.has(id))
  }

  /** Ends the service; then how many connections are left, to the proxy and at the database. */
  async connectionsAfterEnd(): Promise<{ proxied: number; served: number }> {
    await this.service.pool.close()
    await this.proxy.heal()
    const served = async (): Promise<number> => {
      const [row] = await this.ask(
        `select count(*) from pg_stat_activity where application_name = '${this.#name}'`,
      )
      return Number(row?.[0])
    }
    for (let tries = 0; tries < 200; tries++) {
      if (this.proxy.stats().gauges.open === 0 && (await served()) === 0) break
      await systemClock.sleep(5)
    }
    return { proxied: this.proxy.stats().gauges.open, served: await served() }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.service.pool.close({ graceMs: 0 })
    await this.proxy.close()
    await this.ask(`drop table ${this.#name}`)
    this.#direct.destroy()
  }

  async #order(): Promise<void> {
    const order = ++this.#orders
    const answer = await this.service.store(order).catch(() => 'failed' as const)
    this.answers.push(answer)
    if (answer === 'stored') this.stored.push(order)
  }
}
