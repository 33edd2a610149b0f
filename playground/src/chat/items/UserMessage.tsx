import type { UserMessageItem } from 'chatkit-controllers/client';
import { memo } from 'react';
import { AttachmentList } from './AttachmentList';

export const UserMessage = memo(function UserMessage({ item }: { item: UserMessageItem }) {
  const { content, attachments, quoted_text, inference_options } = item;
  const chosen = [inference_options.tool_choice?.id, inference_options.model].filter(
    (each) => each !== undefined,
  );
  const hasText = content.some(({ text }) => text !== '');
  return (
    <>
      <AttachmentList attachments={attachments} />
      {quoted_text !== undefined && <blockquote className="quoted">{quoted_text}</blockquote>}
      {hasText && (
        <div className="bubble">
          {content.map((part, index) =>
            part.type === 'input_tag' ? (
              <span key={index} className="tag" title={JSON.stringify(part.data)}>
                {part.text}
              </span>
            ) : (
              <span key={index}>{part.text}</span>
            ),
          )}
        </div>
      )}
      {chosen.length > 0 && <p className="chosen">{chosen.join(' · ')}</p>}
    </>
  );
});
