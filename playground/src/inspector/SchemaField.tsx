import { useId, useState } from 'react';
import type { Schema } from './handlers';
import { choicesOf, fits, isReference, nameOf, resolved, sampleOf, typeOf } from './schema';
import { BooleanField, EnumField, JsonField, TextField } from './SchemaInputs';

export interface SchemaFieldProps {
  label: string;
  schema: Schema;
  /** The root schema, in which references are resolved. */
  root: Schema;
  value: unknown;
  onChange: (value: unknown) => void;
  isRequired?: boolean;
}

/** A form field for a JSON Schema. */
export function SchemaField(props: SchemaFieldProps) {
  const schema = resolved(props.schema, props.root);
  const choices = choicesOf(schema, props.root);
  if (choices.length > 0) return <ChoiceField {...props} choices={choices} />;
  if (typeOf(schema) === 'object' && isReference(props.schema)) {
    return <ReferredField {...props} schema={schema} />;
  }
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

/** A field for a union of schemas. */
function ChoiceField({ choices, ...props }: SchemaFieldProps & { choices: readonly Schema[] }) {
  const { label, root, value, onChange } = props;
  const [chosen, setChosen] = useState(() =>
    Math.max(
      0,
      choices.findIndex((choice) => fits(choice, value, root)),
    ),
  );
  const id = useId();
  const schema = choices[chosen] ?? {};
  return (
    <div className="schema-choice">
      <label className="stacked" htmlFor={id}>
        {label}: kind
      </label>
      <select
        id={id}
        className="text-field"
        value={chosen}
        onChange={(event) => {
          const next = Number(event.target.value);
          setChosen(next);
          onChange(sampleOf(choices[next] ?? {}, root));
        }}
      >
        {choices.map((choice, index) => (
          <option key={index} value={index}>
            {nameOf(choice, root) ?? String(index + 1)}
          </option>
        ))}
      </select>
      <SchemaField key={chosen} {...props} schema={schema} />
    </div>
  );
}

/** A referenced object, which may contain itself, so it is only shown once the user adds it. */
function ReferredField(props: SchemaFieldProps) {
  const { label, schema, root, value, onChange, isRequired = false } = props;
  if (value === undefined || value === null) {
    return (
      <button type="button" className="text-button small" onClick={() => onChange(sampleOf(schema, root))}>
        Add {label}
      </button>
    );
  }
  return (
    <div className="schema-choice">
      <ObjectField {...props} />
      {!isRequired && (
        <button type="button" className="text-button small" onClick={() => onChange(undefined)}>
          Remove {label}
        </button>
      )}
    </div>
  );
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
