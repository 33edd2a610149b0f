/* (a2) As (a), but events are joined until the turn of the event loop is over, then written. */
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
  let ended = false;
  const flush = () => {
    res.writeHead(200, SSE_HEADERS);
    if (ended) res.end(text);
    else res.write(text);
  };
  for (const event of select(found, id)) {
    if (!store(found, event)) continue;
    if (text === '') setImmediate(flush);
    text += frame(event);
  }
  ended = true;
});

serve({ listener, reset, storedTypes });
