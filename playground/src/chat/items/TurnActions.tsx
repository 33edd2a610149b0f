import type { VisibleItem } from 'chatkit-controllers/client';
import { Check, Copy, RotateCw, ThumbsDown, ThumbsUp } from 'lucide-react';
import { useState } from 'react';
import { useChat, useConfig, useWorkspace } from '../../state/contexts';
import { IconButton } from '../../ui/Button';
import { copyText } from '../../ui/copy-text';
import { textOfItem } from '../item-text';

/** The buttons below an answer: copy, rate, retry. */
export function TurnActions({ item }: { item: VisibleItem }) {
  const { chat } = useWorkspace();
  const { options } = useConfig();
  const { thread, feedback, streaming } = useChat();
  const [copied, setCopied] = useState(false);
  const { turn, question } = turnOf(thread.items, item);
  const text = turn
    .map(textOfItem)
    .filter((each) => each !== '')
    .join('\n\n');
  const rated = feedback[item.id];
  const ids = turn.map(({ id }) => id);
  const { feedback: mayRate = true, retry: mayRetry = true } = options.threadItemActions ?? {};
  const isBusy = streaming !== undefined;
  return (
    <div className="turn-actions" role="group" aria-label="About this answer">
      {text !== '' && (
        <IconButton
          icon={copied ? Check : Copy}
          label={copied ? 'Copied' : 'Copy'}
          size={16}
          onClick={() =>
            void copyText(text).then(
              () => setCopied(true),
              () => setCopied(false),
            )
          }
        />
      )}
      {mayRate && (
        <>
          <IconButton
            icon={ThumbsUp}
            label="Good answer"
            size={16}
            filled={rated === 'positive'}
            aria-pressed={rated === 'positive'}
            onClick={() => void chat.rate(ids, 'positive')}
          />
          <IconButton
            icon={ThumbsDown}
            label="Bad answer"
            size={16}
            filled={rated === 'negative'}
            aria-pressed={rated === 'negative'}
            onClick={() => void chat.rate(ids, 'negative')}
          />
        </>
      )}
      {mayRetry && question !== undefined && (
        <IconButton
          icon={RotateCw}
          label="Answer again"
          size={16}
          disabled={isBusy}
          onClick={() => void chat.retry(question.id)}
        />
      )}
    </div>
  );
}

/** The items of an answer, and the message that it answers. */
function turnOf(
  items: readonly VisibleItem[],
  last: VisibleItem,
): { turn: VisibleItem[]; question: VisibleItem | undefined } {
  const end = items.findIndex(({ id }) => id === last.id);
  const before = items.slice(0, end + 1);
  const start = before.findLastIndex(({ type }) => type === 'user_message');
  return { turn: before.slice(start + 1), question: before[start] };
}
