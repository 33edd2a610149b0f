import { useEffect, useState } from 'react';
import { ask, type PageConfig } from '../data/own-api';
import { ConfigContext } from '../state/contexts';
import { startTheme } from './theme';
import { Shell } from './Shell';

/** Asks the server what there is, and shows it. */
export function App() {
  const [config, setConfig] = useState<PageConfig | undefined>(undefined);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  useEffect(() => {
    ask<PageConfig>('config').then(
      (found) => {
        startTheme(found.options);
        setConfig(found);
      },
      (error: unknown) => {
        startTheme({});
        setProblem(error instanceof Error ? error.message : String(error));
      },
    );
  }, []);
  if (problem !== undefined) {
    return (
      <main className="start-problem" role="alert">
        <h1>The playground cannot start</h1>
        <p>{problem}</p>
        <button type="button" className="text-button primary" onClick={() => location.reload()}>
          Try again
        </button>
      </main>
    );
  }
  if (config === undefined) return null;
  return (
    <ConfigContext value={config}>
      <Shell config={config} />
    </ConfigContext>
  );
}
