import fc, { type Arbitrary } from 'fast-check';
import type {
  HiddenItem,
  StoredThread,
  ThreadItem,
  ThreadItemUpdate,
  ThreadStreamEvent,
  VisibleItem,
} from '../../src/protocol';

/** Planted wherever something must never leave the server. */
export const SECRET = 'S3CRET';

type Shape = Record<string, Arbitrary<unknown>>;

/** Required fields, and optional ones that are there, null, undefined or absent. */
function object(required: Shape, optional: Shape = {}): Arbitrary<Record<string, unknown>> {
  const sometimes = Object.fromEntries(
    Object.entries(optional).map(([key, value]) => [key, fc.oneof(value, fc.constantFrom(null, undefined))]),
  );
  return fc.record({ ...required, ...sometimes }, { requiredKeys: Object.keys(required) });
}

const text = fc.oneof(
  fc.string(),
  fc.constantFrom('null', ':null,', '[null]', '"metadata":{}', '\\"', 'é\u2028'),
);
const index = fc.nat({ max: 9 });
const list = <T>(of: Arbitrary<T>): Arbitrary<T[]> => fc.array(of, { maxLength: 3 });
const constant = fc.constant;

/** The application's own data: nulls, and keys that mean something elsewhere. */
const freeKey = fc.oneof(
  text,
  fc.constantFrom('data', 'metadata', 'widget', 'component', 'children', 'attachments', 'items'),
);
export const freeForm = fc.dictionary(
  freeKey.filter((key) => key !== '__proto__'),
  fc.oneof(
    fc.constant(null),
    fc.jsonValue({ maxDepth: 3 }),
    fc.constant({ data: null, list: [null, { a: null }] }),
  ),
  { maxKeys: 3 },
);

const source = fc.oneof(
  object({ type: constant('url'), title: text, url: text }, { attribution: text, group: text }),
  object({ type: constant('file'), title: text, filename: text }, { timestamp: text, description: text }),
  object(
    { type: constant('entity'), title: text, id: text },
    { icon: text, label: text, inline_label: text, interactive: fc.boolean(), data: freeForm },
  ),
);
const annotation = object({ type: constant('annotation'), source }, { index });
const outputText = object({ type: constant('output_text'), text }, { annotations: list(annotation) });

const upload = object(
  { url: fc.webUrl(), method: fc.constantFrom('POST', 'PUT') },
  { headers: fc.dictionary(fc.constantFrom('x-a', 'x-b'), text) },
);
const secret = freeForm.map((data) => ({ ...data, secret: SECRET }));
const attachmentBase = { id: text, name: text, mime_type: text };
const attachmentRest = { upload_descriptor: upload, thread_id: text, metadata: secret };
const attachment = fc.oneof(
  object({ type: constant('file'), ...attachmentBase }, attachmentRest),
  object({ type: constant('image'), preview_url: fc.webUrl(), ...attachmentBase }, attachmentRest),
);

const { widget } = fc.letrec<{ widget: unknown; value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    constant(null),
    fc.jsonValue({ maxDepth: 1 }),
    tie('widget'),
    list(tie('value')),
  ),
  widget: fc
    .dictionary(
      fc.constantFrom('id', 'key', 'value', 'payload', 'children', 'onClickAction', 'x'),
      tie('value'),
      {
        maxKeys: 4,
      },
    )
    .map((props) => ({ type: 'Box', ...props })),
}));

const taskRest = { status_indicator: fc.constantFrom('none', 'loading', 'complete'), title: text };
const strings = list(text);
const task = fc.oneof(
  object({ type: constant('custom') }, { ...taskRest, icon: text, content: text }),
  object(
    { type: constant('web_search') },
    {
      ...taskRest,
      title_query: text,
      queries: strings,
      sources: list(object({ type: constant('url'), title: text, url: text }, { attribution: text })),
    },
  ),
  object({ type: constant('thought'), content: text }, taskRest),
  object(
    { type: constant('file') },
    { ...taskRest, sources: list(object({ type: constant('file'), title: text, filename: text })) },
  ),
  object({ type: constant('image') }, taskRest),
);
const summary = fc.oneof(object({ title: text }, { icon: text }), object({ duration: index }));
const workflow = object(
  { type: fc.constantFrom('custom', 'reasoning'), tasks: list(task) },
  { summary, expanded: fc.boolean() },
);
const image = object({ id: text, url: text });

const tag = object(
  { type: constant('input_tag'), id: text, text },
  { data: freeForm, group: text, interactive: fc.boolean() },
);
const inputText = object({ type: constant('input_text'), text });
const inference = object({}, { model: text, tool_choice: object({ id: text }) });

const answer = object({ values: strings, skipped: fc.boolean() });
const structuredInput = fc.oneof(
  object(
    {
      type: constant('multiple_choice'),
      id: text,
      question: text,
      multiple: fc.boolean(),
      options: list(object({ value: text })),
    },
    { answer },
  ),
  object({ type: constant('freeform'), id: text, question: text }, { answer, description: text }),
);

const base = { id: text, thread_id: text, created_at: constant('2026-01-01T00:00:00.000Z') };

export const visibleItem = fc.oneof(
  object(
    {
      ...base,
      type: constant('user_message'),
      content: list(fc.oneof(inputText, tag)),
      attachments: list(attachment),
    },
    { quoted_text: text, inference_options: inference },
  ),
  object({ ...base, type: constant('assistant_message'), content: list(outputText) }),
  object(
    {
      ...base,
      type: constant('client_tool_call'),
      status: fc.constantFrom('pending', 'completed'),
      call_id: text,
      name: text,
      arguments: freeForm,
    },
    { output: fc.oneof(freeForm, fc.jsonValue({ maxDepth: 2 })) },
  ),
  object({ ...base, type: constant('widget'), widget }, { copy_text: text }),
  object({ ...base, type: constant('generated_image') }, { image }),
  object({
    ...base,
    type: constant('structured_input'),
    status: fc.constantFrom('pending', 'answered', 'skipped'),
    inputs: list(structuredInput),
  }),
  object({ ...base, type: constant('workflow'), workflow }),
  object({ ...base, type: constant('task'), task }),
  object({ ...base, type: constant('end_of_turn') }),
) as unknown as Arbitrary<VisibleItem>;

export const hiddenItem = fc.oneof(
  object({
    ...base,
    type: constant('hidden_context_item'),
    content: fc.oneof(constant(SECRET), constant({ a: null, secret: SECRET })),
  }),
  object({ ...base, type: constant('sdk_hidden_context'), content: constant(SECRET) }),
) as unknown as Arbitrary<HiddenItem>;

export const anyItem: Arbitrary<ThreadItem> = fc.oneof(
  { weight: 4, arbitrary: visibleItem },
  { weight: 1, arbitrary: hiddenItem },
);

const status = fc.oneof(
  object({ type: constant('active') }),
  object({ type: fc.constantFrom('locked', 'closed') }, { reason: text }),
);

/** A thread as a store may hand it out: with hidden items, and metadata of its own. */
export const storedThread = object(
  { id: text, created_at: base.created_at, status, metadata: secret },
  {
    title: text,
    allowed_image_domains: strings,
    items: object({ data: list(anyItem), has_more: fc.boolean() }, { after: text }),
    owner: constant(SECRET),
  },
).map((thread) =>
  thread['items'] === null ? { ...thread, items: undefined } : thread,
) as unknown as Arbitrary<StoredThread>;

export const update = fc.oneof(
  object({
    type: fc.constantFrom('assistant_message.content_part.added', 'assistant_message.content_part.done'),
    content_index: index,
    content: outputText,
  }),
  object({ type: constant('assistant_message.content_part.text_delta'), content_index: index, delta: text }),
  object({
    type: constant('assistant_message.content_part.annotation_added'),
    content_index: index,
    annotation_index: index,
    annotation,
  }),
  object({
    type: constant('widget.streaming_text.value_delta'),
    component_id: text,
    delta: text,
    done: fc.boolean(),
  }),
  object({ type: constant('widget.root.updated'), widget }),
  object({ type: constant('widget.component.updated'), component_id: text, component: widget }),
  object({ type: fc.constantFrom('workflow.task.added', 'workflow.task.updated'), task_index: index, task }),
  object(
    { type: constant('generated_image.updated'), image },
    { progress: fc.double({ noDefaultInfinity: true }) },
  ),
) as unknown as Arbitrary<ThreadItemUpdate>;

/** The events that are neither about items nor about threads. */
export const signal = fc.oneof(
  object({ type: constant('thread.item.removed'), item_id: text }),
  object({ type: constant('stream_options'), stream_options: object({ allow_cancel: fc.boolean() }) }),
  object({ type: constant('progress_update'), text }, { icon: text }),
  object({ type: constant('client_effect'), name: text, data: freeForm }),
  object(
    { type: constant('notice'), level: fc.constantFrom('info', 'danger'), message: text },
    { title: text },
  ),
  object({ type: constant('error'), code: text, allow_retry: fc.boolean() }, { message: text }),
) as unknown as Arbitrary<ThreadStreamEvent>;
