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

/** Options for signing the actions of widgets. */
export interface SigningOptions {
  /**
   * Secret keys of at least 32 bytes each. The first key signs, and all keys verify. To rotate keys, put the
   * new one first: existing buttons stay valid.
   */
  readonly keys: readonly SigningKey[];
  /**
   * How long a signature is valid, in milliseconds, unless the action's options set it. Never expires by
   * default.
   */
  readonly expiresIn?: number | undefined;
}

/** Separates these signatures from every other use of the same keys. */
const LABEL = 'chatkit-controllers/actions/1';

/** The latest time that a Date can hold, in milliseconds. */
const END_OF_TIME = 8.64e15;

/** More levels than any real widget has, and few enough not to overflow the stack. */
const MAX_DEPTH = 1000;

/**
 * Signs the actions that have the `sign` option: the named fields, together with the owner, thread and
 * widget. Without keys, a marked action is an error.
 */
export class ActionSigner implements WidgetSigner {
  private readonly keys: KeyRing;

  constructor(
    private readonly options: SigningOptions,
    private readonly now: () => number = () => Date.now(), // read at each call, since tests replace it
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

  /** Copies only the objects on the path to a marked action. */
  private visit(node: unknown, place: WidgetPlace, depth: number): unknown {
    if (typeof node !== 'object' || node === null) return node;
    if (depth > MAX_DEPTH) throw new TooDeep();
    if (Array.isArray(node)) return this.visitList(node, place, depth);
    const mark = signMark(node as ActionConfig);
    if (mark !== undefined) return this.seal(node as ActionConfig, mark, place);
    const component = node as Record<string, unknown>;
    let copy: Record<string, unknown> | undefined;
    // This runs for every widget, and Object.entries would take longer than writing the widget as JSON.
    for (const key in component) {
      const child = component[key];
      if (typeof child !== 'object' || key === 'payload') continue; // payloads are the app's own data
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
        `The action "${type}" must be signed, but its payload is not an object and cannot hold a signature.`,
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

/** @throws DeveloperError `not_json` when a widget contains itself and therefore never ends */
function tooDeep(component: WidgetComponent): DeveloperError {
  widgetOnWire(component);
  return unsignable(`A widget is nested more than ${String(MAX_DEPTH)} levels deep.`, 'Make it flatter.');
}

function unsignable(problem: string, fix: string): DeveloperError {
  return new DeveloperError('action_not_signed', problem, fix);
}
