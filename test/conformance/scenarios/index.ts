import type { Scenario } from '../language';
import { actions } from './actions';
import { attachments } from './attachments';
import { cancellation } from './cancellation';
import { clientTools } from './client-tools';
import { errors } from './errors';
import { events } from './events';
import { feedbackAndDictation } from './feedback-and-dictation';
import { items } from './items';
import { messages } from './messages';
import { pages } from './pages';
import { parsing } from './parsing';
import { retries } from './retry';
import { structuredInput } from './structured-input';
import { threads } from './threads';
import { updates } from './updates';
import { widgets } from './widgets';
import { workflows } from './workflows';

/** All scenarios, by family; each family's transcripts are in a file of its name. */
export const FAMILIES: Readonly<Record<string, readonly Scenario[]>> = {
  actions,
  attachments,
  cancellation,
  'client-tools': clientTools,
  errors,
  events,
  'feedback-and-dictation': feedbackAndDictation,
  items,
  messages,
  pages,
  parsing,
  retry: retries,
  'structured-input': structuredInput,
  threads,
  updates,
  widgets,
  workflows,
};
