import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Problem } from '../state/problem';

interface ProblemNoteProps {
  problem: Problem;
  title?: string | undefined;
  /** The buttons to fix it. */
  children?: ReactNode;
}

/** Shows a problem with all details from the server. */
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
