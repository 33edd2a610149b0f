import { useConfig, useWorkspace } from '../../state/contexts';
import { upload } from '../../data/upload';
import { chatUrl } from '../../data/own-api';
import type { DraftFile } from '../../state/draft';
import { kilobytes } from '../../ui/kilobytes';
import type { AttachmentOptions } from '../../data/page-options';

const MAX_SIZE = 100 * 1024 * 1024;
const MAX_COUNT = 10;
let count = 0;

/** Adds files to the draft and uploads them. */
export function useUploads(): { add: (files: readonly File[]) => void; remove: (key: string) => void } {
  const { client, draft, headers } = useWorkspace();
  const config = useConfig();
  const options = config.options.composer?.attachments ?? {};
  const strategy = config.options.api?.uploadStrategy ?? { type: 'two_phase' as const };
  const change = (key: string, changes: Partial<DraftFile>): void =>
    draft.update((each) => ({
      ...each,
      files: each.files.map((file) => (file.key === key ? { ...file, ...changes } : file)),
    }));
  const begin = (file: File): void => {
    const key = `file-${String(++count)}`;
    const problem = refusal(file, options, draft.get().files.length);
    const entry: DraftFile = {
      key,
      name: file.name,
      size: file.size,
      type: file.type,
      progress: 0,
      attachment: undefined,
      problem,
      cancel: () => undefined,
    };
    draft.update((each) => ({ ...each, files: [...each.files, entry] }));
    if (problem !== undefined) return;
    const running = upload({
      client,
      strategy,
      headers,
      chatUrl: chatUrl(config),
      file,
      onProgress: (progress) => change(key, { progress }),
    });
    change(key, { cancel: () => running.cancel() });
    running.done.then(
      (attachment) => change(key, { attachment, progress: 1 }),
      (error: unknown) => change(key, { problem: error instanceof Error ? error.message : String(error) }),
    );
  };
  return {
    add: (files) => files.forEach(begin),
    remove(key) {
      const file = draft.get().files.find((each) => each.key === key);
      draft.update((each) => ({ ...each, files: each.files.filter((other) => other.key !== key) }));
      file?.cancel();
      if (file?.attachment !== undefined)
        void client.attachments.delete(file.attachment.id).catch(() => undefined);
    },
  };
}

/** The reason why ChatKit's options do not allow a file. */
function refusal(
  file: File,
  { maxSize, maxCount = MAX_COUNT, accept }: AttachmentOptions,
  already: number,
): string | undefined {
  if (already >= maxCount) return `A message takes ${String(maxCount)} files at most.`;
  const limit = typeof maxSize === 'object' ? sizeFor(file.type, maxSize) : (maxSize ?? MAX_SIZE);
  if (file.size > limit) return `It is larger than ${kilobytes(limit)}.`;
  if (accept !== undefined && !isAccepted(file, accept)) return 'Files of this type are not accepted.';
  return undefined;
}

function sizeFor(type: string, sizes: Record<string, number>): number {
  const found = Object.entries(sizes).find(([pattern]) => matches(type, pattern));
  return found?.[1] ?? sizes['*'] ?? sizes[''] ?? MAX_SIZE;
}

function isAccepted({ type, name }: File, accept: Record<string, string[]>): boolean {
  return Object.entries(accept).some(
    ([pattern, extensions]) =>
      matches(type, pattern) ||
      extensions.some((extension) => name.toLowerCase().endsWith(extension.toLowerCase())),
  );
}

function matches(type: string, pattern: string): boolean {
  return (
    pattern === type || pattern === '*/*' || (pattern.endsWith('/*') && type.startsWith(pattern.slice(0, -1)))
  );
}
