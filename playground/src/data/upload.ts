import type { Attachment, ChatKitClient } from 'chatkit-controllers/client';

export type UploadStrategy = { type: 'two_phase' } | { type: 'direct'; uploadUrl: string };

export interface Upload {
  done: Promise<Attachment>;
  cancel(): void;
}

interface UploadParts {
  client: ChatKitClient;
  strategy: UploadStrategy;
  /** The user's headers, for direct uploads. */
  headers: Readonly<Record<string, string>>;
  chatUrl: string;
  file: File;
  /** From 0 to 1. */
  onProgress: (progress: number) => void;
}

/** Uploads a file with the chat's upload strategy; the upload can be cancelled. */
export function upload(parts: UploadParts): Upload {
  const requests: XMLHttpRequest[] = [];
  const controller = new AbortController();
  const done =
    parts.strategy.type === 'direct'
      ? direct(parts, parts.strategy.uploadUrl, requests)
      : twoPhase(parts, requests, controller.signal);
  return {
    done,
    cancel: () => {
      controller.abort();
      for (const request of requests) request.abort();
    },
  };
}

async function direct(
  { file, headers, chatUrl, onProgress }: UploadParts,
  url: string,
  requests: XMLHttpRequest[],
): Promise<Attachment> {
  const form = new FormData();
  form.append('file', file);
  const target = new URL(url, `${chatUrl}/`).href;
  return JSON.parse(
    await send({ method: 'POST', url: target, headers, body: form, onProgress, requests }),
  ) as Attachment;
}

async function twoPhase(
  { client, file, onProgress }: UploadParts,
  requests: XMLHttpRequest[],
  signal: AbortSignal,
): Promise<Attachment> {
  const mime_type = file.type === '' ? 'application/octet-stream' : file.type;
  const attachment = await client.attachments.create(
    { name: file.name, size: file.size, mime_type },
    { signal },
  );
  const { upload_descriptor: target } = attachment;
  if (target !== undefined) {
    await send({
      method: target.method,
      url: target.url,
      headers: target.headers ?? {},
      body: file,
      onProgress,
      requests,
    });
  }
  return attachment;
}

interface Sending {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body: Blob | FormData;
  onProgress: (progress: number) => void;
  requests: XMLHttpRequest[];
}

/** Uses XMLHttpRequest, since `fetch` does not report upload progress. */
function send({ method, url, headers, body, onProgress, requests }: Sending): Promise<string> {
  const request = new XMLHttpRequest();
  requests.push(request);
  return new Promise((resolve, reject) => {
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(request.responseText);
      else
        reject(
          new Error(
            `The upload was answered with ${String(request.status)}: ${request.responseText.slice(0, 300)}`,
          ),
        );
    };
    request.onerror = () => reject(new Error('The upload did not reach the server.'));
    request.onabort = () => reject(new Error('The upload was stopped.'));
    request.send(body);
  });
}
