import { Check, CircleAlert } from 'lucide-react';
import { JsonView } from '../ui/JsonView';
import type { Outcome } from './rerun';

/** The outcome of one request: the same as recorded, or the first difference. */
export function OutcomeNote({ outcome }: { outcome: Outcome | undefined }) {
  if (outcome === undefined) return null;
  const { difference } = outcome;
  if (difference === undefined) {
    return (
      <p className="outcome same" role="status">
        <Check size={14} aria-hidden /> the same
      </p>
    );
  }
  const { event, path, expected, actual } = difference;
  return (
    <div className="outcome" role="alert">
      <p className="field-problem">
        <CircleAlert size={14} aria-hidden />{' '}
        {event === undefined ? 'The answer' : `Event ${String(event + 1)}`} differs
        {path === '' ? '' : ` at ${path}`}
      </p>
      <h3>Recorded</h3>
      <JsonView value={expected ?? 'nothing'} label="What was recorded" />
      <h3>Now</h3>
      <JsonView value={actual ?? 'nothing'} label="What came now" />
    </div>
  );
}
