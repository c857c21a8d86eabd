import { type BuiltInRule, classification, verdictsFor } from '../classification.ts'
import {
  conflictAction,
  dependencyBusy,
  invalidInput,
  networkTransient,
  securityAction,
  systemPermanent,
} from './verdicts.ts'

const names = verdictsFor([
  [systemPermanent, 'TypeError RangeError ReferenceError SyntaxError EvalError URIError AssertionError'],
  [networkTransient, 'ConnectionError NetworkError FetchError SocketError MongoNetworkError'],
  [dependencyBusy, 'RateLimitError TooManyRequestsError ThrottlingException ThrottledException'],
  [
    securityAction,
    'AuthenticationError AuthorizationError UnauthorizedError ForbiddenError AccessDeniedError AccessDeniedException ' +
      'TokenExpiredError JsonWebTokenError NotBeforeError',
  ],
  [conflictAction, 'ConflictError OptimisticLockError VersionError StaleObjectError'],
  [
    invalidInput,
    'ValidationError ZodError ValiError CastError BadRequestError NotFoundError InvalidArgumentError ValidationException ' +
      'UnprocessableEntityError StandardSchemaError',
  ],
])

/** What only the error's name says; asked when no code and no status said more, here or in a cause. */
export const nameRule: BuiltInRule = ({ name }) => {
  const verdict = names.get(name)
  return verdict === undefined ? undefined : classification(verdict, `name:${name}`)
}
