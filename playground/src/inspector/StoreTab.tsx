import type { Page } from 'chatkit-controllers/client';
import { EyeOff, RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { ask } from '../data/own-api';
import { useChat, useWorkspace } from '../state/contexts';
import { useStore } from '../state/store';
import { IconButton } from '../ui/Button';
import { JsonView } from '../ui/JsonView';

interface RawItem {
  id: string;
  type: string;
}

interface Raw {
  thread: unknown;
  items: Page<RawItem>;
}

const HIDDEN = new Set(['hidden_context_item', 'sdk_hidden_context']);

/** The thread's data in the store, including what is never sent to the client. */
export function StoreTab() {
  const { headers, runs, reveal } = useWorkspace();
  const { threadId, thread } = useChat();
  const ended = useStore(runs);
  const [raw, setRaw] = useState<Raw | undefined>(undefined);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    if (threadId === undefined) return;
    let isStale = false;
    loadAll(threadId, headers).then(
      (found) => {
        if (isStale) return;
        setRaw(found);
        setProblem(undefined);
      },
      (error: unknown) => {
        if (!isStale) setProblem(String(error));
      },
    );
    return () => {
      isStale = true;
    };
  }, [threadId, headers, ended, asked]);
  if (threadId === undefined) return <p className="empty">No thread is open.</p>;
  const seen = new Set(thread.items.map(({ id }) => id));
  const items = raw?.items.data ?? [];
  const stored = new Set(items.map(({ id }) => id));
  const unsaved = thread.items.filter(({ id }) => raw !== undefined && !stored.has(id));
  return (
    <>
      <div className="inspector-bar">
        <p>
          {items.length} items, {items.filter(({ type }) => HIDDEN.has(type)).length} hidden
        </p>
        <IconButton icon={RefreshCw} label="Read the store again" onClick={() => setAsked(asked + 1)} />
      </div>
      {problem !== undefined && <p className="field-problem">{problem}</p>}
      <ol className="requests">
        {items.map((item) => (
          <li key={item.id} className="request" data-hidden={HIDDEN.has(item.type) || undefined}>
            <details>
              <summary className="request-title">
                <code>{item.type}</code>
                {HIDDEN.has(item.type) && (
                  <span className="request-action">
                    <EyeOff size={12} aria-hidden /> never sent
                  </span>
                )}
                <span className="request-facts">{item.id.slice(0, 14)}</span>
              </summary>
              <JsonView value={item} label={`The stored ${item.type} as JSON`} />
              {seen.has(item.id) && (
                <button
                  type="button"
                  className="text-button small"
                  onClick={() => reveal.set({ itemId: item.id })}
                >
                  Show in the chat
                </button>
              )}
            </details>
          </li>
        ))}
      </ol>
      {unsaved.length > 0 && (
        <p className="empty">Shown and not stored: {unsaved.map(({ type }) => type).join(', ')}</p>
      )}
      {raw !== undefined && (
        <details>
          <summary>Thread</summary>
          <JsonView value={raw.thread} label="The stored thread as JSON" />
        </details>
      )}
    </>
  );
}

async function loadAll(thread_id: string, headers: Readonly<Record<string, string>>): Promise<Raw> {
  const first = await ask<Raw>('items', { thread_id }, headers);
  const data = [...first.items.data];
  for (let page = first.items; page.has_more && page.after !== undefined && data.length < 2_000;) {
    page = (await ask<Raw>('items', { thread_id, after: page.after }, headers)).items;
    data.push(...page.data);
  }
  return { thread: first.thread, items: { data, has_more: false } };
}
