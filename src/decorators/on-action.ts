import { isPayloadType, type HandlerDeclaration, type PayloadType } from '../metadata';
import { isActionLink } from '../widgets';
import { declares } from './declare';
import { misuse, type MethodDecoration } from './decoration';

const DECORATOR = '@OnAction';

/** What `defineAction` made, whatever its payload. */
export interface AnyActionLink {
  readonly action: string;
  readonly payload: PayloadType | undefined;
}

/** A name or pattern, a RegExp for the whole name, or an action link. */
export type ActionPattern = string | RegExp | AnyActionLink;

export interface OnActionOptions {
  /** What the payload must be. Needed where the method's parameters are undecorated. */
  payload?: PayloadType | undefined;
  /**
   * Answers ChatKit's `sync_action`: returns a widget, an item or nothing instead of events. It runs
   * again on the fresh widget when somebody else has changed it meanwhile; to do a thing once, return
   * `replace(sender, (current) => …)` after it.
   */
  sync?: boolean | undefined;
  /** For the catalogue of actions. */
  description?: string | undefined;
  /**
   * Takes only actions that a widget of this server signed for this thread and item: see `sign` in
   * `ActionLinkOptions`. The application needs `signing.keys`.
   */
  signed?: boolean | undefined;
  /**
   * Refuses a second use of the same button of the same widget, over all processes that share the
   * store. A handler that fails gives the button free again.
   */
  once?: boolean | undefined;
  /**
   * Whether the action must be one that the sender, as it is stored, can really send. By default as
   * the application's `actionsFromWidgetOnly` says.
   */
  fromWidgetOnly?: boolean | undefined;
}

type LinkedPayload = PayloadType | 'none' | undefined;

const FLAGS = ['sync', 'signed', 'once', 'fromWidgetOnly'] as const;

function checkOptions(where: string, options: OnActionOptions): void {
  const { payload, description } = options;
  if (payload !== undefined && !isPayloadType(payload)) {
    throw misuse(DECORATOR, where, "payload must be a class, a Standard Schema or 'unchecked'.");
  }
  for (const flag of FLAGS) {
    const value: unknown = options[flag];
    if (value !== undefined && typeof value !== 'boolean') {
      throw misuse(DECORATOR, where, `${flag} must be a boolean.`);
    }
  }
  if (description !== undefined && typeof description !== 'string') {
    throw misuse(DECORATOR, where, 'description must be a string.');
  }
}

/** The one payload type that all links agree on. */
function linkedPayload(where: string, links: readonly AnyActionLink[]): LinkedPayload {
  const types = new Set(links.map((link) => link.payload ?? 'none'));
  if (types.size > 1) {
    throw misuse(
      DECORATOR,
      where,
      'its action links differ in the type of their payload. Write one @OnAction for each, or name a type for all: { payload }.',
    );
  }
  const [type] = types;
  return type;
}

function declaration(where: string, given: readonly unknown[], options: OnActionOptions): HandlerDeclaration {
  if (given.length === 0) throw misuse(DECORATOR, where, 'it names no action.');
  const patterns: (string | RegExp)[] = [];
  const links: AnyActionLink[] = [];
  for (const pattern of given) {
    if (typeof pattern === 'string' || pattern instanceof RegExp) patterns.push(pattern);
    else if (isActionLink(pattern)) links.push(pattern);
    else {
      throw misuse(
        DECORATOR,
        where,
        `an action is named by a string, a RegExp or an action link, not by ${pattern === null ? 'null' : typeof pattern}. ` +
          'An undefined link is usually a circular import: define links in a file of their own.',
      );
    }
  }
  checkOptions(where, options);
  return {
    kind: options.sync === true ? 'sync_action' : 'action',
    decorator: DECORATOR,
    patterns: Object.freeze(patterns),
    links: Object.freeze(links.map((link) => link.action)),
    payload: options.payload ?? linkedPayload(where, links),
    description: options.description,
    signed: options.signed,
    once: options.once,
    fromWidgetOnly: options.fromWidgetOnly,
  };
}

/**
 * Makes a method the handler of actions: by exact names, by patterns (`*` stands for one segment
 * between dots, `**` for one or more), by RegExps on the whole name, or by action links. May be
 * written several times on one method.
 *
 * The method answers with events; with `{ sync: true }` with a widget, an item or nothing.
 *
 * @throws TypeError when an argument is of a wrong kind, or the decorator stands elsewhere than on a
 *   method of an instance. What only the whole application shows is reported when it boots.
 * @example
 * `@OnAction('item.select')`
 * async *select(`@Payload()` { id }: SelectItem) { yield assistantMessage(`Selected ${id}.`); }
 *
 * `@OnAction(['item.star', 'item.unstar'], { payload: SelectItem, sync: true })`
 * star({ id }: SelectItem, ctx: ChatContext) { return this.items.toggled(id); }
 */
export function OnAction(
  patterns: ActionPattern | readonly ActionPattern[],
  options: OnActionOptions = {},
): MethodDecoration {
  const given = ([] as readonly unknown[]).concat(patterns);
  return declares(DECORATOR, (where) => declaration(where, given, options));
}
