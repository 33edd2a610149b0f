import { Code } from 'lucide-react';
import { useState } from 'react';
import type { PageOptions } from '../data/page-options';
import { useEditOptions } from '../state/contexts';
import { CopyButton } from '../ui/CopyButton';
import { TextButton } from '../ui/Button';
import { asCode } from './as-code';
import { OPTIONS_SCHEMA } from './options-schema';
import { SchemaField } from './SchemaField';

/** A form for the options of ChatKit's page. Changes take effect at once and can be copied as code. */
export function OptionsTab() {
  const { options, isEdited, edit } = useEditOptions();
  // Resets the fields to the server's options.
  const [round, setRound] = useState(0);
  const set = (name: string, value: unknown): void => {
    const others = Object.entries(options).filter(([key]) => key !== name);
    edit(Object.fromEntries(value === undefined ? others : [...others, [name, value]]));
  };
  return (
    <>
      <div className="inspector-bar">
        <CopyButton label="Copy as code" icon={Code} text={() => asCode(options)} />
        <TextButton
          className="small"
          disabled={!isEdited}
          onClick={() => {
            edit(undefined);
            setRound(round + 1);
          }}
        >
          Back to the server’s
        </TextButton>
      </div>
      <div key={round} className="option-groups">
        {Object.entries(OPTIONS_SCHEMA).map(([name, schema]) => (
          <details key={name} open={name in options}>
            <summary>
              <code>{name}</code>
            </summary>
            <SchemaField
              label={name}
              schema={schema}
              root={schema}
              value={shown(name, options[name as keyof PageOptions])}
              onChange={(value) => set(name, value)}
            />
          </details>
        ))}
      </div>
    </>
  );
}

/** A theme may be a string instead of an object. */
function shown(name: string, value: unknown): unknown {
  return name === 'theme' && typeof value === 'string' ? { colorScheme: value } : value;
}
