/** A path below the mount that is about an attachment. */
export interface AttachmentRoute {
  /** The attachment's id; `undefined` for the path of direct uploads. Nothing is known of it yet. */
  id: string | undefined;
  query: URLSearchParams;
}

const PATH = /\/attachments(?:\/([^/]*))?$/;

/**
 * Whether a URL, relative to the chat's mount, is `/attachments` or one segment below it.
 *
 * @example
 * attachmentRoute('/attachments/atc_1?owner=ann')?.id; // 'atc_1'
 * attachmentRoute('/playground'); // undefined
 */
export function attachmentRoute(url: string): AttachmentRoute | undefined {
  const end = url.indexOf('?');
  const path = end === -1 ? url : url.slice(0, end);
  const match = PATH.exec(path);
  if (match?.index !== 0) return undefined;
  return routeOf(match, end === -1 ? '' : url.slice(end));
}

/** The same for a whole URL, whose mount is not known. */
export function attachmentRouteAnywhere(url: string): AttachmentRoute | undefined {
  const { pathname, search } = new URL(url);
  const match = PATH.exec(pathname);
  return match === null ? undefined : routeOf(match, search);
}

function routeOf([, id]: RegExpExecArray, search: string): AttachmentRoute {
  return { id: id === '' ? undefined : id, query: new URLSearchParams(search) };
}
