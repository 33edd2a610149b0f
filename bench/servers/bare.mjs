/* (a) The least that a node:http server can do: everything at once, in one write. */
import { find, frame, reset, select, SSE_HEADERS, store, storedTypes, withBody } from './plain.mjs';
import { serve } from './serve.mjs';

const listener = withBody(({ params }, res) => {
  const found = find(params);
  const id = params.action.payload?.id;
  if (found === undefined || typeof id !== 'string') {
    res.writeHead(404).end();
    return;
  }
  let text = '';
  for (const event of select(found, id)) {
    if (store(found, event)) text += frame(event);
  }
  res.writeHead(200, SSE_HEADERS).end(text);
});

serve({ listener, reset, storedTypes });
