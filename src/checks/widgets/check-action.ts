import { isDeepStrictEqual } from 'node:util';
import type { ProbeIssue } from '../../execution';
import { formCollisions, type WidgetAction } from '../../widgets';
import { concernsField, valueAt, withFields } from './form-fields';
import { lostField, missingHandler, nullInList, unfitPayload, unsigned, type Finding } from './findings';
import type { ActionKind, HandlerIndex, HandlerRoute } from './handler-index';
import type { ServerAction } from './server-actions';

/** An action, and what is known about its position. */
export interface ActionPlace extends ServerAction {
  /** The template's name, `widgets[2]`, … */
  readonly widget: string;
  /** The same action, built from other data. */
  readonly twin?: WidgetAction | undefined;
  /**
   * Whether the action may be inside a form that is not visible here, so that the payload may be incomplete.
   */
  readonly partial?: boolean | undefined;
}

export interface Verdict {
  readonly kind: ActionKind;
  readonly handler: HandlerRoute | undefined;
  readonly findings: readonly Finding[];
}

/** The name of class-validator's constraint for unknown fields. */
const UNKNOWN_FIELD = 'whitelistValidation';

/** Finds the handler of an action, and everything that prevents the two from working together. */
export function checkAction(place: ActionPlace, handlers: HandlerIndex): Verdict {
  const { action, twin } = place;
  const { type: name, streaming } = action.config;
  const kind = streaming === false ? 'sync_action' : 'action';
  const handler = handlers.find(kind, name);
  const lost = place.nulls.length === 0 ? [] : [nullInList(name, place.nulls)];
  if (handler !== undefined) {
    return {
      kind,
      handler,
      findings: [...lost, ...signatureFindings(place, handler), ...payloadFindings(place, handler)],
    };
  }
  // A name that is built from data is unknown until real data exists.
  const isMadeUp = twin !== undefined && twin.config.type !== name;
  return { kind, handler, findings: isMadeUp ? lost : [...lost, missingHandler(name, kind, handlers)] };
}

function signatureFindings({ action, signed }: ActionPlace, handler: HandlerRoute): Finding[] {
  const wanted = handler.signed;
  if (wanted === undefined || signed === 'unknown') return [];
  const missing = signed && wanted.filter((field) => !signed.includes(field));
  return missing?.length === 0 ? [] : [unsigned(action.config.type, handler, missing ?? wanted)];
}

function payloadFindings({ action, root, twin, partial }: ActionPlace, handler: HandlerRoute): Finding[] {
  if (partial === true) return [];
  const { fields } = action;
  const { type: name, payload } = action.config;
  const findings = formCollisions(action).map((collision) => lostField(name, collision));
  const issues = handler
    .probe(withFields(payload, fields, root))
    .filter((issue) => isCertain(issue, fields) && !(twin !== undefined && differ(issue, action, twin)));
  return issues.length === 0 ? findings : [...findings, unfitPayload(name, handler, issues)];
}

/** Whether an issue occurs whatever the user enters in the form. */
function isCertain({ path, constraint }: ProbeIssue, fields: readonly string[]): boolean {
  return constraint === UNKNOWN_FIELD || !fields.some((field) => concernsField(path, field));
}

/** Whether an issue is caused by sample data: the value differs in the twin. */
function differ({ path }: ProbeIssue, action: WidgetAction, twin: WidgetAction): boolean {
  return !isDeepStrictEqual(valueAt(action.config.payload, path), valueAt(twin.config.payload, path));
}
