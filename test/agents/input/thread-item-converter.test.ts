import { Agent, OpenAIChatCompletionsModel, OpenAIResponsesModel, run } from '@openai/agents';
import OpenAI from 'openai';
import {
  ThreadItemConverter,
  toAgentInput,
  type Input,
  type InputContent,
  type InputItem,
} from '../../../src/agents';
import type { Attachment, HiddenContextItem, ThreadItem, UserMessageTagContent } from '../../../src/protocol';
import { inResponse, message } from '../golden/stream';
import { assistantSays, item, userSays } from '../support/items';
import { OpenAiServer, type ApiRequest } from '../support/openai-server';
import { apiEvents } from '../support/scripts';

/** What the API receives for input: the SDK has converted it once more. */
async function received(input: InputItem[]): Promise<ApiRequest> {
  const server = (await OpenAiServer.start()).will(apiEvents(inResponse(message(['Yes.']))));
  const model = new OpenAIResponsesModel(server.client(OpenAI), 'gpt-test');
  const result = await run(new Agent({ name: 'test', model }), input, { stream: true });
  await result.completed;
  return server.last.body;
}

async function inputFor(items: ThreadItem[] | ThreadItem, converter = new ThreadItemConverter()) {
  return (await received(await converter.toAgentInput(items))).input;
}

const says = (text: string, ...others: object[]) => ({
  role: 'user',
  content: [{ type: 'input_text', text }, ...others],
});

/** The texts are those that the reference sends: see its tests. */
describe('the input that the API receives', () => {
  it('has the quote of the last message, and of no other', async () => {
    const quoting = userSays('Hello!', { quoted_text: 'Hi!' });
    const last = userSays("I'm well, thank you!", { quoted_text: 'How are you doing?' });
    expect(await inputFor([quoting, last])).toEqual([
      says('Hello!'),
      says("I'm well, thank you!"),
      says('The user is referring to this in particular: \nHow are you doing?'),
    ]);
    expect(await inputFor([quoting, last, assistantSays('Well.')])).toHaveLength(3);
  });

  it('has messages of the assistant in all their parts, and widgets as JSON', async () => {
    const widget = item({
      type: 'widget',
      id: 'wd_123',
      widget: { type: 'Card', children: [{ type: 'Text', value: 'Hello, world!' }] },
    });
    expect(
      await inputFor([userSays('Hello!'), assistantSays('How are you?', "Can't do that"), widget]),
    ).toEqual([
      says('Hello!'),
      expect.objectContaining({
        role: 'assistant',
        content: [
          expect.objectContaining({ type: 'output_text', text: 'How are you?' }),
          expect.objectContaining({ type: 'output_text', text: "Can't do that" }),
        ],
      }),
      says(
        'The following graphical UI widget (id: wd_123) was displayed to the user:' +
          '{"type":"Card","children":[{"type":"Text","value":"Hello, world!"}]}',
      ),
    ]);
  });

  const tagged = (...names: string[]): ThreadItem =>
    userSays('', {
      content: names.map((text) => ({
        type: 'input_tag',
        id: `id_${text}`,
        text,
        data: { key: 'value' },
        interactive: false,
      })),
    });
  const mentions =
    "# User-provided context for @-mentions\n- When referencing resolved entities, use their canonical names **without** '@'.\n" +
    "- The '@' form appears only in user text and should not be echoed.";

  it('has mentions as they were typed, and each entity once', async () => {
    class Names extends ThreadItemConverter {
      override async tagToMessageContent(tag: UserMessageTagContent): Promise<InputContent> {
        return { type: 'input_text', text: `${tag.text} ${String(tag.data['key'])}` };
      }
    }
    expect(await inputFor(tagged('Hello!', 'Hello!', 'You'), new Names())).toEqual([
      says('@Hello!@Hello!@You'),
      says(mentions, { type: 'input_text', text: 'Hello! value' }, { type: 'input_text', text: 'You value' }),
    ]);
  });

  it('has what is known of an entity where nobody says more', async () => {
    expect(await inputFor(tagged('Paris'))).toEqual([
      says('@Paris'),
      says(mentions, {
        type: 'input_text',
        text: expect.stringContaining('{"id":"id_Paris","name":"Paris","data":{"key":"value"}}'),
      }),
    ]);
  });

  const cat: Attachment = {
    type: 'image',
    id: 'atc_1',
    name: 'cat.png',
    mime_type: 'image/png',
    preview_url: 'http://localhost/cat.png',
  };
  const report: Attachment = { type: 'file', id: 'atc_2', name: 'r.pdf', mime_type: 'application/pdf' };

  it('has attachments with their content where a converter gives it', async () => {
    class Bytes extends ThreadItemConverter {
      override attachmentToMessageContent({ type, name }: Attachment): InputContent {
        return type === 'image'
          ? { type: 'input_image', image: 'data:image/png;base64,AAAA' }
          : { type: 'input_file', file: 'data:application/pdf;base64,BBBB', filename: name };
      }
    }
    expect(await inputFor(userSays('See', { attachments: [cat, report] }), new Bytes())).toEqual([
      says(
        'See',
        { type: 'input_image', image_url: 'data:image/png;base64,AAAA', detail: 'auto' },
        { type: 'input_file', file_data: 'data:application/pdf;base64,BBBB', filename: 'r.pdf' },
      ),
    ]);
  });

  it('tells of attachments where nobody gives their content', async () => {
    expect(await inputFor(userSays('See', { attachments: [cat] }))).toEqual([
      says('See', {
        type: 'input_text',
        text: 'The user attached the file "cat.png" (image/png, id: atc_1). Its content is not available to you.',
      }),
    ]);
  });

  it('has generated images by their URL, and nothing of one that never came', async () => {
    const image = item({
      type: 'generated_image',
      image: { id: 'img_1', url: 'https://example.com/img.png' },
    });
    expect(await inputFor([image, item({ type: 'generated_image' })])).toEqual([
      says('The following image was generated by the agent.', {
        type: 'input_image',
        image_url: 'https://example.com/img.png',
        detail: 'auto',
      }),
    ]);
  });

  it('has hidden context, the text as it is and other values as JSON', async () => {
    const hidden = (content: unknown) => item({ type: 'hidden_context_item', content });
    const around = (text: string) =>
      says(
        `Hidden context for the agent (not shown to the user):\n<HiddenContext>\n${text}\n</HiddenContext>`,
      );
    const sdk = item({ type: 'sdk_hidden_context', content: 'It broke off.' });
    expect(await inputFor([hidden('User pressed the red button'), hidden({ harry: 'potter' }), sdk])).toEqual(
      [around('User pressed the red button'), around('{"harry":"potter"}'), around('It broke off.')],
    );
  });

  it('has hidden context as a converter wants it', async () => {
    class Keys extends ThreadItemConverter {
      override hiddenContextToInput({ content }: HiddenContextItem): Input {
        const text = `<HIDDEN>${Object.keys(content as object).join(',')}</HIDDEN>`;
        return { role: 'user', content: [{ type: 'input_text', text }] };
      }
    }
    const hidden = item({ type: 'hidden_context_item', content: { harry: 'potter', hermione: 'granger' } });
    expect(await inputFor(hidden, new Keys())).toEqual([says('<HIDDEN>harry,hermione</HIDDEN>')]);
  });

  it('has answered client tool calls with their outputs, and no pending ones', async () => {
    const call = {
      type: 'client_tool_call',
      call_id: 'ctc_1',
      name: 'xyz',
      arguments: { foo: 'bar' },
    } as const;
    const items = [
      userSays('Call a client tool call xyz'),
      item({ type: 'task', task: { type: 'custom', title: 'Called xyz' } }),
      item({ ...call, call_id: 'ctc_0', status: 'pending' }),
      item({ ...call, status: 'completed', output: { success: true } }),
    ];
    expect(await inputFor(items)).toEqual([
      says('Call a client tool call xyz'),
      says(
        'A message was displayed to the user that the following task was performed:\n<Task>\nCalled xyz\n</Task>',
      ),
      expect.objectContaining({
        type: 'function_call',
        call_id: 'ctc_1',
        name: 'xyz',
        arguments: '{"foo":"bar"}',
      }),
      expect.objectContaining({
        type: 'function_call_output',
        call_id: 'ctc_1',
        output: '{"success":true}',
      }),
    ]);
  });

  it('has names of client tools that the API accepts', async () => {
    const call = (name: string) =>
      item({ type: 'client_tool_call', status: 'completed', call_id: name, name, arguments: {}, output: 1 });
    const names = async (...items: ThreadItem[]) =>
      (await inputFor(items))!.flatMap(({ name }) => name ?? []);
    expect(await names(call('get_map-2'), call('map.zoom in'), call('x'.repeat(70)), call('é'))).toEqual([
      'get_map-2',
      'map_zoom_in',
      'x'.repeat(64),
      '_',
    ]);
  });

  it('has an output of null where the page answered nothing', async () => {
    const call = item({
      type: 'client_tool_call',
      status: 'completed',
      call_id: 'c',
      name: 'xyz',
      arguments: {},
    });
    expect(await inputFor(call)).toMatchObject([{ type: 'function_call' }, { output: 'null' }]);
  });

  it('has questions with their answers', async () => {
    const asked = item({
      type: 'structured_input',
      id: 'si_123',
      status: 'answered',
      inputs: [
        {
          type: 'multiple_choice',
          id: 'subject',
          question: 'Which subject is this lesson for?',
          options: [{ value: 'Math' }, { value: 'Science' }],
          multiple: true,
          answer: { values: ['Math', 'Science'], skipped: false },
        },
        {
          type: 'freeform',
          id: 'details',
          question: 'Anything else to know?',
          answer: { values: [], skipped: true },
        },
        { type: 'freeform', id: 'more', question: 'More?' },
      ],
    });
    expect(await inputFor(asked)).toEqual([
      says(
        'A structured input request was displayed to the user with the following status: answered\n' +
          '<StructuredInput>\n- Which subject is this lesson for?: Math, Science\n' +
          '- Anything else to know?: skipped\n- More?: unanswered\n</StructuredInput>',
      ),
    ]);
  });

  it('has the tasks of a workflow that say something, each for itself', async () => {
    const workflow = item({
      type: 'workflow',
      workflow: {
        type: 'custom',
        tasks: [
          { type: 'custom', title: 'Looked', content: 'in the shop' },
          { type: 'thought', content: 'Hm' },
          { type: 'custom' },
          { type: 'custom', content: 'Only this' },
        ],
      },
    });
    const performed = (text: string) =>
      says(
        `A message was displayed to the user that the following task was performed:\n<Task>\n${text}\n</Task>`,
      );
    expect(await inputFor([workflow, item({ type: 'end_of_turn' }), assistantSays()])).toEqual([
      performed('Looked: in the shop'),
      performed('Only this'),
    ]);
  });
});

describe('a converter of the application', () => {
  const task = { type: 'custom', title: 'Looked' } as const;
  const items: Record<string, ThreadItem> = {
    userMessageToInput: userSays('Hello'),
    assistantMessageToInput: assistantSays('Hi'),
    clientToolCallToInput: item({
      type: 'client_tool_call',
      status: 'pending',
      call_id: 'c',
      name: 'xyz',
      arguments: {},
    }),
    widgetToInput: item({ type: 'widget', widget: { type: 'Card', children: [] } }),
    generatedImageToInput: item({ type: 'generated_image' }),
    structuredInputToInput: item({ type: 'structured_input', status: 'pending', inputs: [] }),
    workflowToInput: item({ type: 'workflow', workflow: { type: 'custom', tasks: [task] } }),
    taskToInput: item({ type: 'task', task }),
    endOfTurnToInput: item({ type: 'end_of_turn' }),
    hiddenContextToInput: item({ type: 'hidden_context_item', content: 'noted' }),
    sdkHiddenContextToInput: item({ type: 'sdk_hidden_context', content: 'It broke off.' }),
  };

  it.each(Object.entries(items))('decides by %s what the model reads', async (method, each) => {
    const converter = new ThreadItemConverter();
    const given: unknown[] = [];
    Object.assign(converter, {
      [method]: (got: unknown) => {
        given.push(got);
        return [says('One'), says('Two')];
      },
    });
    expect(await inputFor(each, converter)).toEqual([says('One'), says('Two')]);
    expect(given).toEqual([each]);
  });
});

describe('items with nulls, as some databases hold them,', () => {
  const nulls = (draft: object) => item(draft as never);

  it('are read as if the fields were not there', async () => {
    expect(await inputFor([userSays('Hello'), nulls({ type: 'generated_image', image: null })])).toHaveLength(
      1,
    );
    expect(
      await inputFor([
        nulls({ type: 'task', task: { type: 'custom', title: null, content: 'Looked' } }),
        nulls({
          type: 'structured_input',
          status: 'pending',
          inputs: [{ type: 'freeform', id: 'q', question: 'More?', answer: null }],
        }),
        nulls({ type: 'widget', id: 'wd_1', widget: { type: 'Card', size: null, children: [] } }),
        nulls({
          type: 'client_tool_call',
          status: 'completed',
          call_id: 'c',
          name: 'xyz',
          arguments: {},
          output: null,
        }),
        userSays('', {
          content: [{ type: 'input_tag', id: 'p', text: 'Paris', group: null, data: {} }],
          quoted_text: null,
        }),
      ]),
    ).toMatchObject([
      { content: [{ text: expect.stringContaining('<Task>\nLooked\n') }] },
      { content: [{ text: expect.stringContaining('- More?: unanswered') }] },
      {
        content: [{ text: expect.stringMatching(/displayed to the user:{"type":"Card","children":\[\]}$/) }],
      },
      { type: 'function_call' },
      { type: 'function_call_output', output: 'null' },
      { content: [{ text: '@Paris' }] },
      { content: [{}, { text: expect.stringContaining('{"id":"p","name":"Paris","data":{}}') }] },
    ]);
  });
});

describe('the messages that Chat Completions receives', () => {
  it('are of the same items', async () => {
    const server = (await OpenAiServer.start()).will([
      { type: '', choices: [{ index: 0, delta: { content: 'Yes.' }, finish_reason: 'stop' }] },
    ]);
    const model = new OpenAIChatCompletionsModel(server.client(OpenAI), 'llama');
    const input = await toAgentInput([
      userSays('Hello'),
      assistantSays('Hi'),
      item({
        type: 'client_tool_call',
        status: 'completed',
        call_id: 'c',
        name: 'xyz',
        arguments: {},
        output: 1,
      }),
    ]);
    const result = await run(new Agent({ name: 'test', model }), input, { stream: true });
    await result.completed;
    expect(server.last.body.messages).toMatchObject([
      { role: 'user', content: [{ type: 'text', text: 'Hello' }] },
      {
        role: 'assistant',
        content: [{ text: 'Hi' }],
        tool_calls: [{ id: 'c', function: { name: 'xyz', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: 'c', content: '1' },
    ]);
  });
});
