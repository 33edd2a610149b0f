import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { buffer } from 'node:stream/consumers';

/** A load balancer in small: each request goes to the next of the targets that takes connections. */
export function createProxy(targets: () => readonly string[]): Server {
  let turn = 0;
  return createServer((req, res) => {
    void (async () => {
      const body = await buffer(req); // kept, so that it can be sent to the next target
      const all = targets();
      turn += 1;
      for (const index of all.keys()) {
        const target = all[(turn + index) % all.length];
        if (target !== undefined && (await forward(target, req, body, res))) return;
      }
      res.writeHead(503, { 'retry-after': '1' }).end();
    })().catch(() => res.destroy()); // the client has left while it was sending
  });
}

/** `false` when nothing was sent, since nothing listens there: only then another target may get the request. */
function forward(target: string, req: IncomingMessage, body: Buffer, res: ServerResponse): Promise<boolean> {
  return new Promise((resolve) => {
    const { method, headers, url = '/' } = req;
    const upstream = request(new URL(url, target), { method, headers }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers).flushHeaders(); // events are not waited for
      // Where the answer breaks off, so does ours: the client has to see that it is not whole.
      pipeline(answer, res, () => resolve(true));
    });
    upstream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') {
        resolve(false);
        return;
      }
      if (!res.headersSent) res.writeHead(502).end();
      resolve(true);
    });
    res.on('close', () => upstream.destroy()); // the client's leaving is told to the app
    upstream.end(body);
  });
}
