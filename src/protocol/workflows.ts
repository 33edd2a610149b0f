import type { FileSource, UrlSource } from './sources';

interface TaskBase {
  /** Shown only inside a workflow. */
  status_indicator?: 'none' | 'loading' | 'complete' | undefined;
  title?: string | undefined;
}

/** A task whose title and Markdown content the app writes. */
export interface CustomTask extends TaskBase {
  type: 'custom';
  icon?: string | undefined;
  content?: string | undefined;
}

/** A web search, with its queries and the pages found. */
export interface SearchTask extends TaskBase {
  type: 'web_search';
  title_query?: string | undefined;
  queries?: string[] | undefined;
  sources?: UrlSource[] | undefined;
}

/** A model's reasoning, as Markdown. */
export interface ThoughtTask extends TaskBase {
  type: 'thought';
  content: string;
}

/** Files that were read. */
export interface FileTask extends TaskBase {
  type: 'file';
  sources?: FileSource[] | undefined;
}

/** A generated image. */
export interface ImageTask extends TaskBase {
  type: 'image';
}

/** A step of a {@link Workflow}, or a separate item in the thread. */
export type Task = CustomTask | SearchTask | ThoughtTask | FileTask | ImageTask;

/** The title that a workflow shows when it has ended and is collapsed. */
export interface CustomSummary {
  title: string;
  icon?: string | undefined;
}

/** `duration` is in seconds. */
export interface DurationSummary {
  duration: number;
}

/** Tasks in order. `reasoning` is the kind created for a model's reasoning. */
export interface Workflow {
  type: 'custom' | 'reasoning';
  tasks: Task[];
  summary?: CustomSummary | DurationSummary | undefined;
  expanded?: boolean | undefined;
}
