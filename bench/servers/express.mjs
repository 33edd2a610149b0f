/* (b) What one writes by hand: Express 5, express.json(), class-validator, an event a write. */
import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import express from 'express';
import { PATH } from '../workload.mjs';
import { find, frame, reset, select, SSE_HEADERS, store, storedTypes } from './plain.mjs';
import { SelectItem } from './select-item.mjs';
import { serve } from './serve.mjs';

const app = express();
app.use(express.json());
app.post(PATH, async (req, res) => {
  const { params } = req.body;
  const found = find(params);
  if (found === undefined) {
    res.sendStatus(404);
    return;
  }
  const payload = plainToInstance(SelectItem, params.action.payload);
  const errors = await validate(payload, { whitelist: true });
  if (errors.length > 0) {
    res.status(422).json(errors);
    return;
  }
  res.set(SSE_HEADERS);
  for (const event of select(found, payload.id)) {
    if (store(found, event)) res.write(frame(event));
  }
  res.end();
});

serve({ listener: app, reset, storedTypes });
