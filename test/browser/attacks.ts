/** What of a browser's page these functions use; they run there, each on its own. */
declare const navigator: { sendBeacon(url: string, body: unknown): boolean };
declare const document: { createElement(name: string): never; body: { appendChild(element: never): Form } };
declare const XMLHttpRequest: new () => {
  withCredentials: boolean;
  open(method: string, url: string): void;
  send(body: unknown): void;
};
declare const DataTransfer: new () => { files: unknown; items: { add(file: unknown): void } };

interface Form {
  appendChild(element: never): { type: string; name: string; value: string; files: unknown };
  submit(): void;
}

/** What a page does with the address of the chat and a request that it wants to be sent. */
export type Attack = (page: { url: string; body: string }) => unknown;

export const ATTACKS: Record<string, Attack> = {
  'fetch with a blob that has no type': ({ url, body }) =>
    fetch(url, { method: 'POST', mode: 'no-cors', credentials: 'include', body: new Blob([body]) }),
  'fetch with bytes': ({ url, body }) =>
    fetch(url, {
      method: 'POST',
      mode: 'no-cors',
      credentials: 'include',
      body: new TextEncoder().encode(body),
    }),
  'fetch with a stream of bytes in a blob that keepalive sends': ({ url, body }) =>
    fetch(url, {
      method: 'POST',
      mode: 'no-cors',
      credentials: 'include',
      keepalive: true,
      body: new TextEncoder().encode(body).buffer,
    }),
  'fetch with a text': ({ url, body }) =>
    fetch(url, { method: 'POST', mode: 'no-cors', credentials: 'include', body }),
  'a beacon with a blob': ({ url, body }) => navigator.sendBeacon(url, new Blob([body])),
  'a beacon with bytes': ({ url, body }) => navigator.sendBeacon(url, new TextEncoder().encode(body)),
  'a beacon with a text': ({ url, body }) => navigator.sendBeacon(url, body),
  'XMLHttpRequest with a blob': ({ url, body }) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.withCredentials = true;
    request.send(new Blob([body]));
  },
  'a form of plain text': ({ url, body }) => {
    const form = document.body.appendChild(document.createElement('form'));
    Object.assign(form, { action: url, method: 'POST', enctype: 'text/plain' });
    const input = form.appendChild(document.createElement('input'));
    [input.name, input.value] = [`${body.slice(0, -1)},"x":"`, '"}'];
    form.submit();
  },
  'a form of several parts': ({ url, body }) => {
    const form = document.body.appendChild(document.createElement('form'));
    Object.assign(form, { action: url, method: 'POST', enctype: 'multipart/form-data' });
    const input = form.appendChild(document.createElement('input'));
    [input.name, input.value] = ['body', body];
    form.submit();
  },
};

export const UPLOADS: Record<string, Attack> = {
  'fetch with a form': ({ url }) => {
    const body = new FormData();
    body.append('file', new Blob(['hello'], { type: 'text/plain' }), 'a.txt');
    return fetch(`${url}/attachments`, { method: 'POST', mode: 'no-cors', credentials: 'include', body });
  },
  'a form': ({ url }) => {
    const form = document.body.appendChild(document.createElement('form'));
    Object.assign(form, {
      action: `${url}/attachments`,
      method: 'POST',
      enctype: 'multipart/form-data',
    });
    const input = form.appendChild(document.createElement('input'));
    [input.type, input.name] = ['file', 'file'];
    const transfer = new DataTransfer();
    transfer.items.add(new File(['hello'], 'a.txt', { type: 'text/plain' }));
    input.files = transfer.files;
    form.submit();
  },
};

/** What the chat's own page does. */
export const talk = async ({ url, body }: { url: string; body: string }): Promise<[number, string]> => {
  const response = await fetch(url, {
    method: 'POST',
    credentials: 'include',
    headers: { 'content-type': 'application/json' },
    body,
  });
  return [response.status, await response.text()];
};
export const upload = async ({ url }: { url: string }): Promise<[number, string]> => {
  const body = new FormData();
  body.append('file', new Blob(['hello'], { type: 'text/plain' }), 'a.txt');
  const response = await fetch(`${url}/attachments`, { method: 'POST', credentials: 'include', body });
  return [response.status, await response.text()];
};
