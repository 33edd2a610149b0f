/** A path below the mount that is about an attachment. */
export interface AttachmentRoute {
  /** The attachment's id; `undefined` for the path of direct uploads. Nothing is known of it yet. */
  id: string | undefined;
  query: URLSearchParams;
}

const PATH = /\/attachments(?:\/([^/]*))?$/;

/**
 * Whether a URL, relative to the chat's mount, is `/attachments` or one segment below it. Of a whole URL,
 * whose mount is not known, the end is looked at.
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
