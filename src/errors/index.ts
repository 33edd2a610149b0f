export { brand } from './brand';
export {
  BadRequestError,
  ChatError,
  ConflictError,
  CustomStreamError,
  ForbiddenError,
  InvalidPayloadError,
  NotFoundError,
  PayloadTooLargeError,
  StreamError,
  UnauthorizedError,
  UnavailableError,
  UnsupportedMediaTypeError,
} from './chat-error';
export type { ChatErrorOptions } from './chat-error';
export { describeWrong, held, holdPromises } from './held';
export { IssueList, MAX_ISSUES, shorten, tellIssues } from './issues';
export type { Issue } from './issues';
export { DeveloperError } from './developer-error';
export type { DeveloperErrorOptions } from './developer-error';
export { StartupError, problemList } from './startup-error';
export type { StartupProblem } from './startup-error';
export { noSender } from './no-sender';
export { textMistakeOf } from './no-text';
export { readMore } from './read-more';
export { messageOf, readable } from './readable';
export { isOwnLookup, NOT_FOUND, ownLookup } from './own-lookups';
export { notePlace, placeOf } from './where';
export type { ErrorPlace } from './where';
