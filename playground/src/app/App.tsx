import { useEffect, useMemo, useRef, useState } from 'react';
import { ask, type PageConfig } from '../data/own-api';
import { ConfigContext, OptionsContext } from '../state/contexts';
import { Shell } from './Shell';
import { StartProblem, StartupProblems } from './StartProblem';
import { applyTheme } from './theme';
import { useEditedOptions } from './use-edited-options';

/** Loads the page's configuration from the server, and shows the playground. */
export function App() {
  const [config, setConfig] = useState<PageConfig | undefined>(undefined);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  useEffect(() => {
    ask<PageConfig>('config').then(setConfig, (error: unknown) =>
      setProblem(error instanceof Error ? error.message : String(error)),
    );
  }, []);
  const started = useRef<PageConfig>(undefined);
  if (config?.problems.length === 0) started.current = config;
  if (problem !== undefined) return <StartProblem text={problem} />;
  if (config === undefined) return null;
  const isBroken = config.problems.length > 0;
  return (
    <>
      {isBroken && <StartupProblems problems={config.problems} onConfig={setConfig} />}
      {/* Stays mounted when a restart fails, so that log, drafts and panels are kept. */}
      {started.current !== undefined && (
        <div className="started" hidden={isBroken}>
          <Started given={started.current} onConfig={setConfig} />
        </div>
      )}
    </>
  );
}

interface StartedProps {
  /** The server's configuration, which may change after a restart. */
  given: PageConfig;
  onConfig: (config: PageConfig) => void;
}

function Started({ given, onConfig }: StartedProps) {
  const editing = useEditedOptions(given.options);
  const { options } = editing;
  const config = useMemo(() => ({ ...given, options }), [given, options]);
  useEffect(() => applyTheme(options), [options]);
  return (
    <OptionsContext value={editing}>
      <ConfigContext value={config}>
        <Shell config={config} onConfig={onConfig} />
      </ConfigContext>
    </OptionsContext>
  );
}
