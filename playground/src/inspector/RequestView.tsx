import { ChevronRight, Terminal, FlaskConical } from 'lucide-react';
import { useId, useState } from 'react';
import { useConfig } from '../state/contexts';
import type { LoggedRequest } from '../data/logged-request';
import { CopyButton } from '../ui/CopyButton';
import { JsonView } from '../ui/JsonView';
import { EventRow } from './EventRow';
import { asCurl } from './as-curl';
import { asTest } from './copied-test/as-test';
import { kilobytes } from '../ui/kilobytes';
import { parsed } from './parsed';
import { useHandler } from './use-handler';

interface RequestViewProps {
  request: LoggedRequest;
  /** The requests before it, in the order in which they were sent. */
  earlier: () => readonly LoggedRequest[];
  needle: string;
  /** Prepares a request for copying: removes secrets, unless the user keeps them. */
  ready: (request: LoggedRequest) => LoggedRequest;
}

/** One request, its response, and the handler that answered it. */
export function RequestView({ request, earlier, needle, ready }: RequestViewProps) {
  const [isOpen, setOpen] = useState(false);
  const { inspects } = useConfig();
  const id = useId();
  const { operation, status, began, ended, size, events, failure } = request;
  const isFailed = failure !== undefined || (status ?? 200) >= 400;
  const shown = needle === '' ? events : events.filter(({ text }) => text.toLowerCase().includes(needle));
  return (
    <li className="request" data-operation={operation} data-failed={isFailed || undefined}>
      <button
        type="button"
        className="request-title"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <ChevronRight size={14} aria-hidden className={isOpen ? 'open' : ''} />
        <code>{operation}</code>
        {actionOf(request) !== undefined && <span className="request-action">{actionOf(request)}</span>}
        <span className="request-facts">
          {status ?? '…'} · {ended === undefined ? 'running' : `${ended.toFixed(0)} ms`} · {kilobytes(size)}
          {events.length > 0 && ` · ${String(events.length)} ${events.length === 1 ? 'event' : 'events'}`}
        </span>
      </button>
      {isOpen && (
        <div id={id} className="request-body">
          {inspects && <Handler request={request} />}
          <p className="request-times">
            {request.time} · first byte {began === undefined ? '–' : `${began.toFixed(1)} ms`}
            {request.requestId !== undefined && ` · ${request.requestId}`}
          </p>
          <div className="request-tools">
            <CopyButton label="Copy as curl" icon={Terminal} text={() => asCurl(ready(request))} />
            <CopyButton
              label="Copy as test"
              icon={FlaskConical}
              text={() => asTest(ready(request), earlier().map(ready))}
            />
          </div>
          <details>
            <summary>Request</summary>
            <JsonView value={parsed(request.body)} label="The request as JSON" />
          </details>
          {request.answer !== undefined && (
            <JsonView value={parsed(request.answer)} label="The answer as JSON" />
          )}
          {request.forgotten !== undefined && (
            <p className="request-times">{request.forgotten} earlier events are no longer kept.</p>
          )}
          <ol className="events">
            {shown.map((event, index) => (
              <EventRow key={index} event={event} />
            ))}
          </ol>
          {failure !== undefined && <p className="field-problem">{failure}</p>}
        </div>
      )}
    </li>
  );
}

function Handler({ request }: { request: LoggedRequest }) {
  const handler = useHandler(request);
  return (
    <p className="request-handler">
      Handler: <code>{handler ?? 'none'}</code>
    </p>
  );
}

function actionOf({ body }: LoggedRequest): string | undefined {
  const { params } = parsed(body) as { params?: { action?: { type?: unknown } } };
  const type = params?.action?.type;
  return typeof type === 'string' ? type : undefined;
}
