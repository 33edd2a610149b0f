import type { UserMessageContent } from 'chatkit-controllers/client';
import { useConfig, useWorkspace } from '../state/contexts';
import { WidgetIcon } from '../icons/WidgetIcon';

/** Shown before the first message. */
export function StartScreen() {
  const { chat } = useWorkspace();
  const { startScreen } = useConfig().options;
  const send = (prompt: unknown): void => {
    const content = typeof prompt === 'string' ? prompt : (prompt as UserMessageContent[]);
    const text = typeof content === 'string' ? content : content.map((part) => part.text).join('');
    void chat.send({ content }, { text, attachments: [] });
  };
  return (
    <div className="start-screen">
      <h2>{startScreen?.greeting ?? 'What can I help with today?'}</h2>
      <ul>
        {(startScreen?.prompts ?? []).map(({ label, prompt, icon }) => (
          <li key={label}>
            <button type="button" onClick={() => send(prompt)}>
              {icon !== undefined && <WidgetIcon name={icon} size={18} />}
              {label}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
