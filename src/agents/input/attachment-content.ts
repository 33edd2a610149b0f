import type { Attachment } from '../../protocol';
import type { InputContent } from './input-item';
import { attachedText, attachmentText } from './texts';

/** The image types that models accept; they refuse a request with others. */
const IMAGES: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
const TEXTS = /^(text\/.+|application\/(json|xml|yaml|x-yaml|javascript|x-ndjson|.+\+(json|xml)))$/;

type Form = 'image' | 'pdf' | 'text';

/** In which form a model can read a file; `undefined` if it cannot. */
export function formOf({ mime_type }: Attachment): Form | undefined {
  const [type = ''] = mime_type.toLowerCase().split(';', 1);
  const kind = type.trim();
  if (IMAGES.has(kind)) return 'image';
  if (kind === 'application/pdf') return 'pdf';
  return TEXTS.test(kind) ? 'text' : undefined;
}

/** The content of a file for the model, or without readable bytes, a text that says that there is a file. */
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
      // As text, because every model reads text, but few read text files.
      return { type: 'input_text', text: attachedText(attachment, new TextDecoder().decode(bytes)) };
  }
}

function dataUrl({ mime_type }: Attachment, bytes: Uint8Array): string {
  return `data:${mime_type};base64,${Buffer.from(bytes).toString('base64')}`;
}
