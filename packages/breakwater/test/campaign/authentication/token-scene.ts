import { systemClock } from '../../../src/clock/system-clock.ts'
import { type FaultProxy, faultProxy } from '../../../src/testing/node/index.ts'
import { OrdersClient } from './orders-client.ts'
import { TokenService } from './token-service.ts'

const users = 8
/** Something is wrong when so many answers do not bring about what is waited for. */
const mostAnswers = 5_000

/** Users of a service whose way to the issuer of its tokens leads through a proxy. */
export class TokenScene {
  /** Of all users. */
  readonly answers: string[] = []
  readonly tokens: TokenService
  readonly proxy: FaultProxy
  readonly client: OrdersClient

  private constructor(tokens: TokenService, proxy: FaultProxy) {
    this.tokens = tokens
    this.proxy = proxy
    this.client = new OrdersClient({ issuerPort: proxy.port, ordersPort: tokens.ordersPort })
  }

  /** With a token that is valid. */
  static async start(): Promise<TokenScene> {
    const tokens = await TokenService.start()
    const proxy = await faultProxy({ target: { port: tokens.issuerPort } })
    const scene = new TokenScene(tokens, proxy)
    await scene.ask()
    return scene
  }

  /** Each user asks once, all at the same time; the different answers. */
  async ask(): Promise<string[]> {
    const answers = await Promise.all(Array.from({ length: users }, () => this.#answer()))
    this.answers.push(...answers)
    return [...new Set(answers)]
  }

  async askUntil(isMet: () => boolean): Promise<void> {
    while (!isMet()) {
      if (this.answers.length > mostAnswers) throw new Error('Waited in vain')
      await this.ask()
      await systemClock.sleep(5)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.proxy.close()
    await this.tokens[Symbol.asyncDispose]()
  }

  async #answer(): Promise<string> {
    try {
      return await this.client.list()
    } catch (error) {
      return String(error)
    }
  }
}
