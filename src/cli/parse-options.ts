import { parseArgs } from 'node:util';
import type { Command, Values } from './command';
import { didYouMean } from './did-you-mean';
import { UsageError } from './usage-error';

export interface Given {
  readonly values: Values;
  readonly positional: string | undefined;
}

/**
 * Parses the options of a command.
 *
 * @throws UsageError that names the option, and a similar one
 */
export function parseOptions({ name, options, positional }: Command, args: readonly string[]): Given {
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    options,
    strict: false, // Node's own messages would not suggest similar names
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) if (token.kind === 'option') assertOption(name, options, token);
  const unexpected = positionals[positional === undefined ? 0 : 1];
  if (unexpected !== undefined) {
    const instead = positional === undefined ? 'takes options only' : `takes one ${positional}`;
    throw new UsageError(`"${unexpected}" was not expected: ${name} ${instead}.`);
  }
  return { values: values as Values, positional: positionals[0] };
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function assertOption(command: string, options: Command['options'], token: OptionToken): void {
  const { name, rawName, value, inlineValue } = token;
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (option === undefined) {
    const hint = didYouMean(name, Object.keys(options), (option) => `--${option}`);
    throw new UsageError(`${command} has no option ${rawName}.${hint}`);
  }
  if (option.type === 'boolean' && value !== undefined) throw new UsageError(`${rawName} takes no value.`);
  const isMissing = value === undefined || (inlineValue !== true && value.startsWith('-')) || value === '';
  if (option.type === 'string' && isMissing) throw new UsageError(`${rawName} needs a value.`);
}
