import { Dialog } from '../ui/Dialog';
import { PLACE_KEYS, type Shortcut } from './shortcuts';

/** All keyboard shortcuts. */
export function ShortcutsDialog({ own, onClose }: { own: readonly Shortcut[]; onClose: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      <dl className="shortcuts">
        {[...own, ...PLACE_KEYS].map(({ keys, label }) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
