import { InvalidPayloadError, type Issue } from '../../errors';
import type { FormCollision } from '../../widgets';
import { patternProblem } from '../../routing';
import { withFields } from './form-fields';
import { otherKind, type ActionKind, type HandlerIndex, type HandlerRoute } from './handler-index';
import { handlerStub } from './handler-stub';
import type { ServerAction } from './server-actions';
import { quoted } from './source-text';

/** A problem with an action, in any position. */
export interface Finding {
  readonly code: string;
  readonly message: string;
  /** The fix, for all actions with the same problem. */
  readonly fix: (places: readonly ServerAction[]) => string;
}

/** How a widget and a decorator describe the two kinds. */
const KINDS = {
  action: { sent: 'as a streaming action', handler: 'streaming' },
  sync_action: { sent: 'with `streaming: false`', handler: 'sync' },
} as const;

/** The finding for an action without a handler. */
export function missingHandler(name: string, kind: ActionKind, handlers: HandlerIndex): Finding {
  const other = handlers.find(otherKind(kind), name);
  return other === undefined ? unknownName(name, kind, handlers) : wrongKind(name, kind, other);
}

function unknownName(name: string, kind: ActionKind, handlers: HandlerIndex): Finding {
  const code = 'action_without_handler';
  const meant = handlers.nearest(kind, name);
  const hint = meant === undefined ? '' : ` Did you mean "${meant}"?`;
  const message = `the action "${name}" has no ${KINDS[kind].handler} handler.${hint}`;
  if (name.includes('*') || patternProblem(name) !== undefined) {
    return {
      code,
      message,
      fix: () => 'No handler can have this name. Use segments separated by dots, such as item.select.',
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
      `the action "${name}" is sent ${KINDS[kind].sent}, but ${other.where} is a ${KINDS[other.kind].handler} handler` +
      (kind === 'action'
        ? ', which then runs only while the thread has no other stream.'
        : ', which is not called.'),
    fix: () =>
      kind === 'action'
        ? `Add \`streaming: false\` to the widget's action, or remove { sync: true } from ${other.where}.`
        : `Remove \`streaming: false\` from the widget's action, or write a handler with { sync: true }.`,
  };
}

export function unfitPayload(name: string, handler: HandlerRoute, issues: readonly Issue[]): Finding {
  return {
    code: 'payload_does_not_fit',
    // The message that the user would see.
    message: `${handler.where} would answer "${name}" with: ${new InvalidPayloadError(issues).message}.`,
    fix: () => `Change the payload in the widget, or the payload type of ${handler.where}.`,
  };
}

export function unsigned(name: string, { where }: HandlerRoute, fields: readonly string[]): Finding {
  const what = fields.length === 0 ? 'it' : fields.map((field) => `"${field}"`).join(', ');
  return {
    code: 'action_unsigned',
    message: `${where} accepts "${name}" only if it is signed, but the widget does not sign ${what}.`,
    fix: () => `Sign it: { sign: [${fields.map(quoted).join(', ')}] } in the options of the action.`,
  };
}

export function nullInList(name: string, nulls: readonly string[]): Finding {
  const paths = nulls.map((path) => `"${path}"`).join(', ');
  return {
    code: 'null_in_list',
    message: `the payload of "${name}" has null in a list (${paths}): null is not sent, and the entries after it move up.`,
    fix: () =>
      'Wrap each value in an object, `values.map((value) => ({ value }))`, or send another value for "nothing".',
  };
}

export function lostField(name: string, { field, by, key }: FormCollision): Finding {
  const place =
    by === 'field'
      ? `the field "${key}" takes its place`
      : key === ''
        ? 'the payload is not an object'
        : `the payload already has "${key}"`;
  return {
    code: 'form_field_lost',
    message: `the form's field "${field}" is not sent with the action "${name}": ${place}.`,
    fix: () => 'Rename the field, or remove the other.',
  };
}
