import type { ChatContext, EventDraft } from '../../context';
import { replace } from '../../events';
import type { WidgetRoot } from '../../protocol';
import { storedItem } from '../input/stored-item';

/**
 * Shows how a question to the user has gone, in the widget that asked, where that is still there. What was
 * decided holds, also where the application's widget cannot be made for it.
 *
 * @param make the application's widget
 * @param makeDefault shown where `make` throws, which is logged
 */
export async function* closeWidget(
  ctx: ChatContext,
  itemId: string,
  make: () => WidgetRoot,
  makeDefault: () => WidgetRoot,
): AsyncGenerator<EventDraft, void> {
  if ((await storedItem(ctx, itemId)) === undefined) return; // as where the message was tried again
  let widget: WidgetRoot;
  try {
    widget = make();
  } catch (error) {
    ctx.log.error({ err: error, itemId }, 'the widget of an approval cannot be made: the default is shown');
    widget = makeDefault();
  }
  yield replace(itemId, () => widget);
}
