import type { Task } from 'chatkit-controllers/client';
import { CircleCheck, FileText, Globe, Image, Lightbulb, LoaderCircle, Wrench } from 'lucide-react';
import { Markdown } from '../../markdown/Markdown';
import { WidgetIcon } from '../../icons/WidgetIcon';
import { JsonView } from '../../ui/JsonView';
import { SourceChip } from './CitedText';

/** One task of a workflow, or a single one. */
export function TaskView({ task, isAlone = false }: { task: Task; isAlone?: boolean }) {
  return (
    <div className={isAlone ? 'task alone' : 'task'} data-status={task.status_indicator ?? 'none'}>
      <span className="task-icon">
        <TaskIcon task={task} />
      </span>
      <div className="task-body">
        <TaskContent task={task} />
      </div>
    </div>
  );
}

function TaskIcon({ task }: { task: Task }) {
  if (task.status_indicator === 'loading')
    return <LoaderCircle size={16} className="spin" aria-label="Running" />;
  if (task.status_indicator === 'complete') return <CircleCheck size={16} aria-label="Done" />;
  switch (task.type) {
    case 'custom':
      return task.icon === undefined ? (
        <Wrench size={16} aria-hidden />
      ) : (
        <WidgetIcon name={task.icon} size={16} />
      );
    case 'web_search':
      return <Globe size={16} aria-hidden />;
    case 'thought':
      return <Lightbulb size={16} aria-hidden />;
    case 'file':
      return <FileText size={16} aria-hidden />;
    case 'image':
      return <Image size={16} aria-hidden />;
    default:
      return null;
  }
}

function TaskContent({ task }: { task: Task }) {
  const title = task.title !== undefined && <p className="task-title">{task.title}</p>;
  switch (task.type) {
    case 'custom':
    case 'thought':
      return (
        <>
          {title}
          {task.content !== undefined && task.content !== '' && <Markdown text={task.content} />}
        </>
      );
    case 'web_search':
      return (
        <>
          {title}
          {task.title_query !== undefined && <p className="task-title">{task.title_query}</p>}
          {(task.queries ?? []).length > 0 && (
            <ul className="queries">
              {task.queries?.map((query, index) => (
                <li key={index}>{query}</li>
              ))}
            </ul>
          )}
          <Sources sources={task.sources ?? []} />
        </>
      );
    case 'file':
      return (
        <>
          {title}
          <Sources sources={task.sources ?? []} />
        </>
      );
    case 'image':
      return title || <p className="task-title">Image</p>;
    default:
      return <JsonView value={task} label="The unknown task as JSON" />;
  }
}

function Sources({ sources }: { sources: readonly Parameters<typeof SourceChip>[0]['source'][] }) {
  if (sources.length === 0) return null;
  return (
    <ul className="sources">
      {sources.map((source, index) => (
        <li key={index}>
          <SourceChip source={source} />
        </li>
      ))}
    </ul>
  );
}
