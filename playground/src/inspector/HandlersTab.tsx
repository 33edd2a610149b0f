import { ChevronRight } from 'lucide-react';
import { useEffect, useState } from 'react';
import { JsonView } from '../ui/JsonView';
import { FireForm } from './FireForm';
import { loadHandlers, type HandlerInfo } from './handlers';

/** All handlers, with a form to send any action. */
export function HandlersTab() {
  const [handlers, setHandlers] = useState<readonly HandlerInfo[] | undefined>(undefined);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [query, setQuery] = useState('');
  useEffect(() => {
    loadHandlers().then(setHandlers, (error: unknown) => setProblem(String(error)));
  }, []);
  if (problem !== undefined) return <p className="field-problem">{problem}</p>;
  const needle = query.trim().toLowerCase();
  const found = (handlers ?? []).filter(({ patterns, where, kind }) =>
    [...patterns, where, kind].join(' ').toLowerCase().includes(needle),
  );
  return (
    <>
      <div className="inspector-bar">
        <input
          type="search"
          className="text-field"
          placeholder="Filter"
          aria-label="Filter handlers"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      </div>
      <ul className="handlers">
        {found.map((handler) => (
          <HandlerRow key={`${handler.kind} ${handler.where} ${handler.patterns.join()}`} handler={handler} />
        ))}
      </ul>
      {handlers !== undefined && found.length === 0 && (
        <p className="empty">No handler matches the filter.</p>
      )}
    </>
  );
}

function HandlerRow({ handler }: { handler: HandlerInfo }) {
  const [isOpen, setOpen] = useState(false);
  const { kind, patterns, where, description, guards, interceptors, payload } = handler;
  const isAction = kind === 'action' || kind === 'sync_action';
  const marks = [
    handler.tool !== undefined && `tool ${handler.tool}`,
    handler.model !== undefined && `model ${handler.model}`,
    handler.signed === true && 'signed',
    handler.once === true && 'once',
    handler.fromWidgetOnly === true && 'from widgets only',
  ].filter((mark) => mark !== false);
  return (
    <li className="handler">
      <button type="button" className="request-title" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <ChevronRight size={14} aria-hidden className={isOpen ? 'open' : ''} />
        <code>{patterns.length === 0 ? kind : patterns.join(', ')}</code>
        {kind === 'sync_action' && <span className="request-action">sync</span>}
        <span className="request-facts">{where}</span>
      </button>
      {isOpen && (
        <div className="request-body">
          {description !== undefined && <p>{description}</p>}
          {[
            ...marks,
            ...guards.map((name) => `guard ${name}`),
            ...interceptors.map((name) => `interceptor ${name}`),
          ].length > 0 && (
            <p className="request-times">
              {[
                ...marks,
                ...guards.map((name) => `guard ${name}`),
                ...interceptors.map((name) => `interceptor ${name}`),
              ].join(' · ')}
            </p>
          )}
          {handler.schemaError !== undefined && <p className="field-problem">{handler.schemaError}</p>}
          {isAction && <FireForm handler={handler} />}
          {payload !== undefined && (
            <details>
              <summary>JSON Schema</summary>
              <JsonView value={payload} label={`Schema of ${patterns.join(', ')}`} />
            </details>
          )}
        </div>
      )}
    </li>
  );
}
