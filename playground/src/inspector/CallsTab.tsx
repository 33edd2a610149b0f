import { useChat } from '../state/contexts';
import { useStore } from '../state/store';
import { JsonView } from '../ui/JsonView';
import { widgetNotes } from '../widgets/widget-notes';

/** Client effects and actions for the page, and problems in rendered widgets. */
export function CallsTab() {
  const { calls } = useChat();
  const notes = useStore(widgetNotes);
  return (
    <>
      {calls.length + notes.length === 0 && (
        <p className="empty">No client effects, and no problems in widgets.</p>
      )}
      <ol className="requests">
        {calls.toReversed().map((call) => (
          <li key={call.id} className="request">
            <details>
              <summary className="request-title">
                <code>{call.name}</code>
                <span className="request-action">
                  {call.kind === 'effect' ? 'client effect' : 'client action'}
                </span>
              </summary>
              <JsonView value={call.data ?? null} label={`Data of ${call.name}`} />
            </details>
          </li>
        ))}
      </ol>
      {notes.length > 0 && (
        <section aria-label="Notes on widgets">
          <h3>Widgets</h3>
          <ul className="notes">
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
