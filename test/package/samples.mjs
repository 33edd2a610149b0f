import { checkHono } from './sample-hono.mjs';
import { checkNest } from './sample-nestjs.mjs';

/** The samples with packages of their own. */
export async function checkSamples(packed) {
  await checkHono(packed);
  await checkNest(packed);
}
