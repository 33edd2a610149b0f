import type { Attachment } from '../../protocol';
import type { InputContent } from './input-item';
import { attachedText, attachmentText } from './texts';

/** The images that models take; they refuse a request that has others. */
const IMAGES: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
const TEXTS = /^(text\/.+|application\/(json|xml|yaml|x-yaml|javascript|x-ndjson|.+\+(json|xml)))$/;

type Form = 'image' | 'pdf' | 'text';

/** How a model can read a file, where it can. */
export function formOf({ mime_type }: Attachment): Form | undefined {
  const [type = ''] = mime_type.toLowerCase().split(';', 1);
  const kind = type.trim();
  if (IMAGES.has(kind)) return 'image';
  if (kind === 'application/pdf') return 'pdf';
  return TEXTS.test(kind) ? 'text' : undefined;
}

/** A file with its content; that there is one, where its bytes or their kind are not to be had. */
export function contentOf(attachment: Attachment, bytes: Uint8Array | undefined): InputContent {
  const form = formOf(attachment);
  if (bytes === undefined || form === undefined) {
    return { type: 'input_text', text: attachmentText(attachment) };
  }
  switch (form) {
    case 'image':
      return { type: 'input_image', image: dataUrl(attachment, bytes), detail: 'auto' };
    case 'pdf':
      return { type: 'input_file', file: dataUrl(attachment, bytes), filename: attachment.name };
    case 'text':
      // As text, since every model reads that, and few read such files.
      return { type: 'input_text', text: attachedText(attachment, new TextDecoder().decode(bytes)) };
  }
}

function dataUrl({ mime_type }: Attachment, bytes: Uint8Array): string {
  return `data:${mime_type};base64,${Buffer.from(bytes).toString('base64')}`;
}
