import { lazy, Suspense } from 'react';

const load = () => import('./MarkdownView');
const MarkdownView = lazy(load);

/** Fetches what draws Markdown before the first text needs it, when the page has nothing else to do. */
export function prepareMarkdown(): void {
  if ('requestIdleCallback' in window) requestIdleCallback(() => void load());
  else setTimeout(() => void load(), 500);
}

/** Text in Markdown; plain until what draws it has come. */
export function Markdown({ text }: { text: string }) {
  return (
    <Suspense fallback={<div className="markdown plain">{text}</div>}>
      <MarkdownView text={text} />
    </Suspense>
  );
}
