import type { Workflow, WorkflowItem } from 'chatkit-controllers/client';
import { Brain, ChevronDown, ListTree } from 'lucide-react';
import { useId } from 'react';
import { useChat, useWorkspace } from '../../state/contexts';
import { useStore } from '../../state/store';
import { WidgetIcon } from '../../icons/WidgetIcon';
import { TaskView } from './TaskView';

/** The assistant's workflow; collapsed unless the server or the user expands it. */
export function WorkflowView({ item }: { item: WorkflowItem }) {
  const { workflow } = item;
  const { thread, streaming } = useChat();
  const { forms } = useWorkspace();
  const id = useId();
  const toggle = forms.field(item.id, '#expanded');
  const chosen = useStore(toggle);
  const isRunning = streaming !== undefined && thread.pendingItemIds.includes(item.id);
  const isOpen =
    typeof chosen === 'boolean'
      ? chosen
      : workflow.expanded === true || (isRunning && workflow.type === 'custom');
  return (
    <section className="workflow" aria-label="Workflow">
      <button
        type="button"
        className="workflow-title"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => toggle.set(!isOpen)}
      >
        <WorkflowIcon workflow={workflow} />
        <span className={isRunning ? 'shimmer' : ''}>{titleOf(workflow, isRunning)}</span>
        <ChevronDown size={16} aria-hidden className={isOpen ? 'turned' : ''} />
      </button>
      <div id={id} hidden={!isOpen} className="tasks">
        {workflow.tasks.map((task, index) => (
          <TaskView key={index} task={task} />
        ))}
      </div>
    </section>
  );
}

function WorkflowIcon({ workflow: { summary, type } }: { workflow: Workflow }) {
  if (summary !== undefined && 'title' in summary && summary.icon !== undefined)
    return <WidgetIcon name={summary.icon} size={16} />;
  return type === 'reasoning' ? <Brain size={16} aria-hidden /> : <ListTree size={16} aria-hidden />;
}

function titleOf({ summary, type, tasks }: Workflow, isRunning: boolean): string {
  if (summary !== undefined && 'title' in summary) return summary.title;
  if (summary !== undefined) {
    const seconds = Math.round(summary.duration);
    return seconds < 60
      ? `Thought for ${String(seconds)} s`
      : `Thought for ${String(Math.floor(seconds / 60))} min ${String(seconds % 60)} s`;
  }
  if (isRunning) return tasks.at(-1)?.title ?? 'Thinking';
  return type === 'reasoning'
    ? 'Reasoning'
    : `${String(tasks.length)} ${tasks.length === 1 ? 'step' : 'steps'}`;
}
