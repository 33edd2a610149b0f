import { Paperclip } from 'lucide-react';
import { useRef } from 'react';
import type { AttachmentOptions } from '../../data/page-options';
import { IconButton } from '../../ui/Button';

export function AttachButton({
  options,
  onFiles,
}: {
  options: AttachmentOptions | undefined;
  onFiles: (files: File[]) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const accept = Object.entries(options?.accept ?? {})
    .flatMap(([type, extensions]) => [type, ...extensions])
    .join(',');
  return (
    <>
      <IconButton icon={Paperclip} label="Attach files" onClick={() => input.current?.click()} />
      <input
        ref={input}
        type="file"
        hidden
        multiple
        aria-label="Files to attach"
        accept={accept === '' ? undefined : accept}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </>
  );
}
