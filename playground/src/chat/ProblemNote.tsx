import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Problem } from '../state/problem';

interface ProblemNoteProps {
  problem: Problem;
  title?: string | undefined;
  /** What can be done about it. */
  children?: ReactNode;
}

/** Tells of a problem, with all that the server said of it. */
export function ProblemNote({ problem, title, children }: ProblemNoteProps) {
  const { message, code, status, issues, requestId } = problem;
  const details = [status, code, requestId].filter((detail) => detail !== undefined).join(' · ');
  return (
    <div className="problem" role="alert">
      <CircleAlert size={18} aria-hidden />
      <div>
        {title !== undefined && <strong>{title}</strong>}
        <p>{message}</p>
        {issues.length > 0 && (
          <ul>
            {issues.map(({ path, message: text }) => (
              <li key={`${path} ${text}`}>
                {path !== '' && <code>{path}</code>} {text}
              </li>
            ))}
          </ul>
        )}
        {details !== '' && <small>{details}</small>}
        {children !== undefined && <div className="problem-actions">{children}</div>}
      </div>
    </div>
  );
}
