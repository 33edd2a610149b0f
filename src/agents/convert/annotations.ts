import { isRecord, type Annotation, type AssistantMessageContent } from '../../protocol';
import { chain, type Awaitable } from '../../store';
import type { ResponsePart } from './response-event';
import type {
  ContainerFileCitation,
  FileCitation,
  ResponseStreamConverter,
  UrlCitation,
} from './response-stream-converter';

type Hooks = ResponseStreamConverter;

/** Converts a citation of a model; `null` for other kinds of citation, and if a hook returns `null`. */
export function toAnnotation(citation: unknown, hooks: Hooks): Awaitable<Annotation | null> {
  if (!isRecord(citation)) return null;
  switch (citation['type']) {
    case 'file_citation':
      return hooks.fileCitationToAnnotation(citation as unknown as FileCitation);
    case 'container_file_citation':
      return hooks.containerFileCitationToAnnotation(citation as unknown as ContainerFileCitation);
    case 'url_citation':
      return hooks.urlCitationToAnnotation(asUrlCitation(citation));
    default:
      return null;
  }
}

/** The Chat Completions API nests the fields that the Responses API has at the top level. */
function asUrlCitation(citation: Record<string, unknown>): UrlCitation {
  const nested = citation['url_citation'];
  return { ...(isRecord(nested) ? nested : citation), type: 'url_citation' } as UrlCitation;
}

/** Converts a part of a message, text or refusal, for the client. */
export function toContent(part: ResponsePart, hooks: Hooks): Awaitable<AssistantMessageContent> {
  const text = part.text ?? part.refusal ?? '';
  const citations = part.annotations ?? [];
  if (citations.length === 0) return { type: 'output_text', text, annotations: [] };
  return allOf(citations, (citation) => toAnnotation(citation, hooks)).then((annotations) => ({
    type: 'output_text',
    text,
    annotations: annotations.filter((annotation) => annotation !== null),
  }));
}

/** Converts the parts of a message. */
export function toContents(
  parts: readonly ResponsePart[] | undefined,
  hooks: Hooks,
): Awaitable<AssistantMessageContent[]> {
  const [only, ...others] = parts ?? [];
  if (only === undefined) return [];
  if (others.length === 0) return chain(toContent(only, hooks), (content) => [content]);
  return allOf([only, ...others], (part) => toContent(part, hooks));
}

/** Converts one after the other, so that hooks get citations in the order of the text. */
async function allOf<T, R>(values: readonly T[], convert: (value: T) => Awaitable<R>): Promise<R[]> {
  const converted: R[] = [];
  for (const value of values) converted.push(await convert(value));
  return converted;
}
