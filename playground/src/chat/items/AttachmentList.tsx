import type { Attachment } from 'chatkit-controllers/client';
import { FileText } from 'lucide-react';
import { ContentImage } from '../../ui/ContentImage';

/** The files of a message. */
export function AttachmentList({ attachments }: { attachments: readonly Attachment[] }) {
  if (attachments.length === 0) return null;
  return (
    <ul className="attachments" aria-label="Attachments">
      {attachments.map((attachment) => (
        <li key={attachment.id}>
          {attachment.type === 'image' ? (
            <ContentImage src={attachment.preview_url} alt={attachment.name} className="attachment-image" />
          ) : (
            <span className="attachment-file">
              <FileText size={18} aria-hidden />
              <span>{attachment.name}</span>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
