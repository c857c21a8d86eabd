import { isUtf8 } from 'node:buffer'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { reportLimits } from 'breakwater/protocol'
import { BodyError } from './body-error.ts'
import { isDeeperThan } from './json-depth.ts'

const unzip = promisify(gunzip)

/**
 * Makes a body into JSON. Nothing is unpacked beyond the size limit and nothing parsed beyond the depth limit.
 *
 * @throws {BodyError} that says what is wrong with it.
 */
export async function decodeBody(body: Buffer, encoding: string | undefined): Promise<unknown> {
  const bytes = await unpack(body, encoding)
  if (bytes.length > reportLimits.bodyBytes) throw tooLarge()
  if (isDeeperThan(bytes, reportLimits.depth)) {
    throw new BodyError('BODY_TOO_DEEP', `The body is nested deeper than ${reportLimits.depth} levels`)
  }
  return parse(bytes)
}

async function unpack(body: Buffer, encoding: string | undefined): Promise<Buffer> {
  if (encoding === undefined || encoding === 'identity') return body
  if (encoding !== 'gzip') {
    throw new BodyError(
      'UNSUPPORTED_ENCODING',
      `The content-encoding must be gzip: current value is "${encoding.slice(0, 40)}"`,
    )
  }
  try {
    return await unzip(body, { maxOutputLength: reportLimits.bodyBytes })
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    throw isTooLarge ? tooLarge() : new BodyError('MALFORMED_BODY', 'The body is not valid gzip')
  }
}

function parse(bytes: Buffer): unknown {
  try {
    if (isUtf8(bytes)) return JSON.parse(bytes.toString())
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new BodyError('MALFORMED_BODY', 'The body is not valid JSON in UTF-8')
}

function tooLarge(): BodyError {
  return new BodyError('BODY_TOO_LARGE', `The body is larger than ${reportLimits.bodyBytes} bytes`)
}
