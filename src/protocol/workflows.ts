import type { FileSource, UrlSource } from './sources';

interface TaskBase {
  /** Shown only inside a workflow. */
  status_indicator?: 'none' | 'loading' | 'complete' | undefined;
  title?: string | undefined;
}

export interface CustomTask extends TaskBase {
  type: 'custom';
  icon?: string | undefined;
  content?: string | undefined;
}

export interface SearchTask extends TaskBase {
  type: 'web_search';
  title_query?: string | undefined;
  queries?: string[] | undefined;
  sources?: UrlSource[] | undefined;
}

export interface ThoughtTask extends TaskBase {
  type: 'thought';
  content: string;
}

export interface FileTask extends TaskBase {
  type: 'file';
  sources?: FileSource[] | undefined;
}

export interface ImageTask extends TaskBase {
  type: 'image';
}

export type Task = CustomTask | SearchTask | ThoughtTask | FileTask | ImageTask;

export interface CustomSummary {
  title: string;
  icon?: string | undefined;
}

/** `duration` is in seconds. */
export interface DurationSummary {
  duration: number;
}

export interface Workflow {
  type: 'custom' | 'reasoning';
  tasks: Task[];
  summary?: CustomSummary | DurationSummary | undefined;
  expanded?: boolean | undefined;
}
