import type { Json, JsonObject, Scenario, Send, Step } from '../language';
import {
  added,
  create,
  done,
  input,
  list,
  message,
  pause,
  planted,
  progress,
  removed,
  replaced,
  request,
  say,
  updated,
  widget,
} from '../scenarios/parts';
import { M } from '../scenarios/update-values';
import type { DrawnExchange, DrawnHandler, DrawnStep } from './drawn';

/** What was drawn as a scenario. */
export function write({ first, then }: { first: DrawnHandler; then: readonly DrawnExchange[] }): Scenario {
  const writer = new Writer();
  const start = writer.handled(create(), first);
  return {
    name: 'At random',
    without: ['guides store'],
    exchanges: [start, ...then.flatMap((each) => writer.exchanges(each))],
  };
}

/**
 * Goes through what was drawn and keeps count of what is there, so that requests mostly ask for
 * something. Where a deliberate difference would leave the two sides with different things stored,
 * it is not written (sync actions that leave storing to the server, files that are nowhere in a new
 * thread): those have scenarios of their own. The reference's store is one in the order of storing.
 */
class Writer {
  private made = 0;
  private items: string[] = [];
  private widgets: string[] = [];
  private questions: string[] = [];
  /** What only handlers speak of: hidden items, and messages that were never done. */
  private unseen: string[] = [];
  /** What was a user message at any time: clients go on to name them. */
  private readonly messages = new Set<string>();

  exchanges(drawn: DrawnExchange): Send[] {
    switch (drawn.ask) {
      case 'create':
        this.forget(); // an item stays in its thread
        if (drawn.isCounted) this.made = 0;
        return [this.handled(create([], { input: input(drawn.text) }), drawn.handler)];
      case 'say':
        return [this.handled(say([], { input: this.message(drawn) }), drawn.handler)];
      case 'attach':
        return [
          {
            send: {
              type: 'attachments.create',
              params: { name: drawn.name, size: 1, mime_type: drawn.mime_type },
            },
          },
          this.handled(say([], { input: input('See', { attachments: ['{{attachment}}'] }) }), drawn.handler),
        ];
      case 'act':
        return [this.handled(request('threads.custom_action', this.action(drawn)), drawn.handler)];
      case 'sync':
        return [this.sync(drawn)];
      case 'retry':
        return [this.retry(drawn)];
      case 'output':
        return [
          this.handled(request('threads.add_client_tool_output', { result: drawn.result }), drawn.handler),
        ];
      case 'answer': {
        const item_id = pick(drawn.which % 5 === 4 ? this.items : this.questions, drawn.which);
        const answer = { status: drawn.status, answers: drawn.answers as unknown as JsonObject };
        return [
          this.handled(request('threads.add_structured_input', { item_id, input: answer }), drawn.handler),
        ];
      }
      default:
        return [this.question(drawn)];
    }
  }

  handled(send: Send, { steps: drawn, isCut, isPlanted }: DrawnHandler): Send {
    const thrown = drawn.findIndex((step) => step.do === 'throw');
    const steps = thrown < 0 ? drawn : drawn.slice(0, thrown + 1); // nothing comes after it
    const written = steps.flatMap((step) => this.steps(step));
    const handler = isPlanted
      ? written.map((step) => ('emit' in step ? { emit: planted(step.emit) } : step))
      : written;
    return isCut ? { ...send, handler: [...handler, pause], hangUp: 'paused' } : { ...send, handler };
  }

  /** Requests without a handler. */
  private question(
    drawn: Extract<DrawnExchange, { ask: 'list' | 'get' | 'threads' | 'rename' | 'rate' }>,
  ): Send {
    switch (drawn.ask) {
      case 'list': {
        const after = drawn.after === null ? {} : { after: pick(this.items, drawn.after) };
        return list({ ...(drawn.params as JsonObject), ...after });
      }
      case 'get':
        return request('threads.get_by_id');
      case 'threads':
        return { send: { type: 'threads.list', params: drawn.params as JsonObject } };
      case 'rename':
        return request('threads.update', { title: drawn.title });
      case 'rate': {
        const item_ids = drawn.which.map((which) => pick(this.items, which));
        return request('items.feedback', { item_ids, kind: drawn.kind });
      }
    }
  }

  private message({
    text,
    model,
    quoted,
  }: {
    text: string;
    model: string | null;
    quoted: string | null;
  }): JsonObject {
    return input(text, { quoted_text: quoted, inference_options: { model } });
  }

  private action({ name, payload, sender }: { name: string; payload: Json; sender: number }): JsonObject {
    const item_id = sender % 5 === 4 ? pick(this.items, sender) : pick(this.widgets, sender, '');
    return { action: { type: name, payload }, item_id };
  }

  private sync(drawn: Extract<DrawnExchange, { ask: 'sync' }>): Send {
    const params = this.action(drawn);
    const id = params['item_id'] as string;
    const changed = widget(id, drawn.name);
    const handler: Step[] =
      drawn.saves && this.widgets.includes(id)
        ? [{ tell: 'sender' }, { save: changed }, { return: changed }]
        : [{ tell: 'action' }];
    return request('threads.sync_custom_action', params, handler);
  }

  private retry({ which, handler }: Extract<DrawnExchange, { ask: 'retry' }>): Send {
    const item_id = which % 4 === 3 ? pick(this.items, which) : '{{message}}';
    if (item_id === '{{message}}') this.forget(); // all that came after it goes
    return this.handled(request('threads.retry_after_item', { item_id }), handler);
  }

  private steps(drawn: DrawnStep): Step[] {
    switch (drawn.do) {
      case 'item':
        return [done(this.note({ id: this.newId(), ...drawn.item }))];
      case 'stream':
        return this.stream(drawn);
      case 'write':
        return this.write(drawn);
      case 'again': {
        const id = pick([...this.items, ...this.unseen], drawn.which, '');
        if (id === '') return [];
        const item = this.note({ ...drawn.item, id });
        return [drawn.event === 'done' ? done(item) : replaced(item)];
      }
      case 'told':
        return [{ emit: drawn.event }];
      case 'widgets':
        return [{ widgets: drawn.states, copyText: 'Copy' }];
      case 'replace': {
        const id = pick(this.items, drawn.which, '');
        return id === '' || isHidden(drawn.item) ? [] : [replaced(this.note({ ...drawn.item, id }))];
      }
      case 'remove':
        return [removed(this.drop(pick([...this.unseen, ...this.items], drawn.which)))];
      case 'delete':
        return [{ delete: this.drop(pick(this.items, drawn.which)) }];
      case 'effect':
        return [{ emit: { type: 'client_effect', name: drawn.name, data: drawn.data } }];
      case 'notice':
        return [{ emit: { type: 'notice', level: drawn.level, message: drawn.message } }];
      case 'progress':
        return [progress(drawn.text)];
      case 'tell':
        return [{ tell: drawn.what }];
      case 'thread':
        return [{ thread: drawn.changes }];
      case 'throw':
        return [{ throw: drawn.problem }];
    }
  }

  private stream({ updates: [item, ...updates], end }: Extract<DrawnStep, { do: 'stream' }>): Step[] {
    const id = this.newId();
    const begun = [added({ ...item, id }), ...updates.map((update) => updated(id, update))];
    if (end === 'never') {
      this.unseen.push(id);
      return begun;
    }
    return [...begun, end === 'done' ? done(this.note({ ...item, id })) : removed(id)];
  }

  /** A message that is written part by part, perhaps over an item that is there. */
  private write({ id: which, text, deltas, end }: Extract<DrawnStep, { do: 'write' }>): Step[] {
    // Not over a user message: one that broke off could not be retried here, and could be there.
    const others = [...this.items, ...this.unseen].filter((each) => !this.messages.has(each));
    const known = which === null ? '' : pick(others, which, '');
    const id = known === '' ? this.newId() : known;
    const begun = message(id, text ?? '', text === null ? { content: [] } : {});
    const steps = [
      added(begun),
      ...deltas.map(({ part, delta }) =>
        updated(id, { type: `${M}.text_delta`, content_index: part, delta }),
      ),
    ];
    this.drop(id);
    if (end === 'removed') return [...steps, removed(id)];
    if (end === 'done') return [...steps, done(this.note(message(id, 'All of it')))];
    this.unseen.push(id);
    return steps;
  }

  private note(item: JsonObject): JsonObject {
    const id = this.drop(item['id'] as string);
    if (item['type'] === 'user_message') this.messages.add(id);
    if (isHidden(item)) {
      this.unseen.push(id);
      return item;
    }
    this.items.push(id);
    if (item['type'] === 'widget') this.widgets.push(id);
    if (item['type'] === 'structured_input') this.questions.push(id);
    return item;
  }

  private drop(id: string): string {
    for (const list of [this.items, this.widgets, this.questions, this.unseen]) {
      const place = list.indexOf(id);
      if (place >= 0) list.splice(place, 1);
    }
    return id;
  }

  private newId(): string {
    this.made += 1;
    return `i${String(this.made)}`;
  }

  private forget(): void {
    this.items = [];
    this.widgets = [];
    this.questions = [];
    this.unseen = [];
  }
}

const isHidden = ({ type }: JsonObject): boolean =>
  type === 'hidden_context_item' || type === 'sdk_hidden_context';

/** One of several; of none, one that is nowhere. */
function pick(ids: readonly string[], which: number, otherwise = 'nowhere'): string {
  return ids.length === 0 ? otherwise : ids.at(-1 - (which % ids.length))!;
}
