import type { ClientToolCallItem } from 'chatkit-controllers/client';
import { Wrench } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { useChat, useWorkspace } from '../../state/contexts';
import { useStore } from '../../state/store';
import { JsonView } from '../../ui/JsonView';
import { toolReplies } from '../../state/tool-replies';

/** A client tool call. The user enters its result by hand, or an earlier result is sent again. */
export function ClientToolCall({ item }: { item: ClientToolCallItem }) {
  const { name, status } = item;
  return (
    <section className="tool-call" aria-label={`Client tool ${name}`}>
      <header>
        <Wrench size={16} aria-hidden />
        <code>{name}</code>
        <span className={`tool-status ${status}`}>{status}</span>
      </header>
      <JsonView value={item.arguments} label={`Arguments of ${name}`} />
      {status === 'pending' ? (
        <Answer item={item} />
      ) : (
        <>
          <JsonView value={item.output ?? null} label={`Result of ${name}`} />
          <Repeated name={name} />
        </>
      )}
    </section>
  );
}

/** Shown for a tool that is answered automatically; turns that off. */
function Repeated({ name }: { name: string }) {
  const store = toolReplies.of(name);
  if (useStore(store) === undefined) return null;
  return (
    <label className="choice">
      <input type="checkbox" checked onChange={() => store.set(undefined)} />
      Always answer {name} so
    </label>
  );
}

function Answer({ item: { id, name } }: { item: ClientToolCallItem }) {
  const { chat, forms } = useWorkspace();
  const { streaming } = useChat();
  const field = useId();
  const store = forms.field(id, '#result');
  const entered = useStore(store);
  const always = useStore(toolReplies.of(name));
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const text = typeof entered === 'string' ? entered : (always ?? '{}');
  const withResult = (act: (result: unknown) => void): void => {
    try {
      const result: unknown = JSON.parse(text);
      setProblem(undefined);
      act(result);
    } catch (error) {
      setProblem(String(error));
    }
  };
  const send = (): void => withResult((result) => void chat.answerTool(result));
  useEffect(() => {
    if (always !== undefined && streaming === undefined) send();
  }, [always, streaming]);
  return (
    <>
      <label htmlFor={field}>Result, as JSON</label>
      <textarea
        id={field}
        rows={3}
        spellCheck={false}
        value={text}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${field}-problem`}
        onChange={(event) => store.set(event.target.value)}
      />
      {problem !== undefined && (
        <p id={`${field}-problem`} className="field-problem">
          {problem}
        </p>
      )}
      <div className="structured-actions">
        <label className="choice">
          <input
            type="checkbox"
            checked={always !== undefined}
            onChange={(event) => {
              if (event.target.checked) withResult(() => toolReplies.of(name).set(text));
              else toolReplies.of(name).set(undefined);
            }}
          />
          Always answer {name} so
        </label>
        <button
          type="button"
          className="text-button primary"
          disabled={streaming !== undefined}
          onClick={send}
        >
          Send result
        </button>
      </div>
    </>
  );
}
