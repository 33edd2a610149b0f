import { useMemo } from 'react';
import { LabelsContext, labelsIn } from './labels';
import { ComponentsContext, Node } from './Node';
import { COMPONENTS } from './registry';

/** A whole widget. */
export function WidgetView({ widget }: { widget: unknown }) {
  const labels = useMemo(() => labelsIn(widget), [widget]);
  return (
    <ComponentsContext value={COMPONENTS}>
      <LabelsContext value={labels}>
        <Node component={widget} path="" />
      </LabelsContext>
    </ComponentsContext>
  );
}
