import type { Stream } from '../stream';
import { ANNOTATIONS } from './annotations';
import { FAILURES } from './failures';
import { IMAGES } from './images';
import { MESSAGES } from './messages';
import { PLAIN } from './plain';
import { REASONING } from './reasoning';
import { GUARDRAILS, TOOLS } from './tools';
import { WORKFLOWS } from './workflows';

/** All streams, by what they are about. */
export const FAMILIES: Readonly<Record<string, readonly Stream[]>> = {
  messages: MESSAGES,
  annotations: ANNOTATIONS,
  reasoning: REASONING,
  images: IMAGES,
  workflows: WORKFLOWS,
  tools: TOOLS,
  guardrails: GUARDRAILS,
  failures: FAILURES,
  'models that give only text': PLAIN,
};
