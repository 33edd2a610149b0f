import { useMemo, useState } from 'react';
import { useConfig } from '../state/contexts';
import { FormValues } from '../state/form-values';
import { WidgetHostContext, type WidgetHost } from '../widgets/host';
import { WidgetView } from '../widgets/WidgetView';
import { ReportView } from './ReportView';
import { useRendered } from './use-rendered';

const START = JSON.stringify(
  {
    type: 'Card',
    children: [
      { type: 'Title', value: 'Your widget' },
      { type: 'Text', value: 'Paste its JSON, or a .widget file.' },
    ],
  },
  undefined,
  2,
);

/** The widget editor, with a live preview and the handlers of the widget's actions. */
export default function Editor() {
  const { inspects } = useConfig();
  const [source, setSource] = useState(() => sessionStorage.getItem(KEY) ?? START);
  const [data, setData] = useState('{}');
  const [fired, setFired] = useState('');
  const forms = useMemo(() => new FormValues(), []);
  const { isTemplate, widget, report, problem } = useRendered(source, data, inspects);
  const host = useMemo<WidgetHost>(
    () => ({
      itemId: 'editor',
      running: [],
      fire: (action, payload) => setFired(`${action.type} ${JSON.stringify(payload ?? null)}`),
      field: (name) => forms.field('editor', name),
    }),
    [forms],
  );
  const edit = (text: string): void => {
    sessionStorage.setItem(KEY, text);
    setSource(text);
  };
  return (
    <main className="editor" aria-label="Widget editor">
      <div className="editor-sources">
        <label className="stacked">
          Widget JSON, or a .widget file
          <textarea
            className="text-field code"
            spellCheck={false}
            value={source}
            onChange={(event) => edit(event.target.value)}
          />
        </label>
        {isTemplate && (
          <label className="stacked">
            Data
            <textarea
              className="text-field code data"
              spellCheck={false}
              value={data}
              onChange={(event) => setData(event.target.value)}
            />
          </label>
        )}
      </div>
      <div className="editor-result" tabIndex={0} role="region" aria-label="Preview">
        {problem !== undefined && (
          <p role="alert" className="field-problem">
            {problem}
          </p>
        )}
        {widget !== undefined && (
          <WidgetHostContext value={host}>
            <WidgetView widget={widget} />
          </WidgetHostContext>
        )}
        <p role="status" className="gallery-action">
          {fired}
        </p>
        {report !== undefined && <ReportView report={report} />}
      </div>
    </main>
  );
}

const KEY = 'chatkit-playground widget';
