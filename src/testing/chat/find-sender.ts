import {
  isComponent,
  type ActionRequest,
  type VisibleItem,
  type WidgetComponent,
  type WidgetItem,
} from '../../protocol';
import { sentAction, widgetActions } from '../../widgets';

/** How a widget looks. All given fields must match. */
export interface SenderLooks {
  /** The type of its root: `Card`, `ListView`. */
  type?: string;
  /** A text in it: the value, title or label of one of its components. */
  title?: string;
}

/**
 * The widget that an action comes from: an item of a result, a description of its looks, or a function that
 * recognises it. The newest match counts. `null` means no widget: the page itself sends the action.
 */
export type SenderChoice = WidgetItem | SenderLooks | ((item: WidgetItem) => boolean) | null;

/**
 * The widget that an action comes from. Without a choice, it is the newest widget that can send exactly this
 * action, or else the newest with an action of this name. If there is none, the page sends it.
 *
 * @throws Error when no widget of the thread matches the choice
 */
export function findSender(
  items: readonly VisibleItem[],
  action: ActionRequest,
  { sync, choice }: { sync: boolean; choice: SenderChoice | undefined },
): WidgetItem | undefined {
  const widgets = items.filter((item) => item.type === 'widget').reverse();
  if (choice === undefined) {
    return (
      widgets.find(({ widget }) => sentAction(widget, action, { sync }) !== undefined) ??
      widgets.find(({ widget }) => widgetActions(widget).some(({ config }) => config.type === action.type))
    );
  }
  if (choice === null) return undefined;
  if ('widget' in choice) return choice;
  const found = widgets.find(typeof choice === 'function' ? choice : (item) => looksLike(item, choice));
  if (found === undefined) throw notFound(choice, widgets);
  return found;
}

export function looksLike({ widget }: WidgetItem, { type, title }: SenderLooks): boolean {
  if (type !== undefined && widget.type !== type) return false;
  return title === undefined || textsOf(widget).includes(title);
}

/** The texts that a widget shows, in the order of its properties. */
function textsOf(component: WidgetComponent): string[] {
  return Object.entries(component).flatMap(([key, value]: [string, unknown]) => {
    if (typeof value === 'string') return SHOWN.has(key) ? [value] : [];
    if (key === 'payload' || key.endsWith('Action')) return [];
    return (Array.isArray(value) ? value : [value]).flatMap((part) =>
      isComponent(part) || isButton(part) ? textsOf(part) : [],
    );
  });
}

const SHOWN: ReadonlySet<string> = new Set(['value', 'title', 'label']);

/** `confirm` and `cancel` of a card have no `type`. */
function isButton(value: unknown): value is WidgetComponent {
  return typeof value === 'object' && value !== null && 'label' in value;
}

/** The name of a widget in messages: `Card “Order A-17”`. */
export function describeWidget({ widget }: WidgetItem): string {
  const [title] = textsOf(widget);
  return title === undefined ? widget.type : `${widget.type} “${title}”`;
}

function notFound(choice: SenderLooks | ((item: WidgetItem) => boolean), widgets: readonly WidgetItem[]) {
  const wanted = typeof choice === 'function' ? 'the wanted kind' : `the kind ${JSON.stringify(choice)}`;
  const there = widgets.length === 0 ? 'no widget' : widgets.map(describeWidget).join(', ');
  return new Error(`The thread has no widget of ${wanted}. It has: ${there}.`);
}
