import type { AttachmentService, CorsOptions } from '../app';
import { serialiseAttachment } from '../protocol';
import type { AttachmentRoute } from './attachment-route';
import { contentDisposition } from './content-disposition';
import { corsHeaders, preflightHeaders, type HeaderReader } from './cors';
import { assertMayUpload } from './foreign-page';
import { emptyAnswer, jsonAnswer, type Answering, type HttpAnswer } from './http-answer';
import { MethodNotAllowedError } from './http-error';
import { incomingFile } from './incoming-file';
import { untilAborted } from './until-aborted';

const DIRECT_METHODS = 'POST, OPTIONS';
const LINK_METHODS = 'GET, HEAD, POST, PUT, OPTIONS';

/**
 * Serves uploads (`POST` to `/attachments`; `POST` or `PUT` to an upload URL) and previews (`GET` or
 * `HEAD` to a preview URL).
 *
 * @throws ChatError to be answered instead
 */
export async function answerAttachment<TRequest>(
  service: AttachmentService<TRequest>,
  { id, query }: AttachmentRoute,
  { request, requestId }: Answering<TRequest>,
  cors: CorsOptions | undefined,
): Promise<HttpAnswer> {
  const { native, method, header } = request;
  const allow = id === undefined ? DIRECT_METHODS : LINK_METHODS;
  const openFile = (signal: AbortSignal) =>
    incomingFile(header, () => untilAborted(request.bytes(), signal), { raw: id !== undefined });
  if (method === 'OPTIONS') {
    return emptyAnswer(204, { ...preflightHeaders(cors, header, allow), allow });
  }
  if (id === undefined && method === 'POST') {
    assertMayUpload(cors, header);
    return jsonAnswer(serialiseAttachment(await service.uploadDirect(native, { requestId, openFile })));
  }
  if (id !== undefined && (method === 'POST' || method === 'PUT')) {
    return jsonAnswer(serialiseAttachment(await service.uploadTo(id, query, { requestId, openFile })));
  }
  if (id !== undefined && (method === 'GET' || method === 'HEAD')) {
    const { attachment, file } = await service.preview(id, query);
    const etag = `"${id}"`; // the bytes of an id never change
    const headers = { ...previewHeaders(cors, header), etag };
    if (header('if-none-match') === etag) return emptyAnswer(304, headers);
    return {
      status: 200,
      headers: {
        ...headers,
        'content-type': attachment.mime_type,
        'content-length': String(file.size),
        'content-disposition': contentDisposition('inline', attachment.name),
      },
      body: method === 'HEAD' ? { kind: 'none' } : { kind: 'bytes', bytes: file.stream() },
    };
  }
  throw new MethodNotAllowedError(`This path takes ${allow}.`, allow);
}

/**
 * Files are untrusted: whatever their type, they must not run as a page of this site. Access is granted
 * by the signed URL, so pages of any origin may show them.
 */
function previewHeaders(cors: CorsOptions | undefined, header: HeaderReader): Record<string, string> {
  return {
    'access-control-allow-origin': '*',
    ...corsHeaders(cors, header),
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    'cache-control': 'private, max-age=3600',
  };
}
