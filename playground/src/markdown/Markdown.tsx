import { lazy, Suspense } from 'react';

const load = () => import('./MarkdownView');
const MarkdownView = lazy(load);

/** Loads the Markdown renderer in advance, when the page is idle. */
export function prepareMarkdown(): void {
  if ('requestIdleCallback' in window) requestIdleCallback(() => void load());
  else setTimeout(() => void load(), 500);
}

/** Markdown text; shown as plain text until the renderer is loaded. */
export function Markdown({ text }: { text: string }) {
  return (
    <Suspense fallback={<div className="markdown plain">{text}</div>}>
      <MarkdownView text={text} />
    </Suspense>
  );
}
