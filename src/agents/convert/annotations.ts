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

/**
 * Converts a citation of a model; `null` for other kinds of citation, for a web page without URL, and if a
 * hook returns `null`.
 */
export function toAnnotation(citation: unknown, hooks: Hooks): Awaitable<Annotation | null> {
  if (!isRecord(citation)) return null;
  const fields = withoutNulls(citation);
  switch (fields['type']) {
    case 'file_citation':
      return hooks.fileCitationToAnnotation(fields as unknown as FileCitation);
    case 'container_file_citation':
      return hooks.containerFileCitationToAnnotation(fields as unknown as ContainerFileCitation);
    case 'url_citation': {
      // The Chat Completions API nests the fields that the Responses API has at the top level.
      const { url_citation: nested } = fields;
      const page = isRecord(nested) ? withoutNulls(nested) : fields;
      if (typeof page['url'] !== 'string' || page['url'] === '') return null;
      return hooks.urlCitationToAnnotation({ ...page, type: 'url_citation' } as UrlCitation);
    }
    default:
      return null;
  }
}

/** Some servers send `null` for what they do not know. */
function withoutNulls(citation: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(citation).filter(([, value]) => value !== null));
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
