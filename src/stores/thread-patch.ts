import { type ThreadMetadata } from '../protocol';
import { type ThreadPatch } from '../store';

/** Named, so that nothing else of an object that a caller passes as a patch gets into the thread. */
const PATCHABLE = ['title', 'status', 'allowed_image_domains'] as const;

/** The stored text of a thread with the patch's fields in it; what is given as `undefined` is gone. */
export function patchText(text: string, patch: ThreadPatch): string {
  const thread = JSON.parse(text) as ThreadMetadata;
  const changes = Object.fromEntries(
    PATCHABLE.filter((field) => field in patch).map((field) => [field, patch[field]]),
  );
  const metadata = { ...thread.metadata, ...patch.metadata };
  return JSON.stringify({ ...thread, ...changes, metadata });
}
