/** An attachment path below the chat's mount path. */
export interface AttachmentRoute {
  /** The attachment's id, not checked yet; `undefined` for the path of direct uploads. */
  id: string | undefined;
  query: URLSearchParams;
}

const PATH = /\/attachments(?:\/([^/]*))?$/;

/**
 * Parses a URL, relative to the chat's mount path, as `/attachments` or one segment below it; `undefined`
 * for other paths. If the mount path is unknown, the end of the whole URL is matched.
 *
 * @example
 * attachmentRoute('/attachments/atc_1?owner=ann')?.id; // 'atc_1'
 * attachmentRoute('/playground'); // undefined
 * attachmentRoute('/chatkit/attachments/atc_1', 'unknown')?.id; // 'atc_1'
 */
export function attachmentRoute(
  url: string,
  mount: 'known' | 'unknown' = 'known',
): AttachmentRoute | undefined {
  const end = url.indexOf('?');
  const path = end === -1 ? url : url.slice(0, end);
  const match = PATH.exec(path);
  if (match === null || (mount === 'known' && match.index !== 0)) return undefined;
  const [, id] = match;
  return { id: id === '' ? undefined : id, query: new URLSearchParams(end === -1 ? '' : url.slice(end)) };
}
