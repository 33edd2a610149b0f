import { DeveloperError, messageOf, type Issue } from '../../errors';
import type { WidgetRoot } from '../../protocol';
import type { OutputWidget } from './workflow-options';

/** @throws DeveloperError `output_fits_no_widget`, with the agent's name and the fields that do not fit */
export function buildWidget(agent: string, by: OutputWidget, output: unknown): WidgetRoot {
  try {
    return typeof by === 'function' ? by(output) : by.build(output);
  } catch (error) {
    const issues = issuesOf(error);
    const fields = issues?.map(({ path, message }) => `${path}: ${message}`).join('; ');
    throw new DeveloperError(
      'output_fits_no_widget',
      `The output of the agent "${agent}" does not fit its widget. ${fields ?? messageOf(error)}.`,
      'Let the agent’s outputType be the schema of the widget’s data.',
      { cause: error, ...(issues === undefined ? {} : { issues }) },
    );
  }
}

function issuesOf(error: unknown): readonly Issue[] | undefined {
  const issues = error instanceof Error && 'issues' in error ? error.issues : undefined;
  return Array.isArray(issues) && issues.length > 0 ? (issues as readonly Issue[]) : undefined;
}
