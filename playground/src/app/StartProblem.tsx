import { useEffect, useState } from 'react';
import { ask, type PageConfig, type StartupProblem } from '../data/own-api';

/** Shown if the page cannot start. */
export function StartProblem({ text }: { text: string }) {
  return (
    <main className="start-problem" role="alert">
      <h1>The playground cannot start</h1>
      <p>{text}</p>
      <button type="button" className="text-button primary" onClick={() => location.reload()}>
        Try again
      </button>
    </main>
  );
}

interface StartupProblemsProps {
  problems: readonly StartupProblem[];
  /** Called when the server's configuration has changed. */
  onConfig: (config: PageConfig) => void;
}

/** How often the server is asked again, in milliseconds. */
const PAUSE = 1_000;

/** All startup problems of the server, until they are fixed. */
export function StartupProblems({ problems, onConfig }: StartupProblemsProps) {
  const [isAway, setAway] = useState(false);
  useEffect(() => {
    const timer = setInterval(() => {
      ask<PageConfig>('config').then(
        (config) => {
          setAway(false);
          onConfig(config);
        },
        () => setAway(true), // the server is restarting, or has stopped
      );
    }, PAUSE);
    return () => clearInterval(timer);
  }, [onConfig]);
  return (
    <main className="start-problem" role="alert">
      <h1>The chat does not start</h1>
      <ol className="startup-problems">
        {problems.map(({ where = '', message, fix }) => (
          <li key={`${where} ${message}`}>
            {where !== '' && <code>{where}</code>}
            <p>{message}</p>
            {fix !== undefined && <pre>{fix}</pre>}
          </li>
        ))}
      </ol>
      <p>
        {isAway
          ? 'The server does not answer. Trying again…'
          : 'The page continues automatically when these problems are fixed.'}
      </p>
    </main>
  );
}
