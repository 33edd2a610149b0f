import { checkHono } from './sample-hono.mjs';
import { checkNest } from './sample-nestjs.mjs';
import { checkViteReact } from './sample-vite-react.mjs';

/** The samples with packages of their own. */
export async function checkSamples(packed) {
  await checkHono(packed);
  await checkNest(packed);
  await checkViteReact(packed);
}
