import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SRC = join(__dirname, '../../src');

/** The files that hold promises in values of the application; src/errors/held.ts says why these. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  'events, where they are handed on or wait': [
    'context/run-context.ts',
    'pipeline/observable-iterator.ts',
    'pipeline/pull.ts',
    'pipeline/run.ts',
  ],
  'what is refused, left out or cannot be written': [
    'app/outside-chat.ts',
    'app/served-app.ts',
    'errors/held.ts',
    'errors/issues.ts',
    'events/iterable.ts',
    'events/requests.ts',
    'events/workflows.ts',
    'execution/payload-issues.ts',
    'operations/actions.ts',
    'operations/transcribe.ts',
    'pipeline/event-iterator.ts',
    'protocol/check.ts',
    'protocol/conform.ts',
    'protocol/not-json.ts',
    'templates/plain-data.ts',
  ],
  'what is thrown': [
    'context/logger.ts',
    'errors/chat-error.ts',
    'errors/readable.ts',
    'execution/catch.ts',
    'execution/dto/findings.ts',
  ],
  'what functions of the application return': [
    'execution/build-handler.ts',
    'execution/dto/reader.ts',
    'execution/intercept.ts',
    'execution/payload.ts',
  ],
};

function holding(): string[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .filter((path) => /^(?!export ).*\bholdPromises\(/m.test(readFileSync(join(SRC, path), 'utf8')))
    .map((path) => path.replaceAll('\\', '/'));
}

test('promises are held in the places that are listed here, and in no others', () => {
  expect(holding().sort()).toEqual(Object.values(PLACES).flat().sort());
});
