import type { WidgetItem } from 'chatkit-controllers/client';
import { memo, useMemo } from 'react';
import { usePart } from '../../state/store';
import { useWorkspace } from '../../state/contexts';
import type { ChatState } from '../../state/chat-state';
import { ProblemNote } from '../ProblemNote';
import { WidgetHostContext, type WidgetHost } from '../../widgets/host';
import { WidgetView } from '../../widgets/WidgetView';

/** A widget of the thread, with the error of its last action below it. */
export const WidgetItemView = memo(function WidgetItemView({ item }: { item: WidgetItem }) {
  const { chat, forms } = useWorkspace();
  const { id } = item;
  const problem = usePart(
    chat.shown,
    useMemo(() => (state: ChatState) => state.actionProblems[id], [id]),
  );
  const running = usePart(chat.shown, runningActions);
  const own = useMemo(() => running.filter(({ itemId }) => itemId === id), [running, id]);
  const host = useMemo<WidgetHost>(
    () => ({
      itemId: id,
      running: own,
      fire: (action, payload, path, auto) => void chat.fire({ action, payload, path, auto, itemId: id }),
      field: (name) => forms.field(id, name),
    }),
    [chat, forms, id, own],
  );
  return (
    <div className="widget-item">
      <WidgetHostContext value={host}>
        <WidgetView widget={item.widget} />
      </WidgetHostContext>
      {problem !== undefined && <ProblemNote problem={problem} title="The action failed" />}
    </div>
  );
});

const runningActions = (state: ChatState) => state.running;
