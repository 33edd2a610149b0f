import type { ThoughtTask } from '../../protocol';
import type { Conversion } from './conversion';
import { NONE, type Drafts } from './drafts';

/** The thought that is streamed. */
interface Streaming {
  index: number;
  workflowId: string;
  taskIndex: number;
  text: string;
}

/**
 * Writes the reasoning of a model as thoughts into the open workflow, or into a new one of type `reasoning`.
 * The first thought of a `reasoning` workflow is streamed, so that the user sees something soon; the others
 * are shown when they are complete.
 */
export class ThoughtWriter {
  private streaming: Streaming | undefined;

  constructor(private readonly conversion: Conversion) {}

  /** Must be called when reasoning begins: starts a workflow if none is open. */
  open(): Drafts {
    const { workflow } = this.conversion;
    return workflow.open === undefined ? workflow.start({ type: 'reasoning' }) : NONE;
  }

  /** @param index the index of the thought in its reasoning output */
  append(index: number, delta: string): Drafts {
    const opened = this.open();
    const { workflow } = this.conversion;
    const open = workflow.open;
    const { streaming } = this;
    if (open === undefined) return opened;
    if (open.workflow.type === 'reasoning' && open.workflow.tasks.length === 0) {
      const added = workflow.add(thought(delta));
      this.streaming = { index, workflowId: open.id, taskIndex: added.index, text: delta };
      return [...opened, ...added.events];
    }
    if (streaming?.index !== index || streaming.workflowId !== open.id) return opened;
    streaming.text += delta;
    return workflow.update(streaming.taskIndex, thought(streaming.text));
  }

  /** @param text by default as it was streamed */
  finish(index: number, text?: string): Drafts {
    const opened = this.open();
    const { workflow } = this.conversion;
    const { streaming } = this;
    if (streaming?.index !== index || streaming.workflowId !== workflow.open?.id) {
      return text === undefined ? opened : [...opened, ...workflow.add(thought(text)).events];
    }
    this.streaming = undefined;
    return workflow.update(streaming.taskIndex, thought(text ?? streaming.text));
  }
}

function thought(content: string): ThoughtTask {
  return { type: 'thought', content };
}
