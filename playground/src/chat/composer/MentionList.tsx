import { WidgetIcon } from '../../icons/WidgetIcon';
import type { Mentions } from './use-mentions';

export function MentionList({ mentions }: { mentions: Mentions }) {
  const { isOpen, found, active, listId, choose } = mentions;
  if (!isOpen) return null;
  return (
    <ul role="listbox" id={listId} aria-label="Mention" className="menu mention-list">
      {found.map((entity, index) => (
        <li
          key={entity.id}
          id={`${listId}-${String(index)}`}
          role="option"
          aria-selected={index === active}
          onPointerDown={(event) => {
            event.preventDefault(); // keeps the caret's position
            choose(entity);
          }}
        >
          <WidgetIcon name={entity.icon ?? 'cube'} size={16} />
          <span>{entity.title}</span>
          {entity.group !== undefined && <small>{entity.group}</small>}
        </li>
      ))}
    </ul>
  );
}
