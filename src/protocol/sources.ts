interface SourceBase {
  title: string;
  description?: string | undefined;
  timestamp?: string | undefined;
  group?: string | undefined;
}

/** A web page that supports what the assistant says. */
export interface UrlSource extends SourceBase {
  type: 'url';
  url: string;
  attribution?: string | undefined;
}

/** A file that supports what the assistant says. */
export interface FileSource extends SourceBase {
  type: 'file';
  filename: string;
}

/** An entity of the app that the assistant refers to. */
export interface EntitySource extends SourceBase {
  type: 'entity';
  id: string;
  icon?: string | undefined;
  label?: string | undefined;
  inline_label?: string | undefined;
  interactive?: boolean | undefined;
  data?: Record<string, unknown> | undefined;
  /** @deprecated The client ignores it. */
  preview?: 'lazy' | undefined;
}

/** What an {@link Annotation} refers to. */
export type Source = UrlSource | FileSource | EntitySource;

/** A reference in an assistant's text. `index` is the character offset in the text. */
export interface Annotation {
  type: 'annotation';
  source: Source;
  index?: number | undefined;
}
