import type { ThreadItemUpdate } from '../events';
import type { VisibleItem, WidgetItem, WorkflowItem } from '../items';
import { isIndex, isRecord } from '../guards';
import { appendText, mapComponent } from './change-component';
import { updateMessage } from './update-message';

/**
 * Returns the item after an update, or the same object if the update does not fit. Every part of the update
 * is checked, so that events of another server version cannot break a page.
 */
export function applyUpdate(item: VisibleItem, update: ThreadItemUpdate): VisibleItem {
  switch (item.type) {
    case 'assistant_message':
      return updateMessage(item, update);
    case 'widget':
      return updateWidget(item, update);
    case 'workflow':
      return updateWorkflow(item, update);
    case 'generated_image':
      if (update.type !== 'generated_image.updated' || !isRecord(update.image)) return item;
      return { ...item, image: update.image };
    default:
      return item;
  }
}

/** Returns the widget item after an update, or the same object if the update does not fit. */
function updateWidget(item: WidgetItem, update: ThreadItemUpdate): WidgetItem {
  const widget = updatedWidget(item, update);
  return widget === item.widget ? item : { ...item, widget };
}

function updatedWidget({ widget }: WidgetItem, update: ThreadItemUpdate): WidgetItem['widget'] {
  switch (update.type) {
    case 'widget.root.updated':
      return isRecord(update.widget) ? update.widget : widget;
    case 'widget.component.updated': {
      const { component, component_id: id } = update;
      return isRecord(component) ? mapComponent(widget, id, () => component) : widget;
    }
    case 'widget.streaming_text.value_delta': {
      const { delta, done, component_id: id } = update;
      if (typeof delta !== 'string') return widget;
      return mapComponent(widget, id, (component) => appendText(component, delta, done));
    }
    default:
      return widget;
  }
}

function updateWorkflow(item: WorkflowItem, update: ThreadItemUpdate): WorkflowItem {
  if (update.type !== 'workflow.task.added' && update.type !== 'workflow.task.updated') return item;
  const { task_index: index, task } = update;
  if (!isIndex(index) || !isRecord(task) || !isRecord(item.workflow)) return item;
  const { tasks } = item.workflow;
  if (!Array.isArray(tasks)) return item;
  if (update.type === 'workflow.task.added') {
    return { ...item, workflow: { ...item.workflow, tasks: tasks.toSpliced(index, 0, task) } };
  }
  if (index >= tasks.length) return item;
  return { ...item, workflow: { ...item.workflow, tasks: tasks.with(index, task) } };
}
