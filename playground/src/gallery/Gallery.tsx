import { useMemo, useState } from 'react';
import { FormValues } from '../state/form-values';
import { WidgetHostContext, type WidgetHost } from '../widgets/host';
import { WidgetView } from '../widgets/WidgetView';
import { EXHIBITS, type ComponentExhibit, type Example } from './examples';

/** Every component of ChatKit's widgets, with every prop and value. */
export default function Gallery() {
  const [chosen, setChosen] = useState(EXHIBITS[0]?.type);
  const exhibit = EXHIBITS.find(({ type }) => type === chosen);
  return (
    <main className="gallery" aria-label="Widget gallery">
      <nav aria-label="Components">
        {EXHIBITS.map(({ type }) => (
          <button
            key={type}
            type="button"
            className="chip-button"
            aria-pressed={type === chosen}
            onClick={() => setChosen(type)}
          >
            {type}
          </button>
        ))}
      </nav>
      {exhibit !== undefined && <Exhibit key={exhibit.type} exhibit={exhibit} />}
    </main>
  );
}

function Exhibit({ exhibit: { type, props } }: { exhibit: ComponentExhibit }) {
  const [last, setLast] = useState('');
  const forms = useMemo(() => new FormValues(), []);
  return (
    <div className="exhibit" tabIndex={0} role="region" aria-label={type}>
      <h1>{type}</h1>
      <p className="gallery-action" role="status">
        {last}
      </p>
      {props.map(({ prop, examples }) => (
        <section key={prop} aria-label={`${type}.${prop}`}>
          <h2>{prop}</h2>
          <div className="examples">
            {examples.map((example) => (
              <Shown key={example.id} example={example} forms={forms} onAction={setLast} />
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}

function Shown({
  example,
  forms,
  onAction,
}: {
  example: Example;
  forms: FormValues;
  onAction: (text: string) => void;
}) {
  const host = useMemo<WidgetHost>(
    () => ({
      itemId: example.id,
      running: [],
      fire: (action, payload) => onAction(`${action.type} ${JSON.stringify(payload ?? null)}`),
      field: (name) => forms.field(example.id, name),
    }),
    [example.id, forms, onAction],
  );
  return (
    <figure className="example" data-example={example.id}>
      <div className="example-stage">
        <WidgetHostContext value={host}>
          <WidgetView widget={example.widget} />
        </WidgetHostContext>
      </div>
      <figcaption>{example.label}</figcaption>
    </figure>
  );
}
