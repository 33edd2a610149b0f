/*
 * What the wire should carry, written the slow and obvious way: a second opinion for the property
 * tests. Keys are told apart by where they stand, never by the text.
 */

type Fields = Record<string, unknown>;

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

function expectedWidget(value: unknown, isComponent = true): unknown {
  if (Array.isArray(value)) {
    return value.filter((element) => element !== null).map((each) => expectedWidget(each, isComponent));
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, each]) => each !== null || (key === 'children' && !isComponent))
      .map(([key, each]) => [key, expectedWidget(each, isComponent && key === 'children')]),
  );
}

/** What an object of each type has where the sender left it out. */
const DEFAULTS: Record<string, Fields> = {
  user_message: { attachments: [], inference_options: {} },
  input_tag: { data: {}, interactive: false },
  output_text: { annotations: [] },
  entity: { data: {}, interactive: false },
};

const TASK_DEFAULTS: Record<string, Fields> = {
  custom: {},
  web_search: { queries: [], sources: [] },
  thought: {},
  file: { sources: [] },
  image: {},
};

const FREE_FORM: Record<string, string[]> = {
  input_tag: ['data'],
  entity: ['data'],
  client_tool_call: ['arguments', 'output'],
  client_effect: ['data'],
};

/** `place` is the key under which the value stands: a task and an attachment share the type `file`. */
function expectedFields(value: unknown, place: string): unknown {
  if (Array.isArray(value)) return value.map((element) => expectedFields(element, place));
  if (!isObject(value)) return value;
  const type = typeof value['type'] === 'string' ? value['type'] : '';
  const isTask = place === 'task' || place === 'tasks';
  const defaults: Fields = {
    ...(isTask ? { status_indicator: 'none', ...TASK_DEFAULTS[type] } : DEFAULTS[type]),
    ...(place === 'workflow' && { expanded: false }),
    ...(place === 'upload_descriptor' && { headers: {} }),
  };
  const given = Object.entries(value)
    .filter(([, each]) => each !== null)
    .map(([key, each]) => {
      if (!isTask && FREE_FORM[type]?.includes(key)) return [key, each];
      if (place === 'attachments' && key === 'metadata') return [key, each];
      if (key === 'widget' || key === 'component') return [key, expectedWidget(each)];
      return [key, expectedFields(each, key)];
    });
  return { ...defaults, ...Object.fromEntries(given) };
}

/** What the text of an item, an attachment or an event parses to. */
export function expectedWire(value: unknown, place = ''): unknown {
  const copy = plain(value) as Fields;
  if (copy['type'] === 'hidden_context_item') return copy;
  return expectedFields(copy, place);
}

/** The same, as far as the client may see it. */
export function expectedForClient(item: unknown): unknown {
  const wire = expectedWire(item) as Fields;
  if (wire['type'] !== 'user_message') return wire;
  const attachments = (wire['attachments'] as Fields[]).map((attachment) => {
    const shown = { ...attachment };
    delete shown['metadata'];
    return shown;
  });
  return { ...wire, attachments };
}
