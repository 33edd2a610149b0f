import { createServer, type Server } from 'node:http';
import { playground } from '../../playground';
import { forward, type Backend } from './forward';

export const PAGE_PATH = '/playground';
const CHAT_PATH = '/chatkit';

/** Serves the page, and forwards its requests to the backend. */
export function playgroundServer(backend: Backend): Server {
  const { host, origin } = backend.url;
  const page = playground({
    path: PAGE_PATH,
    api: CHAT_PATH,
    images: [host], // previews of attachments
    uploads: [origin],
    enabled: true, // even with NODE_ENV=production, since the user called this command
  });
  return createServer((request, response) => {
    const { url = '/' } = request;
    if (url === '/') response.writeHead(302, { location: `${PAGE_PATH}/` }).end();
    else if (/^\/chatkit(?=[/?]|$)/.test(url)) {
      void forward(backend, url.slice(CHAT_PATH.length), request, response);
    } else page(request, response);
  });
}
