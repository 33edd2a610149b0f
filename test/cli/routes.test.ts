import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { routesText } from '../../src/cli/routes/routes-text';
import { COLOURED, PLAIN } from '../../src/cli/terminal';
import { Project } from './project';

jest.setTimeout(120_000);

let project: Project;
beforeAll(() => (project = new Project()));
afterAll(() => project.remove());

const TABLE = [
  'KIND         PATTERN       HANDLER                PAYLOAD',
  'action       item.select   ItemController.select  { id }',
  'sync_action  item.star     ItemController.star',
  'action       item.archive  ItemController.away',
  'action       item.hide     ItemController.away',
  'message                    ItemController.reply',
  '',
  '4 handlers.',
  '',
].join('\n');

test.each(['cjs', 'esm'])('lists the handlers of an app in %s', (kind) => {
  const printed = project.run(['routes', '--app', `${kind}/named.js`]);
  expect(printed).toEqual({ code: 0, stdout: TABLE, stderr: '' });
});

test('as JSON they are the registry', () => {
  const { code, stdout } = project.run(['routes', '--app', 'esm/named.js', '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toContainEqual({
    kind: 'action',
    patterns: ['item.select'],
    where: 'ItemController.select',
    payload: expect.objectContaining({ properties: { id: { type: 'string' } } }),
    guards: [],
    interceptors: [],
  });
});

test('of an app that does not start the problems are listed', () => {
  const { code, stdout, stderr } = project.run(['routes', '--app', 'cjs/faulty.js']);
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  expect(stdout).toMatch(/^2 problems:\n {2}1\. widgets\[0\]/);
  const json = project.run(['routes', '--app', 'cjs/faulty.js', '--json']);
  expect(json.code).toBe(1);
  expect(JSON.parse(json.stdout)).toMatchObject({ problems: [{ code: 'action_without_handler' }, {}] });
});

test('what cannot be loaded is an error', () => {
  writeFileSync(join(project.home, 'esm/nothing.js'), 'export const nothing = 1;');
  expect(project.run(['routes', '--app', 'esm/nothing.js'])).toMatchObject({ code: 2, stdout: '' });
});

describe('the table', () => {
  const route = { kind: 'action', patterns: ['a'], where: 'A.a', guards: [], interceptors: [] } as const;

  test('tells of payloads, and of what else is asked', () => {
    const text = routesText(
      [
        { ...route, payload: { type: 'object', properties: { id: {}, note: {} }, required: ['id'] } },
        { ...route, patterns: ['b', '/^c/'], payload: {}, signed: true, once: true, guards: ['adminsOnly'] },
        { ...route, kind: 'message', patterns: [], tool: 'search', model: 'fast', fromWidgetOnly: true },
      ],
      PLAIN,
    );
    expect(text.split('\n').slice(1, 5)).toEqual([
      'action   a                        A.a      { id, note? }',
      'action   b                        A.a      anything       signed, once, adminsOnly',
      'action   /^c/                     A.a      anything       signed, once, adminsOnly',
      'message  tool search, model fast  A.a                     from widget only',
    ]);
  });

  test('says why a payload is not described', () => {
    const text = routesText([{ ...route, payload: {}, schemaError: 'Run: npm install it' }], PLAIN);
    expect(text).toMatch(
      /A\.a +\?\n\nA\.a: the payload cannot be described\. Run: npm install it\n1 handler\.\n/,
    );
  });

  test('is the same in colours', () => {
    // eslint-disable-next-line no-control-regex
    expect(routesText([route], COLOURED).replaceAll(/\u001b\[\d+m/g, '')).toBe(routesText([route], PLAIN));
  });
});
