import { marked } from 'marked';
import { memo, useMemo } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { ContentImage } from '../ui/ContentImage';

const PLUGINS = [remarkGfm];

const COMPONENTS: Components = {
  a: ({ href, children }) =>
    href === undefined || href === '' ? (
      <span>{children}</span>
    ) : (
      <a href={href} target="_blank" rel="noopener noreferrer nofollow">
        {children}
      </a>
    ),
  img: ({ src, alt }) => <ContentImage src={typeof src === 'string' ? src : ''} alt={alt ?? ''} />,
  table: ({ children }) => (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Table">
      <table>{children}</table>
    </div>
  ),
  pre: ({ children }) => (
    <pre tabIndex={0} role="region" aria-label="Code">
      {children}
    </pre>
  ),
};

/**
 * Renders Markdown text block by block, so that a delta renders only the last block again. HTML in it is
 * shown as text.
 */
const MarkdownView = memo(function MarkdownView({ text }: { text: string }) {
  const blocks = useMemo(() => blocksOf(text), [text]);
  return (
    <div className="markdown">
      {blocks.map((block, index) => (
        // The index is a stable key: blocks never move, since text grows at its end.
        <Block key={index} text={block} />
      ))}
    </div>
  );
});

const Block = memo(function Block({ text }: { text: string }) {
  return (
    <ReactMarkdown remarkPlugins={PLUGINS} components={COMPONENTS}>
      {text}
    </ReactMarkdown>
  );
});

/** Splits text into blocks. Each block gets all link definitions, which are blocks of their own. */
function blocksOf(text: string): string[] {
  const tokens = marked.lexer(text);
  const definitions = tokens.filter(({ type }) => type === 'def').map(({ raw }) => raw);
  const blocks = tokens.filter(({ type }) => type !== 'space' && type !== 'def').map(({ raw }) => raw);
  if (definitions.length === 0) return blocks;
  return blocks.map((block) => `${block}\n\n${definitions.join('\n')}`);
}

export default MarkdownView;
