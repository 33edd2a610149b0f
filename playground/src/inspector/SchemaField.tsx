import { useId, useState } from 'react';
import type { Schema } from './handlers';
import { resolved, sampleOf, typeOf } from './schema';

interface SchemaFieldProps {
  label: string;
  schema: Schema;
  /** The whole schema, to which references lead. */
  root: Schema;
  value: unknown;
  onChange: (value: unknown) => void;
  isRequired?: boolean;
}

/** A field of a form for whatever a JSON Schema says. */
export function SchemaField(props: SchemaFieldProps) {
  const schema = resolved(props.schema, props.root);
  switch (typeOf(schema)) {
    case 'object':
      return schema.properties === undefined ? (
        <JsonField {...props} />
      ) : (
        <ObjectField {...props} schema={schema} />
      );
    case 'array':
      return <ArrayField {...props} schema={schema} />;
    case 'enum':
      return <EnumField {...props} schema={schema} />;
    case 'boolean':
      return <BooleanField {...props} />;
    case 'string':
    case 'number':
    case 'integer':
      return <TextField {...props} schema={schema} />;
    default:
      return <JsonField {...props} />;
  }
}

function ObjectField({ label, schema, root, value, onChange }: SchemaFieldProps) {
  const fields = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const set = (name: string, next: unknown): void => {
    const others = Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name));
    onChange(next === undefined ? others : { ...others, [name]: next });
  };
  return (
    <fieldset className="schema-object">
      <legend>{label}</legend>
      {Object.entries(schema.properties ?? {}).map(([name, property]) => (
        <SchemaField
          key={name}
          label={name}
          schema={property}
          root={root}
          value={fields[name]}
          onChange={(next) => set(name, next)}
          isRequired={schema.required?.includes(name) ?? false}
        />
      ))}
    </fieldset>
  );
}

function ArrayField({ label, schema, root, value, onChange }: SchemaFieldProps) {
  const entries: unknown[] = Array.isArray(value) ? value : [];
  const items = schema.items ?? {};
  return (
    <fieldset className="schema-object">
      <legend>{label}</legend>
      {entries.map((entry, index) => (
        <div key={index} className="schema-entry">
          <SchemaField
            label={`${label} ${String(index + 1)}`}
            schema={items}
            root={root}
            value={entry}
            onChange={(next) => onChange(entries.with(index, next))}
          />
          <button
            type="button"
            className="text-button small"
            onClick={() => onChange(entries.toSpliced(index, 1))}
          >
            Remove
          </button>
        </div>
      ))}
      <button
        type="button"
        className="text-button small"
        onClick={() => onChange([...entries, sampleOf(items, root)])}
      >
        Add
      </button>
    </fieldset>
  );
}

function TextField({ label, schema, value, onChange, isRequired = false }: SchemaFieldProps) {
  const isNumber = typeOf(schema) !== 'string';
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const read = (entered: string): unknown => {
    if (entered === '' && !isRequired) return undefined;
    return isNumber && entered !== '' ? Number(entered) : entered;
  };
  return (
    <label className="stacked">
      <FieldName label={label} isRequired={isRequired} description={schema.description} />
      <input
        className="text-field"
        type={isNumber ? 'number' : 'text'}
        step="any"
        value={text}
        onChange={(event) => onChange(read(event.target.value))}
      />
    </label>
  );
}

function EnumField({ label, schema, value, onChange, isRequired = false }: SchemaFieldProps) {
  const values = schema.enum ?? [];
  return (
    <label className="stacked">
      <FieldName label={label} isRequired={isRequired} description={schema.description} />
      <select
        className="text-field"
        value={values.indexOf(value)}
        onChange={(event) => onChange(values[Number(event.target.value)])}
      >
        {!isRequired && <option value={-1} />}
        {values.map((each, index) => (
          <option key={index} value={index}>
            {String(each)}
          </option>
        ))}
      </select>
    </label>
  );
}

function BooleanField({ label, value, onChange }: SchemaFieldProps) {
  return (
    <label className="choice">
      <input type="checkbox" checked={value === true} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
}

/** Whatever no other field is for, as JSON. */
function JsonField({ label, value, onChange }: SchemaFieldProps) {
  const [text, setText] = useState(() => JSON.stringify(value ?? {}, undefined, 2));
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const id = useId();
  return (
    <div className="stacked">
      <label htmlFor={id}>{label} (JSON)</label>
      <textarea
        id={id}
        className="text-field code"
        rows={4}
        spellCheck={false}
        value={text}
        aria-invalid={problem !== undefined}
        onChange={(event) => {
          setText(event.target.value);
          try {
            onChange(JSON.parse(event.target.value) as unknown);
            setProblem(undefined);
          } catch (error) {
            setProblem(String(error));
          }
        }}
      />
      {problem !== undefined && <p className="field-problem">{problem}</p>}
    </div>
  );
}

function FieldName({
  label,
  isRequired,
  description,
}: {
  label: string;
  isRequired: boolean;
  description: string | undefined;
}) {
  return (
    <span>
      {label}
      {!isRequired && <small> optional</small>}
      {description !== undefined && <small> {description}</small>}
    </span>
  );
}
