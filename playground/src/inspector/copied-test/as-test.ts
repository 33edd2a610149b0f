import type { LoggedRequest } from '../../data/logged-request';
import { afterRequest } from '../../replay/play';
import { NO_CHAT } from '../../state/chat-state';
import { literal, quoted } from '../literal';
import { sentIn, threadOf } from './sent';
import { callOf } from './test-call';
import { expectationsOf } from './test-expectations';

/**
 * A request as a test for the test kit. The test recreates the thread by the log's requests, sends the
 * request, and expects the logged result.
 *
 * @param earlier the requests before it, in the order in which they were sent
 */
export function asTest(request: LoggedRequest, earlier: readonly LoggedRequest[]): string {
  const threadId = threadOf(request);
  const before = earlier.filter((each) => isStep(each, threadId));
  let chat = NO_CHAT;
  const steps = before.map((each) => {
    const call = callOf(each, chat.thread.items);
    chat = afterRequest(chat, each);
    return `  await ${call};`;
  });
  const call = callOf(request, chat.thread.items);
  const after = afterRequest(chat, request);
  return [
    "import { chatMatchers, testChat } from 'chatkit-controllers/testing';",
    "import { controllers } from './app'; // those of your chat",
    '',
    'expect.extend(chatMatchers);',
    '',
    `test(${quoted(titleOf(request))}, async () => {`,
    `  const chat = testChat({ controllers${headersOf(request)} }); // and the other options of your chat`,
    ...notesOn([...before, request]),
    ...steps,
    ...expectationsOf(request, call, after.thread.items),
    '});',
    '',
  ].join('\n');
}

/** Comments about what the test cannot repeat. */
function notesOn(requests: readonly LoggedRequest[]): string[] {
  const isWhole = requests.some(
    (each) => each.operation === 'threads.create' || threadOf(each) === undefined,
  );
  const hasFiles = requests.some((each) => (sentIn(each).input?.attachments ?? []).length > 0);
  return [
    ...(isWhole ? [] : ['  // Earlier items of the thread are not in the log.']),
    ...(hasFiles ? ['  // The attachments are left out.'] : []),
  ];
}

/** Whether a request changed the thread, and succeeded. */
function isStep(request: LoggedRequest, threadId: string | undefined): boolean {
  const { status = 500, operation, failure, events } = request;
  if (threadId === undefined || status >= 400 || threadOf(request) !== threadId) return false;
  if (failure !== undefined && events.length === 0) return false;
  return !/^(?:threads\.get_by_id|items\.list)$/.test(operation);
}

function titleOf(request: LoggedRequest): string {
  return sentIn(request).action?.type ?? request.operation;
}

/** The user's headers, which the app's `context` reads. */
function headersOf({ headers }: LoggedRequest): string {
  const own = Object.entries(headers).filter(
    ([name]) => !/^(?:accept|accept-language|content-type)$/.test(name),
  );
  return own.length === 0 ? '' : `, headers: ${literal(Object.fromEntries(own), '  ')}`;
}
