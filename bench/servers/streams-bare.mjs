/* (a) A loop of `res.write` that waits for the socket when it is full. */
import { once } from 'node:events';
import { frame, reset, SSE_HEADERS, storedTypes, withBody } from './plain.mjs';
import { serve } from './serve.mjs';
import { added, delta, DELTAS } from './streams.mjs';

const listener = withBody(async ({ params }, res) => {
  res.writeHead(200, SSE_HEADERS);
  res.write(frame(added(params.thread_id)));
  if (params.action.type === 'stream.idle') return;
  for (let number = 0; number < DELTAS; number += 1) {
    if (!res.write(frame(delta(number)))) await once(res, 'drain');
  }
  res.end();
});

serve({ listener, reset, storedTypes });
