import { literal } from './literal';

/** Options as code for the server. */
export function asCode(options: object): string {
  return `playground({\n  chat,\n  options: ${literal(options, '  ')},\n})`;
}
