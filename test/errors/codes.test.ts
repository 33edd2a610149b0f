import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TemplateError } from '../../src/templates/template-error';
import { ActionDefinitionError } from '../../src/widgets';
import { DeveloperError, ForbiddenError, StartupError, type StartupProblem } from '../../src/errors';
import { SqliteSetupError } from '../../src/stores/sqlite/setup-error';
import { ChatController, createChatKit, MemoryStore, OnMessage, type Logger } from '../../src';
import { chatkit } from '../../src/fetch';
import * as wire from '../support/requests';
import { codesInSource, errorsWithoutCode } from './codes-in-source';

const PAGE = readFileSync(join(__dirname, '../../docs/error-codes.md'), 'utf8');

/** The sections of the page: their codes, and what they say. */
const sections = PAGE.split(/^### /m)
  .slice(1)
  .map((text) => {
    const [head = '', ...body] = text.split('\n');
    return [head.replaceAll('`', ''), body.join('\n').split(/^## /m)[0]!] as const;
  });

/** They are caught where they are thrown for, or end the command line with their text. */
const WITHIN = ['ClientGone', 'JinjaError', 'NotOfTheProtocol', 'Stopped', 'TooDeep', 'UsageError'];

describe('the page of codes', () => {
  const codes = codesInSource();
  const described = sections.map(([code]) => code);

  it('finds the codes of all kinds of errors in the source', () => {
    for (const code of [
      'no_store',
      'invalid_guard',
      'run_ended',
      'signature_expired',
      'model_failed',
      'not_found',
    ])
      expect(codes).toContain(code);
    expect(codes.size).toBeGreaterThan(150);
  });

  it('is about all classes of errors but those that never leave the package', () => {
    expect(errorsWithoutCode().toSorted()).toEqual(WITHIN);
  });

  it('has a section for every code', () => {
    expect([...codes].filter((code) => !described.includes(code))).toEqual([]);
  });

  it('has no section for a code that there is not, and none twice', () => {
    expect(described.filter((code, index) => !codes.has(code) || described.indexOf(code) < index)).toEqual(
      [],
    );
  });

  it.each(sections)('says of %s what causes it, and its fix', (_, text) => {
    expect(text).toMatch(/^\n\*\*Cause:\*\* \S.*\n\n\*\*Fix:\*\* \S.*\n*$/);
  });
});

describe('where to read more', () => {
  const problem = (code: string): StartupProblem => ({
    code,
    where: '',
    message: 'It is wrong.',
    fix: 'Mend it.',
  });
  const LINK = 'node_modules/chatkit-controllers/docs/error-codes.md';
  const mode = process.env['NODE_ENV'];
  afterEach(() => {
    process.env['NODE_ENV'] = mode;
  });

  const made: [string, () => Error, string][] = [
    [
      'a DeveloperError',
      () => new DeveloperError('run_ended', 'It is wrong.', 'Mend it.'),
      `Mend it. Read more: ${LINK}#run_ended`,
    ],
    [
      'a StartupError',
      () => new StartupError([problem('no_store')]),
      `Mend it.\nRead more: ${LINK}#no_store`,
    ],
    [
      'a StartupError of several problems',
      () => new StartupError([problem('no_store'), problem('no_owner'), problem('no_store')]),
      `Mend it.\nRead more: ${LINK} (no_store, no_owner)`,
    ],
    [
      'a TemplateError',
      () => new TemplateError('template_invalid', 'It is wrong.'),
      `It is wrong. Read more: ${LINK}#template_invalid`,
    ],
    [
      'an ActionDefinitionError',
      () => new ActionDefinitionError('invalid_expiry', 'It is wrong.'),
      `It is wrong. Read more: ${LINK}#invalid_expiry`,
    ],
    [
      'an error of a database',
      () => new SqliteSetupError('sqlite_driver_missing', 'It is wrong.'),
      `It is wrong. Read more: ${LINK}#sqlite_driver_missing`,
    ],
  ];

  it.each(made)('stands at the end of the message of %s in development', (_, make, end) => {
    for (const development of ['development', undefined]) {
      if (development === undefined) delete process.env['NODE_ENV'];
      else process.env['NODE_ENV'] = development;
      expect(make().message.endsWith(end)).toBe(true);
    }
  });

  it.each(made)('is not in the message of %s in production', (_, make) => {
    process.env['NODE_ENV'] = 'production';
    expect(make().message).toMatch(/(Mend it|It is wrong)\.$/);
  });

  it('is not in the fix, and never in an error for users', () => {
    process.env['NODE_ENV'] = 'development';
    expect(new DeveloperError('run_ended', 'It is wrong.', 'Mend it.').fix).toBe('Mend it.');
    expect(new ForbiddenError('No.').message).toBe('No.');
  });

  it('is in the log, and not in what the client receives', async () => {
    process.env['NODE_ENV'] = 'development';
    const lines: string[] = [];
    const log = (_: object, text: string): void => void lines.push(text);
    const logger: Logger = { debug: log, info: log, warn: log, error: log };

    @ChatController()
    class Forgetful {
      @OnMessage()
      reply(): never {
        return 'text' as unknown as never;
      }
    }
    const app = createChatKit({
      controllers: [Forgetful],
      store: new MemoryStore(),
      owner: 'shared',
      logger,
    });
    const response = await chatkit(app)(
      new Request('http://chat.test/chatkit', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(wire.create('Hello')),
      }),
    );
    const sent = await response.text();
    expect(sent).toContain('stream.error');
    expect(sent).not.toContain('Read more');
    expect(lines).toContainEqual(expect.stringContaining(`Read more: ${LINK}#not_an_event`));
  });
});
