import { checkHono } from './sample-hono.mjs';

/** The samples with packages of their own. */
export async function checkSamples(packed) {
  await checkHono(packed);
}
