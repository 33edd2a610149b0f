import {
  BadRequestError,
  ChatError,
  CustomStreamError,
  ForbiddenError,
  InvalidPayloadError,
  StreamError,
  UnavailableError,
} from '../../src/errors';
import { assistantMessageFilter, errorEventFilter, toErrorEvent } from '../../src/execution';
import { recordingLogger, testContext } from './support';

const inAction = () => testContext({ action: { type: 'a' } });
const inResponder = () => testContext();

describe('the error event', () => {
  test.each<[string, unknown, object]>([
    [
      'made for users carries its message',
      new BadRequestError('Too many.'),
      { code: 'custom', message: 'Too many.', allow_retry: false },
    ],
    [
      'about a payload names the field',
      new InvalidPayloadError([{ path: 'email', message: 'must be an email' }]),
      { code: 'custom', message: 'Invalid payload: email: must be an email', allow_retry: false },
    ],
    [
      'that asks for retry offers it',
      new CustomStreamError('No seats.', { allowRetry: true }),
      { code: 'custom', message: 'No seats.', allow_retry: true },
    ],
    [
      'of the stream keeps its code',
      new StreamError('rate_limited'),
      { code: 'rate_limited', allow_retry: true },
    ],
    [
      'of the stream may refuse retry',
      new StreamError('stream.error', { allowRetry: false }),
      { code: 'stream.error', allow_retry: false },
    ],
    [
      'of any other kind says nothing',
      new Error('db: password'),
      { code: 'stream.error', allow_retry: true },
    ],
    ['that is no Error says nothing', 'secret', { code: 'stream.error', allow_retry: true }],
  ])('of an error %s', (_title, error, expected) => {
    expect(toErrorEvent(error, inResponder())).toEqual({ type: 'error', ...expected });
    expect(toErrorEvent(error, inAction())).toEqual({ type: 'error', ...expected, allow_retry: false });
    expect(errorEventFilter(error, inAction())).toEqual(toErrorEvent(error, inAction()));
  });

  test.each([
    new UnavailableError('Later.', { cause: new Error('disk') }),
    new ChatError('Something is wrong.', 500, 'wrong'),
  ])('one that users are told is logged too where it is the server that failed: %s', (error) => {
    const logger = recordingLogger();
    const ctx = testContext({ logger });
    expect(toErrorEvent(error, ctx)).toMatchObject({ code: 'custom', message: error.message });
    expect(logger.lines).toMatchObject([{ level: 'error', details: { err: error } }]);
  });

  test.each([new UnavailableError('Later.'), new CustomStreamError('No seats.')])(
    'and not otherwise: %s',
    (error) => {
      const logger = recordingLogger();
      toErrorEvent(error, testContext({ logger }));
      expect(logger.lines).toEqual([]);
    },
  );

  test('an error that was not made for users is logged, others are not', () => {
    const logger = recordingLogger();
    const ctx = testContext({ logger });
    const error = new Error('db: password');
    toErrorEvent(error, ctx);
    toErrorEvent(new ForbiddenError(), ctx);
    toErrorEvent(new StreamError(), ctx);
    expect(logger.lines).toMatchObject([{ level: 'error', details: { err: error, requestId: 'req_1' } }]);
  });
});

describe('the assistant message', () => {
  test.each<[string, unknown, string]>([
    ['what is forbidden', new ForbiddenError('Only admins.'), 'Permission denied.'],
    ['an error made for users', new BadRequestError('Too many.'), 'Action failed: Too many.'],
    ['any other error', new Error('db: password'), 'Action failed.'],
  ])('for %s', (_title, error, text) => {
    expect(assistantMessageFilter(error, inAction())).toEqual({
      type: 'thread.item.done',
      item: { type: 'assistant_message', content: [{ type: 'output_text', text, annotations: [] }] },
    });
  });

  test('an error that was not made for users is logged', () => {
    const logger = recordingLogger();
    assistantMessageFilter(new Error('db'), testContext({ logger }));
    expect(logger.lines).toMatchObject([{ level: 'error' }]);
  });
});
