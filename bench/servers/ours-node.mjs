import { chatkit } from 'chatkit-controllers/node';
import { options, reset, storedTypes } from './memory.mjs';
import { serve } from './serve.mjs';

serve({ listener: chatkit(options), reset, storedTypes });
