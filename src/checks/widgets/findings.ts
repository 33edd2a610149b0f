import { InvalidPayloadError, type Issue } from '../../errors';
import type { FormCollision } from '../../widgets';
import { patternProblem } from '../../routing';
import { withFields } from './form-fields';
import { otherKind, type ActionKind, type HandlerIndex, type HandlerRoute } from './handler-index';
import { handlerStub } from './handler-stub';
import type { ServerAction } from './server-actions';
import { quoted } from './source-text';

/** Something that is wrong with an action, wherever it stands. */
export interface Finding {
  readonly code: string;
  readonly message: string;
  /** What to change, for all actions of which the same is found. */
  readonly fix: (places: readonly ServerAction[]) => string;
}

/** Words for the two kinds, as a widget and a decorator say them. */
const KINDS = {
  action: { sent: 'to be answered with a stream', handler: 'streaming' },
  sync_action: { sent: 'with `streaming: false`', handler: 'sync' },
} as const;

/** What to say of an action for which there is no handler. */
export function missingHandler(name: string, kind: ActionKind, handlers: HandlerIndex): Finding {
  const other = handlers.find(otherKind(kind), name);
  return other === undefined ? unknownName(name, kind, handlers) : wrongKind(name, kind, other);
}

function unknownName(name: string, kind: ActionKind, handlers: HandlerIndex): Finding {
  const code = 'action_without_handler';
  const meant = handlers.nearest(kind, name);
  const hint = meant === undefined ? '' : ` Did you mean "${meant}"?`;
  const message = `no ${KINDS[kind].handler} handler takes the action "${name}".${hint}`;
  if (name.includes('*') || patternProblem(name) !== undefined) {
    return {
      code,
      message,
      fix: () =>
        'No handler can have this very name: give the action one of segments with dots between them, as item.select.',
    };
  }
  const repair = meant === undefined ? 'Add' : 'Send the right name, or add';
  return {
    code,
    message,
    fix: (places) => {
      const payloads = places.map(({ action, root }) =>
        withFields(action.config.payload, action.fields, root),
      );
      const stub = handlerStub({ name, sync: kind === 'sync_action', payloads });
      return `${repair} a handler, in a controller without a prefix:\n\n${stub}\n`;
    },
  };
}

function wrongKind(name: string, kind: ActionKind, other: HandlerRoute): Finding {
  return {
    code: 'action_of_other_kind',
    message:
      `the action "${name}" is sent ${KINDS[kind].sent}, and ${other.where} is a ${KINDS[other.kind].handler} handler` +
      (kind === 'action'
        ? ', which then runs only when no other stream of the thread does.'
        : ', which is not called.'),
    fix: () =>
      kind === 'action'
        ? `Put \`streaming: false\` into the widget's action, or take { sync: true } from ${other.where}.`
        : `Leave \`streaming: false\` out of the widget's action, or write a handler with { sync: true }.`,
  };
}

export function unfitPayload(name: string, handler: HandlerRoute, issues: readonly Issue[]): Finding {
  return {
    code: 'payload_does_not_fit',
    // As the user who clicks would read it.
    message: `${handler.where} would answer "${name}" with: ${new InvalidPayloadError(issues).message}.`,
    fix: () => `Give the widget's payload what ${handler.where} asks for, or ask for less there.`,
  };
}

export function unsigned(name: string, { where }: HandlerRoute, fields: readonly string[]): Finding {
  const what = fields.length === 0 ? 'it' : fields.map((field) => `"${field}"`).join(', ');
  return {
    code: 'action_unsigned',
    message: `${where} takes "${name}" signed only, and the widget does not sign ${what}.`,
    fix: () => `Sign it: { sign: [${fields.map(quoted).join(', ')}] } in the options of the action.`,
  };
}

export function nullInList(name: string, nulls: readonly string[]): Finding {
  const paths = nulls.map((path) => `"${path}"`).join(', ');
  return {
    code: 'null_in_list',
    message: `the payload of "${name}" has null in a list (${paths}): it does not arrive, and what comes after it moves up.`,
    fix: () =>
      'Put each value into an object, `values.map((value) => ({ value }))`, or send another value for "nothing".',
  };
}

export function lostField(name: string, { field, by, key }: FormCollision): Finding {
  const place =
    by === 'field'
      ? `the field "${key}" stands in its way`
      : key === ''
        ? 'the payload is no object'
        : `the payload has "${key}" already`;
  return {
    code: 'form_field_lost',
    message: `the form's field "${field}" does not arrive with the action "${name}": ${place}.`,
    fix: () => 'Rename the field, or take the other away.',
  };
}
