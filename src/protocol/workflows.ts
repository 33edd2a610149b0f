import type { FileSource, UrlSource } from './sources';

interface TaskBase {
  /** Shown only inside a workflow. */
  status_indicator?: 'none' | 'loading' | 'complete' | undefined;
  title?: string | undefined;
}

/** A task with a title and Markdown of the application. */
export interface CustomTask extends TaskBase {
  type: 'custom';
  icon?: string | undefined;
  content?: string | undefined;
}

/** A search on the web, with its queries and the pages that it found. */
export interface SearchTask extends TaskBase {
  type: 'web_search';
  title_query?: string | undefined;
  queries?: string[] | undefined;
  sources?: UrlSource[] | undefined;
}

/** What a model thought, as Markdown. */
export interface ThoughtTask extends TaskBase {
  type: 'thought';
  content: string;
}

/** Files that were read. */
export interface FileTask extends TaskBase {
  type: 'file';
  sources?: FileSource[] | undefined;
}

/** An image that was made. */
export interface ImageTask extends TaskBase {
  type: 'image';
}

/** A step of a {@link Workflow}, or an item of its own. */
export type Task = CustomTask | SearchTask | ThoughtTask | FileTask | ImageTask;

/** What a workflow shows when it has ended and is closed. */
export interface CustomSummary {
  title: string;
  icon?: string | undefined;
}

/** `duration` is in seconds. */
export interface DurationSummary {
  duration: number;
}

/** Tasks in their order; `reasoning` is the kind that a model's thoughts make. */
export interface Workflow {
  type: 'custom' | 'reasoning';
  tasks: Task[];
  summary?: CustomSummary | DurationSummary | undefined;
  expanded?: boolean | undefined;
}
