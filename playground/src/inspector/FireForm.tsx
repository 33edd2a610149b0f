import { useId, useState, type SubmitEvent } from 'react';
import { useChat, useWorkspace } from '../state/contexts';
import { NO_SENDER } from '../state/fire-action';
import type { HandlerInfo } from './handlers';
import { sampleOf } from './schema';
import { SchemaField } from './SchemaField';

/** Sends an action by hand, with a payload from a form made from its schema. */
export function FireForm({ handler }: { handler: HandlerInfo }) {
  const { chat } = useWorkspace();
  const { threadId, thread, actionProblems } = useChat();
  const schema = handler.payload ?? {};
  const [name, setName] = useState(nameOf(handler.patterns[0] ?? ''));
  const [payload, setPayload] = useState<unknown>(() =>
    handler.payload === undefined ? undefined : sampleOf(schema, schema),
  );
  const [sender, setSender] = useState('');
  const id = useId();
  const widgets = thread.items.filter(({ type }) => type === 'widget');
  const problem = actionProblems[sender === '' ? NO_SENDER : sender];
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const streaming = handler.kind === 'action';
    void chat.fire({
      action: { type: name, streaming },
      payload,
      itemId: sender === '' ? NO_SENDER : sender,
      path: 'inspector',
      auto: 'none',
    });
  };
  return (
    <form className="fire-form" onSubmit={submit} aria-label={`Fire ${handler.patterns.join(', ')}`}>
      <label className="stacked">
        Action
        <input
          className="text-field"
          value={name}
          required
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      {handler.payload !== undefined && (
        <SchemaField
          label="Payload"
          isRequired
          schema={schema}
          root={schema}
          value={payload}
          onChange={setPayload}
        />
      )}
      <label className="stacked" htmlFor={id}>
        Sender
        <select
          id={id}
          className="text-field"
          value={sender}
          onChange={(event) => setSender(event.target.value)}
        >
          <option value="">None</option>
          {widgets.map((item) => (
            <option key={item.id} value={item.id}>
              {item.type === 'widget' ? item.widget.type : ''} {item.id.slice(0, 12)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className="text-button primary" disabled={threadId === undefined}>
        Fire
      </button>
      {threadId === undefined && <p className="empty">Open a thread first: actions belong to one.</p>}
      {problem !== undefined && (
        <p role="alert" className="field-problem">
          {problem.message} {problem.issues.map(({ path, message }) => `${path}: ${message}`).join('; ')}
        </p>
      )}
    </form>
  );
}

/** A first name that matches a pattern. */
function nameOf(pattern: string): string {
  return pattern.startsWith('/') ? '' : pattern.replaceAll('**', 'any').replaceAll('*', 'any');
}
