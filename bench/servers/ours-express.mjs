import { chatkit } from 'chatkit-controllers/express';
import express from 'express';
import { PATH } from '../workload.mjs';
import { options, reset, storedTypes } from './memory.mjs';
import { serve } from './serve.mjs';

const app = express();
app.use(PATH, chatkit(options));

serve({ listener: app, reset, storedTypes });
