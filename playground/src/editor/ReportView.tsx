import type { Report } from './use-rendered';

/** The handlers of a widget's actions, and the problems found. */
export function ReportView({ report: { actions, problems } }: { report: Report }) {
  return (
    <section aria-label="Actions">
      <h2>Actions</h2>
      {actions.length === 0 && <p className="empty">This widget sends no actions to the server.</p>}
      <ul className="handlers">
        {actions.map(({ path, action, handler }) => (
          <li key={path} className="report-action">
            <code>{action}</code>
            <span className={handler === null ? 'field-problem' : ''}>{handler ?? 'no handler'}</span>
            <small>{path}</small>
          </li>
        ))}
      </ul>
      {problems.map(({ code, where, message, fix }) => (
        <div key={`${code} ${where}`} className="report-problem">
          <p className="field-problem">
            {where}: {message}
          </p>
          <pre>{fix}</pre>
        </div>
      ))}
    </section>
  );
}
