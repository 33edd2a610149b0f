import { useEffect, useMemo, useRef } from 'react';
import { theme } from '../app/theme';
import { useStore } from '../state/store';
import { paleTexts } from './contrast';
import { LabelsContext, labelsIn } from './labels';
import { ComponentsContext, Node } from './Node';
import { COMPONENTS } from './registry';
import { note } from './widget-notes';

/** A whole widget. */
export function WidgetView({ widget }: { widget: unknown }) {
  const labels = useMemo(() => labelsIn(widget), [widget]);
  const root = useRef<HTMLDivElement>(null);
  const look = useStore(theme);
  useEffect(() => {
    // Only when the page is idle: while a widget streams, each event renders it again.
    const idle = requestIdleCallback(() => root.current !== null && paleTexts(root.current).forEach(note));
    return () => cancelIdleCallback(idle);
  }, [widget, look]);
  return (
    <ComponentsContext value={COMPONENTS}>
      <LabelsContext value={labels}>
        <div ref={root} className="w-root">
          <Node component={widget} path="" />
        </div>
      </LabelsContext>
    </ComponentsContext>
  );
}
