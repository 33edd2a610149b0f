import { isRecord } from '../../protocol';
import { PayloadClasses } from './payload-classes';
import { pascalCase, quoted } from './source-text';

/** What a widget sends, to draft a handler from. */
export interface StubInput {
  readonly name: string;
  readonly sync: boolean;
  /** The payloads sent with this name, including the fields of forms. */
  readonly payloads: readonly unknown[];
}

/** TypeScript code to paste: the payload class as far as the examples show it, then the handler. */
export function handlerStub({ name, sync, payloads }: StubInput): string {
  const classes = new PayloadClasses();
  const payload = payloadOf(classes, name, payloads);
  const options = [sync ? 'sync: true' : '', payload === 'unknown' ? "payload: 'unchecked'" : ''];
  const given = options.filter((option) => option !== '').join(', ');
  const parameter =
    payload === undefined
      ? ''
      : payload === 'unknown'
        ? '@Payload() payload: unknown'
        : `@Payload(${payload}) payload: ${payload}`;
  return [
    ...classes.sources.flatMap((source) => [source, '']),
    `@OnAction(${quoted(name)}${given === '' ? '' : `, { ${given} }`})`,
    `on${pascalCase(name)}(${parameter}) {`,
    sync
      ? '  // Return the changed widget, or nothing.'
      : `  return assistantMessage(${quoted(`${name} is not built yet.`)});`,
    '}',
  ].join('\n');
}

/** The payload type: a class, `unknown`, or `undefined` if there is no payload. */
function payloadOf(classes: PayloadClasses, name: string, payloads: readonly unknown[]): string | undefined {
  const given = payloads.filter((payload) => payload !== undefined);
  if (given.length === 0) return undefined;
  const objects = payloads.map((payload) => payload ?? {});
  if (!objects.every(isRecord)) return 'unknown';
  return classes.add(`${pascalCase(name)}Payload`, objects);
}
