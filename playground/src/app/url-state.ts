const VIEWS = ['gallery', 'editor', 'replay'] as const;
export type View = (typeof VIEWS)[number];

/** The part of the page's state that is in its URL. */
export interface UrlState {
  thread: string | undefined;
  /** The item to scroll to. */
  item: string | undefined;
  user: string | undefined;
  /** The user in the second pane. */
  beside: string | undefined;
  besideThread: string | undefined;
  besideItem: string | undefined;
  /** The inspector's panel. */
  panel: string | undefined;
  /** The view that replaces the chat. */
  view: View | undefined;
}

export function readUrl(): UrlState {
  const search = new URLSearchParams(location.search);
  const read = (name: keyof UrlState): string | undefined => search.get(name) ?? undefined;
  return {
    thread: read('thread'),
    item: read('item'),
    user: read('user'),
    beside: read('beside'),
    besideThread: read('besideThread'),
    besideItem: read('besideItem'),
    panel: read('panel'),
    view: VIEWS.find((view) => view === read('view')),
  };
}

/** Changes parts of the URL, without a new history entry. */
export function writeUrl(changes: Partial<UrlState>): void {
  const search = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) search.delete(name);
    else search.set(name, value);
  }
  const text = search.toString();
  history.replaceState(null, '', text === '' ? location.pathname : `?${text}`);
}
