import { literal } from './literal';

/** Options as they stand in the code of the server. */
export function asCode(options: object): string {
  return `playground({\n  chat,\n  options: ${literal(options, '  ')},\n})`;
}
