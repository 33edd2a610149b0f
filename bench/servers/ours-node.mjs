import { chatkit } from 'chatkit-controllers/node';
import { options, reset, storedTypes } from './ours.mjs';
import { serve } from './serve.mjs';

serve({ listener: chatkit(options), reset, storedTypes });
