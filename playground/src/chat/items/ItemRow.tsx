import type { VisibleItem } from 'chatkit-controllers/client';
import { memo } from 'react';
import { DrawGuard } from '../../ui/DrawGuard';
import { JsonView } from '../../ui/JsonView';
import { AssistantMessage } from './AssistantMessage';
import { ClientToolCall } from './ClientToolCall';
import { GeneratedImage } from './GeneratedImage';
import { StructuredInput } from './StructuredInput';
import { TaskView } from './TaskView';
import { TurnActions } from './TurnActions';
import { UserMessage } from './UserMessage';
import { WidgetItemView } from './WidgetItemView';
import { WorkflowView } from './WorkflowView';

interface ItemRowProps {
  item: VisibleItem;
  isTurnEnd: boolean;
  /** Whether the item is highlighted, for example by the inspector. */
  isMarked: boolean;
}

/** One item of the thread. */
export const ItemRow = memo(function ItemRow({ item, isTurnEnd, isMarked }: ItemRowProps) {
  return (
    <article
      className={`item ${item.type === 'user_message' ? 'user' : 'assistant'}`}
      data-item={item.id}
      data-type={item.type}
      data-marked={isMarked || undefined}
    >
      <DrawGuard value={item} what="item" key={item.id}>
        <ItemView item={item} />
      </DrawGuard>
      {isTurnEnd && <TurnActions item={item} />}
    </article>
  );
});

function ItemView({ item }: { item: VisibleItem }) {
  switch (item.type) {
    case 'user_message':
      return <UserMessage item={item} />;
    case 'assistant_message':
      return <AssistantMessage item={item} />;
    case 'widget':
      return <WidgetItemView item={item} />;
    case 'workflow':
      return <WorkflowView item={item} />;
    case 'task':
      return <TaskView task={item.task} isAlone />;
    case 'generated_image':
      return <GeneratedImage item={item} />;
    case 'structured_input':
      return <StructuredInput item={item} />;
    case 'client_tool_call':
      return <ClientToolCall item={item} />;
    case 'end_of_turn':
      return null;
    default:
      return <UnknownItem item={item} />;
  }
}

/** An item of an unknown type is shown as JSON. */
function UnknownItem({ item }: { item: unknown }) {
  return (
    <div className="unknown">
      <strong>Unknown item</strong>
      <JsonView value={item} label="The unknown item as JSON" />
    </div>
  );
}
