import type { ChatContext, EventDraft } from '../../context';
import { replace } from '../../events';
import type { WidgetRoot } from '../../protocol';
import { storedItem } from '../input/stored-item';

/**
 * Replaces the widget of a question, if it is still stored, by one that shows the decision. The decision
 * holds even if the application's widget cannot be built.
 *
 * @param make builds the application's widget
 * @param makeDefault builds the widget that is shown if `make` throws; that error is logged
 */
export async function* closeWidget(
  ctx: ChatContext,
  itemId: string,
  make: () => WidgetRoot,
  makeDefault: () => WidgetRoot,
): AsyncGenerator<EventDraft, void> {
  if ((await storedItem(ctx, itemId)) === undefined) return; // for example, the message was retried
  let widget: WidgetRoot;
  try {
    widget = make();
  } catch (error) {
    ctx.log.error({ err: error, itemId }, 'the widget of an approval cannot be built: the default is shown');
    widget = makeDefault();
  }
  yield replace(itemId, () => widget);
}
