import type { Annotation, Source } from 'chatkit-controllers/client';
import { useMemo } from 'react';
import { FileText, Globe } from 'lucide-react';
import { Markdown } from '../../markdown/Markdown';
import { WidgetIcon } from '../../icons/WidgetIcon';
import { hostOf, isWebLink } from '../../ui/links';

/** A text with citation marks, and the sources below it. */
export function CitedText({ text, annotations }: { text: string; annotations: readonly Annotation[] }) {
  const sources = useMemo(() => distinct(annotations), [annotations]);
  const marked = useMemo(() => withMarks(text, annotations, sources), [text, annotations, sources]);
  return (
    <>
      <Markdown text={marked} />
      {sources.length > 0 && (
        <ol className="sources" aria-label="Sources">
          {sources.map((source, index) => (
            <li key={index}>
              <SourceChip source={source} number={index + 1} />
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

export function SourceChip({ source, number }: { source: Source; number?: number }) {
  const label = (
    <>
      {number !== undefined && <span className="source-number">{number}</span>}
      <SourceIcon source={source} />
      <span className="source-title">{source.title}</span>
      <span className="source-from">{originOf(source)}</span>
    </>
  );
  const title = [source.title, source.description, source.timestamp]
    .filter((each) => each !== undefined)
    .join('\n');
  if (source.type !== 'url' || !isWebLink(source.url)) {
    return (
      <span className="source" title={title}>
        {label}
      </span>
    );
  }
  return (
    <a className="source" href={source.url} target="_blank" rel="noopener noreferrer nofollow" title={title}>
      {label}
    </a>
  );
}

function SourceIcon({ source }: { source: Source }) {
  if (source.type === 'url') return <Globe size={14} aria-hidden />;
  if (source.type === 'file') return <FileText size={14} aria-hidden />;
  return <WidgetIcon name={source.icon ?? 'cube'} size={14} />;
}

function originOf(source: Source): string {
  if (source.type === 'url') return source.attribution ?? hostOf(source.url);
  return source.type === 'file' ? source.filename : (source.label ?? '');
}

function distinct(annotations: readonly Annotation[]): Source[] {
  return [...new Map(annotations.map(({ source }) => [JSON.stringify(source), source])).values()];
}

/** Inserts marks as links for Markdown; from the end, so that earlier positions stay valid. */
function withMarks(text: string, annotations: readonly Annotation[], sources: readonly Source[]): string {
  const keys = sources.map((source) => JSON.stringify(source));
  return annotations
    .filter((each): each is Annotation & { index: number } => typeof each.index === 'number')
    .toSorted((a, b) => b.index - a.index)
    .reduce((marked, { index, source }) => {
      const number = keys.indexOf(JSON.stringify(source)) + 1;
      const at = Math.min(Math.max(index, 0), text.length);
      return `${marked.slice(0, at)} [${String(number)}](#source-${String(number)})${marked.slice(at)}`;
    }, text);
}
