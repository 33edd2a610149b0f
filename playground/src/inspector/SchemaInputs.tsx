import { useId, useState } from 'react';
import type { SchemaFieldProps } from './SchemaField';
import { typeOf } from './schema';

export function TextField({ label, schema, value, onChange, isRequired = false }: SchemaFieldProps) {
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

export function EnumField({ label, schema, value, onChange, isRequired = false }: SchemaFieldProps) {
  const values = schema.enum ?? [];
  return (
    <label className="stacked">
      <FieldName label={label} isRequired={isRequired} description={schema.description} />
      <select
        className="text-field"
        value={values.indexOf(value)}
        onChange={(event) => onChange(values[Number(event.target.value)])}
      >
        {(!isRequired || !values.includes(value)) && <option value={-1} />}
        {values.map((each, index) => (
          <option key={index} value={index}>
            {String(each)}
          </option>
        ))}
      </select>
    </label>
  );
}

export function BooleanField({ label, value, onChange }: SchemaFieldProps) {
  return (
    <label className="choice">
      <input type="checkbox" checked={value === true} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
}

/** A JSON field, for schemas that no other field supports. */
export function JsonField({ label, value, onChange }: SchemaFieldProps) {
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
