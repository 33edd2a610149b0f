import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ChatKitClient,
  eventsIn,
  userMessage,
  type WireComponent,
  type WireEvent,
  type WireItem,
} from './chatkit-client';
import { until } from '../support/wait';
import { compileSample, freePort, SampleProcess } from './sample-process';

const ID = /^[a-z]+_[0-9a-f]{32}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const TITLES = { item_1: 'Espresso machine', item_2: 'Coffee grinder', item_3: 'Milk jug' };
type ItemId = keyof typeof TITLES;

/** What the quickstart prints when it listens. */
const told = (url: string): string =>
  `ChatKit quickstart: ${url}/chatkit\nSee and click it:   ${url}/chatkit/playground/\n`;

interface ListState {
  selected?: ItemId;
  starred?: ItemId[];
  confirmed?: ItemId[];
}

/** The list as it must go over the wire. */
function list({ selected, starred = [], confirmed = [] }: ListState): object {
  const row = (id: ItemId): object => ({
    type: 'ListViewItem',
    key: id,
    gap: 2,
    align: 'center',
    onClickAction: { type: 'item.select', payload: { id } },
    children: [
      { type: 'Text', value: TITLES[id], weight: id === selected ? 'semibold' : 'normal' },
      ...(id === selected ? [{ type: 'Badge', key: 'selected', label: 'Selected', color: 'info' }] : []),
      ...(confirmed.includes(id)
        ? [{ type: 'Badge', key: 'confirmed', label: 'Confirmed', color: 'success' }]
        : []),
      { type: 'Spacer' },
      {
        type: 'Button',
        key: 'star',
        label: starred.includes(id) ? 'Starred' : 'Star',
        iconStart: starred.includes(id) ? 'star-filled' : 'star',
        variant: 'ghost',
        size: 'sm',
        onClickAction: { type: 'item.star', payload: { id }, streaming: false },
      },
    ],
  });
  return { type: 'ListView', children: [row('item_1'), row('item_2'), row('item_3')] };
}

const form = expect.objectContaining({ type: 'Card', children: expect.any(Array) });

function confirmation(item_id: ItemId): object {
  return {
    type: 'Card',
    children: [
      { type: 'Title', value: `Order the ${TITLES[item_id].toLowerCase()}?`, size: 'sm' },
      { type: 'Text', value: 'Your confirmation is stored, and is still there after a restart.' },
    ],
    confirm: { label: 'Confirm', action: { type: 'confirm.accept', payload: { item_id } } },
  };
}

function confirmed(item_id: ItemId): object {
  return {
    type: 'Card',
    children: [
      {
        type: 'Row',
        gap: 2,
        align: 'center',
        children: [
          { type: 'Icon', name: 'check-circle-filled', color: 'success' },
          { type: 'Text', value: `${TITLES[item_id]}: confirmed`, weight: 'semibold' },
        ],
      },
    ],
  };
}

const danger = {
  type: 'Card',
  children: [
    { type: 'Text', value: 'Only admins may do this.' },
    {
      type: 'Button',
      label: 'Do something dangerous',
      color: 'danger',
      onClickAction: { type: 'dangerous.action' },
    },
  ],
};

const streamOptions = { type: 'stream_options', stream_options: { allow_cancel: true } };

/** The names of all actions that a widget can send, in order. */
function actionsIn(widget: unknown): string[] {
  if (typeof widget !== 'object' || widget === null) return [];
  return Object.entries(widget).flatMap(([key, value]) =>
    /^on[A-Z]\w*Action$|^action$/.test(key) ? [(value as { type: string }).type] : actionsIn(value),
  );
}

describe('the quickstart', () => {
  let folder: string;
  let main: string;
  let dataDir: string;
  let port: number;
  let server: SampleProcess;
  let ada: ChatKitClient;
  let loggedSoFar = '';

  beforeAll(async () => {
    ({ folder, main } = compileSample('quickstart'));
    dataDir = mkdtempSync(join(tmpdir(), 'quickstart-'));
    port = await freePort();
    server = await start();
    ada = client({ 'x-user-id': 'ada' });
  }, 60_000);

  afterAll(async () => {
    await server.stop('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
    rmSync(dataDir, { recursive: true, force: true });
  });

  const start = (env: Record<string, string> = {}): Promise<SampleProcess> => spawnWith(env).listening();
  const spawnWith = (env: Record<string, string>): SampleProcess =>
    SampleProcess.spawn(main, { PORT: String(port), DATA_DIR: join(dataDir, 'new'), ...env });
  const client = (headers: Record<string, string>): ChatKitClient =>
    new ChatKitClient(`http://127.0.0.1:${String(port)}/chatkit`, headers);

  let threadId: string;

  const item = (fields: object): object => ({
    id: expect.stringMatching(ID),
    thread_id: threadId,
    created_at: expect.stringMatching(TIME),
    ...fields,
  });
  const message = (text: string): object =>
    item({ type: 'assistant_message', content: [{ type: 'output_text', text, annotations: [] }] });
  const widgetItem = (widget: object): object => item({ type: 'widget', widget });
  const userItem = (text: string): object =>
    item({
      type: 'user_message',
      content: [{ type: 'input_text', text }],
      attachments: [],
      quoted_text: '',
      inference_options: {},
    });
  const done = (item: object): object => ({ type: 'thread.item.done', item });
  /** What the responder answers. */
  const answer = (said: string, state: ListState, toConfirm: ItemId): object[] => [
    message(`You said: “${said}”. Here is what you can do.`),
    widgetItem(list(state)),
    widgetItem(form),
    widgetItem(confirmation(toConfirm)),
    widgetItem(danger),
  ];
  const act = (
    client: ChatKitClient,
    item_id: string,
    type: string,
    payload?: object,
  ): Promise<WireEvent[]> =>
    client.stream('threads.custom_action', { thread_id: threadId, item_id, action: { type, payload } });

  describe('through a whole session', () => {
    /** What the page shows: the items in order, kept as the client keeps them. */
    let shown: WireItem[];
    let widgets: { list: string; form: string; confirmation: string; danger: string };

    const show = (events: WireEvent[]): WireEvent[] => {
      for (const event of events) {
        if (event.type === 'thread.item.done') shown.push(event.item);
        if (event.type === 'thread.item.replaced') {
          shown[shown.findIndex(({ id }) => id === event.item.id)] = event.item;
        }
      }
      return events;
    };
    const newest = (action: string): string =>
      shown.findLast(({ type, widget }) => type === 'widget' && actionsIn(widget).includes(action))!.id;
    const shownItem = (wanted: string): WireItem => shown.find(({ id }) => id === wanted)!;

    it('creates the thread and shows the widgets', async () => {
      shown = [];
      const events = show(await ada.stream('threads.create', { input: userMessage('Hello') }));
      threadId = events[0]!.thread.id;
      expect(events).toEqual([
        {
          type: 'thread.created',
          thread: {
            id: expect.stringMatching(ID),
            created_at: expect.stringMatching(TIME),
            status: { type: 'active' },
            metadata: {},
            items: { data: [], has_more: false },
          },
        },
        done(userItem('Hello')),
        streamOptions,
        ...answer('Hello', {}, 'item_1').map(done),
      ]);
      expect(new Set(shown.map(({ id }) => id)).size).toBe(6);
      widgets = {
        list: newest('item.select'),
        form: newest('form.submit'),
        confirmation: newest('confirm.accept'),
        danger: newest('dangerous.action'),
      };
      expect(new Set(Object.values(widgets)).size).toBe(4);
    });

    it('has a form with a field for each part of the payload', () => {
      const formNode = shownItem(widgets.form).widget.children[1]!;
      expect(formNode).toMatchObject({ type: 'Form', onSubmitAction: { type: 'form.submit' } });
      const inputs = formNode.children.filter(({ type }) => type === 'Input');
      expect(inputs.map(({ name }) => name)).toEqual(['name', 'email']);
      expect(formNode.children.at(-1)).toMatchObject({ type: 'Button', submit: true });
    });

    it('answers a click on a row: widget, message and effect, the hidden context between them unseen', async () => {
      const before = shownItem(widgets.list);
      const events = show(await act(ada, widgets.list, 'item.select', { id: 'item_2' }));
      expect(events).toEqual([
        streamOptions,
        { type: 'thread.item.replaced', item: { ...before, widget: list({ selected: 'item_2' }) } },
        done(message('Selected item_2. What next?')),
        { type: 'client_effect', name: 'selection_mode', data: { itemId: 'item_2' } },
      ]);
    });

    it('toggles a star without a stream, and the selection stays', async () => {
      const before = shownItem(widgets.list);
      const star = (id: ItemId): Promise<{ updated_item: WireItem }> =>
        ada.json<{ updated_item: WireItem }>('threads.sync_custom_action', {
          thread_id: threadId,
          item_id: widgets.list,
          action: { type: 'item.star', payload: { id } },
        });
      const both: ListState = { selected: 'item_2', starred: ['item_1', 'item_3'] };
      const one: ListState = { selected: 'item_2', starred: ['item_3'] };
      await star('item_1');
      expect(await star('item_3')).toEqual({ updated_item: { ...before, widget: list(both) } });
      expect(await star('item_1')).toEqual({ updated_item: { ...before, widget: list(one) } });
      shown[shown.indexOf(before)] = { ...before, widget: list(one) as WireComponent };
    });

    it.each([
      [
        'an empty name',
        { name: '', email: 'ada@example.com' },
        'name must be longer than or equal to 1 characters',
      ],
      [
        'a name of blanks',
        { name: '  ', email: 'ada@example.com' },
        'name must be longer than or equal to 1 characters',
      ],
      ['no email', { name: 'Ada', email: 'ada' }, 'email must be an email'],
    ])('refuses a form with %s, and says which field it is', async (_, payload, problem) => {
      expect(await act(ada, widgets.form, 'form.submit', payload)).toEqual([
        streamOptions,
        { type: 'error', code: 'custom', message: `Invalid payload: ${problem}`, allow_retry: false },
      ]);
    });

    it('answers a form that is right as it answers a message, which is not shown itself', async () => {
      const payload = { name: ' Ada Lovelace ', email: 'ada@example.com' };
      const events = show(await act(ada, widgets.form, 'form.submit', payload));
      const said = 'Form submitted: Ada Lovelace, ada@example.com';
      expect(events).toEqual([streamOptions, ...answer(said, { starred: ['item_3'] }, 'item_1').map(done)]);
    });

    it('confirms: the record, the widget, the effect', async () => {
      const before = shownItem(widgets.confirmation);
      const events = show(await act(ada, widgets.confirmation, 'confirm.accept', { item_id: 'item_1' }));
      expect(events).toEqual([
        streamOptions,
        { type: 'thread.item.replaced', item: { ...before, widget: confirmed('item_1') } },
        { type: 'client_effect', name: 'item_confirmed', data: { itemId: 'item_1' } },
      ]);
    });

    it('lets admins alone do what is dangerous', async () => {
      const admin = client({ 'x-user-id': 'ada', 'x-role': 'admin' });
      const refused = show(await act(ada, widgets.danger, 'dangerous.action'));
      expect(refused).toEqual([streamOptions, done(message('Permission denied.'))]);
      const allowed = show(await act(admin, widgets.danger, 'dangerous.action'));
      expect(allowed).toEqual([streamOptions, done(message('Done. Nothing was harmed.'))]);
    });

    it('shows the same after the page is loaded again', async () => {
      await expectReload();
    });

    it('shows the same after the server was killed and started again', async () => {
      expect(await server.stop('SIGKILL')).toBe('SIGKILL');
      expect(server.stderr).toBe('');
      server = await start();
      await expectReload();
    });

    it('answers the next message, and knows the star and the confirmation', async () => {
      const events = show(
        await ada.stream('threads.add_user_message', { thread_id: threadId, input: userMessage('And now?') }),
      );
      expect(events).toEqual([
        done(userItem('And now?')),
        streamOptions,
        ...answer('And now?', { starred: ['item_3'], confirmed: ['item_1'] }, 'item_2').map(done),
      ]);
      await expectReload();
    });

    it('never sent what is hidden', () => {
      expect(ada.received).not.toMatch(/<\/?SELECTED>|hidden_context/);
      expect(ada.received).toContain('Selected item_2');
    });

    /** Everything that a page asks for when it loads, and that it shows what was shown. */
    async function expectReload(): Promise<void> {
      const threads = await ada.json('threads.list', { limit: 9999, order: 'desc' });
      expect(threads).toEqual({
        data: [
          {
            id: threadId,
            created_at: expect.stringMatching(TIME),
            status: { type: 'active' },
            metadata: {},
            items: { data: [], has_more: false },
          },
        ],
        has_more: false,
      });
      const thread = await ada.json('threads.get_by_id', { thread_id: threadId });
      expect(thread).toEqual({
        ...(threads.data[0] as object),
        items: expect.objectContaining({ data: shown.slice(0, 20), has_more: shown.length > 20 }),
      });
      const items = await ada.json('items.list', { thread_id: threadId, limit: 100, order: 'asc' });
      expect(items).toEqual({ data: shown, has_more: false });
      const newestTwo = await ada.json('items.list', { thread_id: threadId, limit: 2, order: 'desc' });
      expect(newestTwo).toMatchObject({ data: shown.slice(-2).reverse(), has_more: true });
    }
  });

  describe('against those who are not who they should be', () => {
    const bob = (): ChatKitClient => client({ 'x-user-id': 'bob' });

    it('shows another user nothing', async () => {
      expect(await bob().json('threads.list', { limit: 20, order: 'desc' })).toEqual({
        data: [],
        has_more: false,
      });
      const requests: [string, object][] = [
        ['threads.get_by_id', { thread_id: threadId }],
        ['items.list', { thread_id: threadId, order: 'desc' }],
        ['threads.add_user_message', { thread_id: threadId, input: userMessage('Hello') }],
        [
          'threads.custom_action',
          { thread_id: threadId, action: { type: 'item.select', payload: { id: 'item_1' } } },
        ],
        ['threads.update', { thread_id: threadId, title: 'Mine' }],
        ['threads.delete', { thread_id: threadId }],
      ];
      for (const [type, params] of requests) {
        const { status, text } = await bob().send(JSON.stringify({ type, params }));
        expect([type, status]).toEqual([type, 404]);
        expect(JSON.parse(text)).toEqual({
          error: { code: 'not_found', message: expect.any(String), request_id: expect.any(String) },
        });
      }
    });

    it('keeps each user a record of their own', async () => {
      const events = await bob().stream('threads.create', { input: userMessage('Hi') });
      expect(events.at(-4)!.item.widget).toEqual(list({}));
    });

    it('takes who says no name for anonymous', async () => {
      const nobody = client({});
      await nobody.stream('threads.create', { input: userMessage('Hi') });
      const { data } = await client({ 'x-user-id': 'anonymous' }).json('threads.list', {});
      expect(data).toHaveLength(1);
    });

    it.each([['{"type":"threads.list"'], [''], ['[1, 2'], ['\u0000']])(
      'answers %j with 400, and lives on',
      async (body) => {
        const { status, text } = await ada.send(body);
        expect(status).toBe(400);
        expect(JSON.parse(text).error).toMatchObject({
          code: expect.stringMatching(/^(invalid_json|empty_body)$/),
        });
        expect((await ada.json('threads.list', {})).data).toHaveLength(1);
      },
    );

    it('takes an action only as the widget that it names can send it', async () => {
      const before = await ada.json('items.list', { thread_id: threadId, limit: 100, order: 'asc' });
      const idOf = (action: string): string =>
        (before.data as WireItem[]).findLast(({ widget }) => actionsIn(widget).includes(action))!.id;
      const refused = {
        type: 'error',
        code: 'custom',
        message: 'The widget that this came from has no such button.',
        allow_retry: false,
      };
      const [list, form] = [idOf('item.select'), idOf('form.submit')];
      const forged: [item: string, type: string, payload?: object][] = [
        [form, 'item.select', { id: 'item_1' }], // would replace the form by the list
        [list, 'item.select', { id: 'item_9' }],
        [list, 'form.submit', { name: 'Ada', email: 'ada@example.com' }],
        [form, 'confirm.accept', { item_id: 'item_2' }],
      ];
      for (const [item_id, type, payload] of forged) {
        expect(await act(ada, item_id, type, payload)).toEqual([streamOptions, refused]);
      }
      const { status, text } = await ada.send(
        JSON.stringify({
          type: 'threads.sync_custom_action',
          params: {
            thread_id: threadId,
            item_id: form,
            action: { type: 'item.star', payload: { id: 'item_1' } },
          },
        }),
      );
      expect([status, JSON.parse(text).error.code]).toEqual([403, 'action_not_in_widget']);
      expect(await ada.json('items.list', { thread_id: threadId, limit: 100, order: 'asc' })).toEqual(before);
      const refusals = (): string[] => server.stderr.match(/an action was refused/g) ?? [];
      await until(() => refusals().length === forged.length + 1, 'the log to tell of them');
      loggedSoFar = server.stderr;
    });
  });

  it('leads from its root to the playground', async () => {
    const response = await fetch(`http://127.0.0.1:${String(port)}/`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([302, '/chatkit/playground/']);
    const config = await fetch(`http://127.0.0.1:${String(port)}/chatkit/playground/api/config`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-chatkit-playground': '1' },
      body: '{}',
    });
    expect(await config.json()).toMatchObject({ inspects: true, users: { ada: {}, bob: {}, admin: {} } });
  });

  it('says what is mapped, and where it is', () => {
    expect(server.mapped).toContain(
      '6 handlers: @OnMessage -> ItemController.reply, item.select -> ItemController.select',
    );
    expect(server.stdout).toBe(told(`http://localhost:${String(port)}`));
  });

  it('listens for this machine alone, unless HOST says otherwise', async () => {
    // On Linux every address of 127.0.0.0/8 is this machine's own.
    if (process.platform !== 'linux') {
      console.warn('Not tried here: it takes a second address of this machine.');
      return;
    }
    await expect(fetch(`http://127.0.0.2:${String(port)}/`)).rejects.toThrow('fetch failed');
    const other = await start({ HOST: '127.0.0.2', DATA_DIR: join(dataDir, 'other') });
    const url = `http://127.0.0.2:${String(port)}`;
    expect(other.stdout).toBe(told(url));
    expect((await fetch(`${url}/chatkit/actions`)).status).toBe(200);
    await other.stop('SIGTERM');
  });

  it.each([
    [
      'a HOST that is none',
      () => ({ HOST: '192.0.2.1' }),
      /^HOST is "192\.0\.2\.1": this machine has no .*\n$/,
    ],
    ['a port that is taken', () => ({}), /^Port \d+ is taken\..*PORT=8001 npm start\n$/],
    ['a port that is none', () => ({ PORT: '80a' }), /^PORT is "80a": give a number from 1 to 65535\.\n$/],
    ['a port out of range', () => ({ PORT: '70000' }), /^PORT is "70000"/],
    [
      'a DATA_DIR that is no directory',
      () => {
        writeFileSync(join(dataDir, 'file'), '');
        return { DATA_DIR: join(dataDir, 'file') };
      },
      /^The store in ".*file" cannot be opened: .*\nDATA_DIR must be a directory that can be written to\.\n$/,
    ],
  ])('says what is wrong with %s, and ends', async (_, env, complaint) => {
    const second = spawnWith(env());
    expect(await second.exit()).toBe(1);
    expect(second.stderr).toMatch(complaint);
    expect(second.stdout).toBe('');
  });

  it('lets an open stream come to its end when it is told to stop', async () => {
    let stopping: Promise<number | NodeJS.Signals> | undefined;
    const body = JSON.stringify({ type: 'threads.create', params: { input: userMessage('/slow') } });
    const { text } = await ada.send(body, (sofar) => {
      if (sofar.includes('text_delta')) stopping ??= server.stop('SIGTERM');
    });
    const events = eventsIn(text);
    expect(await stopping).toBe(0);
    const [, , options, added, partAdded, ...rest] = events;
    const deltas = rest.slice(0, -6);
    const id = added!.item.id;
    const said = 'This answer comes word by word, and you can stop it.';
    expect(options).toEqual(streamOptions);
    expect(added).toMatchObject({
      type: 'thread.item.added',
      item: { type: 'assistant_message', content: [] },
    });
    expect(partAdded).toMatchObject({ type: 'thread.item.updated', item_id: id });
    expect(deltas.length).toBe(said.split(' ').length);
    expect(deltas.map(({ update }) => update.delta).join('')).toBe(said);
    expect(rest.slice(-6)).toMatchObject([
      { type: 'thread.item.updated', item_id: id, update: { type: 'assistant_message.content_part.done' } },
      { type: 'thread.item.done', item: { id, content: [{ text: said }] } },
      ...Array.from({ length: 4 }, () => ({ type: 'thread.item.done', item: { type: 'widget' } })),
    ]);
    expect(server.stderr).toBe(loggedSoFar);
    await expect(fetch(`http://127.0.0.1:${String(port)}/`)).rejects.toThrow();
  });
});
