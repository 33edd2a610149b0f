import 'reflect-metadata';
import express, { type Express, type Request } from 'express';
import {
  assistantMessage,
  assistantMessageStream,
  ChatController,
  clientEffect,
  clientToolCall,
  CustomStreamError,
  ForbiddenError,
  hiddenContext,
  image,
  MemoryStore,
  notice,
  OnAction,
  OnFeedback,
  OnMessage,
  OnTranscribe,
  progress,
  replace,
  streamWidget,
  structuredInput,
  widget,
  workflow,
  type AudioInput,
  type ChatContext,
  type ChatKitOptions,
  type HandlerYield,
  type Store,
  type UserMessageItem,
  type WidgetRoot,
} from '../../../src';
import { chatkit } from '../../../src/express';
import { playground, type PlaygroundOptions } from '../../../src/playground';
import { headerOf } from '../../support/adapters';
import { RecordingLogger } from '../../support/logger';
import { Latch } from '../../support/wait';

interface User {
  userId: string;
}

/** What tests look at, and hold back, behind the page. */
export interface Backstage {
  /** Actions as they reached the server: name, payload and kind. */
  actions: { type: string; payload: unknown; sync: boolean }[];
  feedback: unknown[];
  /** Recordings, to be written down. */
  recordings: AudioInput[];
  /** Messages as they reached the responder. */
  messages: (UserMessageItem | null)[];
  /** What a run that waits goes on with. */
  gate: Latch;
  store: Store;
}

type Answer = (
  backstage: Backstage,
  ctx: ChatContext<User>,
) => AsyncIterable<HandlerYield> | Iterable<HandlerYield>;

export interface Serving {
  /** What is answered to a message, by its text. */
  answers?: Record<string, Answer>;
  options?: Partial<Omit<PlaygroundOptions, 'chat' | 'api' | 'failed'>> & { api?: string };
  store?: Store;
  /** More options of the chat itself. */
  chat?: Pick<ChatKitOptions<Request, User>, 'attachmentStore' | 'onDisconnect'>;
}

/** An app with a chat that answers by the text of the message, and the playground beside it. */
export function createApp({
  answers = {},
  options = {},
  store = new MemoryStore(),
  chat: more = {},
}: Serving = {}): {
  app: Express;
  backstage: Backstage;
} {
  const backstage: Backstage = {
    actions: [],
    feedback: [],
    recordings: [],
    messages: [],
    gate: new Latch(),
    store,
  };
  const all = { ...ANSWERS, ...answers };

  @ChatController()
  class Controller {
    @OnMessage()
    async *reply(message: UserMessageItem | null, ctx: ChatContext<User>): AsyncGenerator<HandlerYield> {
      backstage.messages.push(message);
      const text = message?.content.map((part) => part.text).join('') ?? 'output';
      const answer = all[text];
      if (answer === undefined) yield assistantMessage(`You said: ${text}`);
      else yield* answer(backstage, ctx);
    }

    @OnAction('test.refused', { payload: 'unchecked' })
    refused(): never {
      throw new ForbiddenError('You may not do this.');
    }

    @OnAction('test.wait', { payload: 'unchecked' })
    async wait(payload: unknown, ctx: ChatContext<User>) {
      backstage.actions.push({ type: ctx.action!.type, payload, sync: false });
      await backstage.gate.opened;
      return assistantMessage('Waited.');
    }

    @OnAction('test.**', { payload: 'unchecked' })
    act(payload: unknown, ctx: ChatContext<User>) {
      backstage.actions.push({ type: ctx.action!.type, payload, sync: false });
      return assistantMessage(`Did ${ctx.action!.type}.`);
    }

    @OnAction('sync.**', { payload: 'unchecked', sync: true })
    sync(payload: unknown, ctx: ChatContext<User>) {
      backstage.actions.push({ type: ctx.action!.type, payload, sync: true });
      const sender = ctx.sender!;
      return replace(sender, { type: 'Card', children: [{ type: 'Text', value: 'Changed at once.' }] });
    }

    @OnTranscribe()
    write(audio: AudioInput) {
      backstage.recordings.push(audio);
      return 'as it was said';
    }

    @OnFeedback()
    rate(input: unknown) {
      backstage.feedback.push(input);
    }
  }

  const chat = chatkit<User>({
    controllers: [Controller],
    store: backstage.store,
    logger: new RecordingLogger(),
    context: (req) => ({ userId: headerOf(req, 'x-user-id') ?? 'anonymous' }),
    owner: ({ userId }) => userId,
    ...more,
  });
  const app = express();
  app.use('/chatkit/playground', playground({ ...options, chat }));
  app.use('/chatkit', chat);
  return { app, backstage };
}

const MARKDOWN = `# A heading

Some **bold** text, a [link](https://example.com) and \`code\`.

- one
- two

| a | b |
| - | - |
| 1 | 2 |

\`\`\`js
const answer = 42;
\`\`\`
`;

const GIF = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

const ANSWERS: Record<string, Answer> = {
  *markdown() {
    yield assistantMessage(MARKDOWN);
  },
  async *slow({ gate }) {
    yield assistantMessageStream(
      (async function* () {
        yield 'The first half, ';
        await gate.opened;
        yield 'and the second.';
      })(),
    );
  },
  async *progress({ gate }) {
    yield progress('Looking it up', { icon: 'search' });
    await gate.opened;
    yield assistantMessage('Found.');
  },
  *notice() {
    yield notice('warning', 'Your plan **ends** soon.', { title: 'Mind this' });
    yield assistantMessage('Noted.');
  },
  // eslint-disable-next-line require-yield -- as a responder that fails at once
  *fails() {
    throw new CustomStreamError('The model is away.', { allowRetry: true });
  },
  *cites() {
    yield assistantMessage('Water boils at 100 °C.', {
      annotations: [
        {
          type: 'annotation',
          index: 22,
          source: { type: 'url', title: 'Water', url: 'https://water.example/boil' },
        },
        { type: 'annotation', source: { type: 'file', title: 'Notes', filename: 'notes.pdf' } },
      ],
    });
  },
  *works() {
    yield workflow(
      [
        {
          type: 'web_search',
          title: 'Searched',
          queries: ['tea', 'coffee'],
          sources: [{ type: 'url', title: 'Tea', url: 'https://tea.example' }],
        },
        { type: 'thought', content: 'Both are *hot*.', status_indicator: 'complete' },
        { type: 'custom', title: 'Wrote it down', icon: 'notebook' },
      ],
      { summary: { title: 'Compared drinks' } },
    );
  },
  *asks() {
    yield structuredInput([
      {
        type: 'multiple_choice',
        id: 'size',
        question: 'Which size?',
        options: [{ value: 'S' }, { value: 'L' }],
        multiple: false,
      },
      { type: 'freeform', id: 'city', question: 'Which city?', description: 'Where it goes to' },
    ]);
  },
  *tool() {
    yield clientToolCall('get_location', { accuracy: 'high' });
  },
  *output(_, ctx) {
    yield assistantMessage(`On with it in ${ctx.thread.id.slice(0, 3)}.`);
  },
  *image() {
    yield image(`data:image/gif;base64,${GIF}`);
  },
  async *draws({ gate }) {
    const image = (name: string) => ({ id: 'img', url: `data:image/gif;base64,${GIF}#${name}` });
    yield { type: 'thread.item.added', item: { type: 'generated_image', id: 'gen_1' } };
    yield {
      type: 'thread.item.updated',
      item_id: 'gen_1',
      update: { type: 'generated_image.updated', image: image('half'), progress: 0.5 },
    };
    await gate.opened;
    yield {
      type: 'thread.item.done',
      item: { type: 'generated_image', id: 'gen_1', image: image('whole') },
    };
  },
  *effect() {
    yield clientEffect('open_cart', { items: 2 });
    yield hiddenContext('SECRET for the model');
    yield assistantMessage('Opened.');
  },
  *locks(_, ctx) {
    ctx.thread.status = { type: 'locked', reason: 'A person takes over.' };
    ctx.thread.title = 'Handed over';
    yield assistantMessage('Wait for a person.');
  },
  *closes(_, ctx) {
    ctx.thread.status = { type: 'closed', reason: 'All is settled.' };
    yield assistantMessage('Goodbye.');
  },
  async *types({ gate }) {
    yield streamWidget(
      (async function* (): AsyncGenerator<WidgetRoot> {
        const text = (value: string, streaming: boolean): WidgetRoot => ({
          type: 'Card',
          children: [{ type: 'Text', id: 'text', value, streaming }],
        });
        yield text('Typing', true);
        await gate.opened;
        yield text('Typing, done.', false);
      })(),
    );
  },
};

/** Answers with a widget. */
export const shows = (root: object): Answer =>
  function* () {
    yield widget(root as WidgetRoot);
  };
