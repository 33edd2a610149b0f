import { Check, ChevronDown, SlidersHorizontal, X } from 'lucide-react';
import { useConfig, useWorkspace } from '../../state/contexts';
import { useStore } from '../../state/store';
import { WidgetIcon } from '../../icons/WidgetIcon';
import { Menu } from '../../ui/Menu';

/** The menu for the tool of the next message. */
export function ToolMenu() {
  const { draft } = useWorkspace();
  const tools = useConfig().options.composer?.tools ?? [];
  const { tool: chosen } = useStore(draft);
  if (tools.length === 0) return null;
  const choose = (id: string | undefined): void => draft.update((each) => ({ ...each, tool: id }));
  const current = tools.find(({ id }) => id === chosen);
  return (
    <>
      <Menu
        label="Tools"
        side="top"
        button={<SlidersHorizontal size={18} strokeWidth={1.75} aria-hidden />}
        entries={tools.map(({ id, label, icon }) => ({
          key: id,
          label,
          icon: icon === undefined ? undefined : <WidgetIcon name={icon} size={16} />,
          checked: id === chosen,
          onSelect: () => choose(id === chosen ? undefined : id),
        }))}
      />
      {tools
        .filter(({ pinned, id }) => pinned === true && id !== chosen)
        .map(({ id, label, shortLabel, icon }) => (
          <button key={id} type="button" className="chip-button" onClick={() => choose(id)}>
            {icon !== undefined && <WidgetIcon name={icon} size={15} />}
            {shortLabel ?? label}
          </button>
        ))}
      {current !== undefined && (
        <button
          type="button"
          className="chip-button chosen-tool"
          aria-label={`${current.label}: remove`}
          onClick={() => choose(undefined)}
        >
          {current.icon !== undefined && <WidgetIcon name={current.icon} size={15} />}
          {current.shortLabel ?? current.label}
          <X size={13} aria-hidden />
        </button>
      )}
    </>
  );
}

/** The menu for the model. */
export function ModelMenu() {
  const { draft } = useWorkspace();
  const models = useConfig().options.composer?.models ?? [];
  const { model } = useStore(draft);
  if (models.length === 0) return null;
  const current =
    models.find(({ id }) => id === model) ?? models.find((each) => each.default === true) ?? models[0];
  return (
    <Menu
      label={`Model: ${current?.label ?? ''}`}
      side="top"
      className="chip-button plain"
      button={
        <>
          {current?.label} <ChevronDown size={14} aria-hidden />
        </>
      }
      entries={models.map(({ id, label, description, disabled }) => ({
        key: id,
        label,
        description,
        disabled,
        checked: id === current?.id,
        icon: id === current?.id ? <Check size={16} aria-hidden /> : <span className="icon-room" />,
        onSelect: () => draft.update((each) => ({ ...each, model: id })),
      }))}
    />
  );
}
