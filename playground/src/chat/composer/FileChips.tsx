import { FileText, X } from 'lucide-react';
import type { DraftFile } from '../../state/draft';
import { IconButton } from '../../ui/Button';

/** The files of the draft, with the progress of their uploads. */
export function FileChips({
  files,
  onRemove,
}: {
  files: readonly DraftFile[];
  onRemove: (key: string) => void;
}) {
  if (files.length === 0) return null;
  return (
    <ul className="file-chips" aria-label="Files">
      {files.map(({ key, name, progress, attachment, problem }) => (
        <li key={key} className={problem === undefined ? '' : 'failed'}>
          <FileText size={16} aria-hidden />
          <span className="file-name">
            {name}
            {problem !== undefined && <small role="alert">{problem}</small>}
          </span>
          {attachment === undefined && problem === undefined && (
            <progress max={1} value={progress} aria-label={`Upload of ${name}`} />
          )}
          <IconButton icon={X} label={`Remove ${name}`} size={14} onClick={() => onRemove(key)} />
        </li>
      ))}
    </ul>
  );
}
