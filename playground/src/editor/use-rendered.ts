import { useEffect, useState } from 'react';
import { ask } from '../data/own-api';
import { placeOfError } from './json-place';

/** The handlers of a widget's actions, and the problems found. */
export interface Report {
  actions: { path: string; component: string; action: string; handler: string | null }[];
  problems: { code: string; where: string; message: string; fix: string }[];
}

export interface Rendered {
  isTemplate: boolean;
  widget: unknown;
  report: Report | undefined;
  problem: string | undefined;
}

interface TemplateAnswer {
  widget?: unknown;
  report?: Report;
  problem?: { message: string };
}

/** How long to wait after the last key press, in milliseconds. */
const PAUSE = 200;

/** Renders a source: JSON is shown directly, a `.widget` file is rendered by the server. */
export function useRendered(source: string, data: string, inspects: boolean): Rendered {
  const [rendered, setRendered] = useState<Rendered>({
    isTemplate: false,
    widget: undefined,
    report: undefined,
    problem: undefined,
  });
  useEffect(() => {
    let isStale = false;
    const timer = setTimeout(() => {
      render(source, data, inspects).then(
        (result) => {
          if (!isStale) setRendered(result);
        },
        (error: unknown) => {
          // The last valid widget stays, beside the new error.
          if (!isStale)
            setRendered((last) => ({
              ...last,
              report: undefined,
              problem: error instanceof Error ? error.message : String(error),
            }));
        },
      );
    }, PAUSE);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [source, data, inspects]);
  return rendered;
}

async function render(source: string, data: string, inspects: boolean): Promise<Rendered> {
  const parsed = parse(source, 'The widget');
  if (!isTemplate(parsed)) {
    const report = inspects ? await ask<Report>('check', { widgets: [parsed] }) : undefined;
    return { isTemplate: false, widget: parsed, report, problem: undefined };
  }
  const answer = await ask<TemplateAnswer>('template', { definition: parsed, data: parse(data, 'The data') });
  return { isTemplate: true, widget: answer.widget, report: answer.report, problem: answer.problem?.message };
}

function isTemplate(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'template' in value;
}

/** @throws Error that names the invalid line */
function parse(text: string, what: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const place = placeOfError(text) ?? text.length;
    const lines = text.slice(0, place).split('\n');
    const where = `line ${String(lines.length)}, column ${String((lines.at(-1)?.length ?? 0) + 1)}`;
    throw new Error(`${what} is not JSON (${where}): ${String(error)}`, { cause: error });
  }
}
