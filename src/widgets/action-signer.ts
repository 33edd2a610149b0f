import type { Signature, WidgetPlace, WidgetSigner } from '../context';
import { DeveloperError } from '../errors';
import {
  isRecord,
  widgetOnWire,
  type ActionConfig,
  type ActionRequest,
  type WidgetComponent,
} from '../protocol';
import { KeyRing, type SigningKey } from '../store';
import { canonicalJson } from './canonical-json';
import { SIGN, signMark, type SignMark } from './sign-mark';
import { namesAndValues, readSignature, SIGNATURE, signatureIn, writeSignature } from './signature';

/** What the actions of widgets are signed with. */
export interface SigningOptions {
  /**
   * What actions are signed with: each 32 secret bytes or more. The first signs and all
   * verify: put a new one in front, and buttons of before stay good.
   */
  readonly keys: readonly SigningKey[];
  /** How long a signature is good, in milliseconds, where its options do not say; for ever by default. */
  readonly expiresIn?: number | undefined;
}

/** What no other use of the same keys may ever sign. */
const LABEL = 'chatkit-controllers/actions/1';

/** The last moment that a Date knows, in milliseconds. */
const END_OF_TIME = 8.64e15;

/** Deeper than any widget, and shallow enough for the stack. */
const MAX_DEPTH = 1000;

/**
 * Signs the actions that `sign` in their options marked: the fields it names, in this widget of this
 * thread of this owner. Without keys it refuses what is marked.
 */
export class ActionSigner implements WidgetSigner {
  private readonly keys: KeyRing;

  constructor(
    private readonly options: SigningOptions,
    private readonly now: () => number = () => Date.now(), // as it is then: tests replace it
  ) {
    this.keys = new KeyRing(options.keys);
  }

  sign<T extends WidgetComponent>(component: T, place: WidgetPlace): T {
    try {
      return this.visit(component, place, 0) as T;
    } catch (error) {
      if (error instanceof TooDeep) throw tooDeep(component);
      throw error;
    }
  }

  verify({ type, payload }: ActionRequest, place: WidgetPlace): Signature | 'invalid' | 'expired' {
    const parts = readSignature(signatureIn(payload));
    if (parts === undefined) return 'invalid';
    const { fields, expiresAt, code } = parts;
    if (!this.keys.verify(signedText(type, payload, parts, place), code)) return 'invalid';
    return expiresAt !== undefined && expiresAt <= this.now() ? 'expired' : { fields, expiresAt };
  }

  /** Copies what lies on the way to a marked action, and nothing else. */
  private visit(node: unknown, place: WidgetPlace, depth: number): unknown {
    if (typeof node !== 'object' || node === null) return node;
    if (depth > MAX_DEPTH) throw new TooDeep();
    if (Array.isArray(node)) return this.visitList(node, place, depth);
    const mark = signMark(node as ActionConfig);
    if (mark !== undefined) return this.seal(node as ActionConfig, mark, place);
    const component = node as Record<string, unknown>;
    let copy: Record<string, unknown> | undefined;
    // Every widget comes by here, and Object.entries would take longer than to write it as JSON.
    for (const key in component) {
      const child = component[key];
      if (typeof child !== 'object' || key === 'payload') continue; // payloads are the application's own
      const signed = this.visit(child, place, depth + 1);
      if (signed !== child) (copy ??= { ...component })[key] = signed;
    }
    return copy ?? node;
  }

  private visitList(list: readonly unknown[], place: WidgetPlace, depth: number): readonly unknown[] {
    let copy: unknown[] | undefined;
    for (let index = 0; index < list.length; index += 1) {
      const signed = this.visit(list[index], place, depth + 1);
      if (signed !== list[index]) (copy ??= [...list])[index] = signed;
    }
    return copy ?? list;
  }

  private seal(config: ActionConfig, { fields, expiresInMs }: SignMark, place: WidgetPlace): ActionConfig {
    const { type } = config;
    if (this.options.keys.length === 0) {
      throw unsignable(
        `The action "${type}" must be signed, but there are no keys.`,
        'Give the app the option signing: { keys: […] }.',
      );
    }
    const { payload }: { payload?: unknown } = widgetOnWire({ type, payload: config.payload ?? {} });
    if (!isRecord(payload)) {
      throw unsignable(
        `The action "${type}" must be signed, but its payload is not an object, which could hold a signature.`,
        'Make the payload an object.',
      );
    }
    const goodFor = expiresInMs ?? this.options.expiresIn;
    const expiresAt =
      goodFor === undefined ? undefined : Math.min(Math.floor(this.now() + goodFor), END_OF_TIME);
    const code = this.keys.sign(signedText(type, payload, { fields, expiresAt }, place));
    const signature = writeSignature({ fields, expiresAt, code });
    const signed = { ...config, payload: { ...payload, [SIGNATURE]: signature }, [SIGN]: undefined };
    return signed;
  }
}

function signedText(
  action: string,
  payload: unknown,
  { fields, expiresAt }: Signature,
  { owner, threadId, itemId }: WidgetPlace,
): string {
  const values = namesAndValues(payload, fields);
  return canonicalJson([LABEL, owner, threadId, itemId, action, expiresAt ?? null, values]);
}

class TooDeep extends Error {}

/** @throws DeveloperError `not_json` where a widget is in itself, and so without an end */
function tooDeep(component: WidgetComponent): DeveloperError {
  widgetOnWire(component);
  return unsignable(`A widget is nested more than ${String(MAX_DEPTH)} deep.`, 'Make it flatter.');
}

function unsignable(problem: string, fix: string): DeveloperError {
  return new DeveloperError('action_not_signed', problem, fix);
}
