import type { StartupProblem } from '../errors';
import type { ChatKitOptions, CorsOptions } from './options';
import type { RateLimitOptions } from './rate-limit';

/** What values an option accepts, and how an error describes them. */
interface Kind {
  readonly fits: (value: unknown) => boolean;
  readonly give: string;
}

/**
 * Finds options whose value is of a wrong kind. The compiler finds these in literals, but not in values from
 * the environment or from JavaScript: there `actionsFromWidgetOnly: 'true'` would count as false, and a
 * string as `cors.origins` would allow each of its substrings.
 */
export function kindProblems<TRequest, TContext>(
  options: ChatKitOptions<TRequest, TContext>,
): StartupProblem[] {
  const { cors, rateLimit, threads } = options;
  const kinds: readonly (readonly [name: string, value: unknown, kind: Kind])[] = [
    ['context', options.context, FUNCTION],
    ['mode', options.mode, oneOf('development', 'production')],
    ['unknownFields', options.unknownFields, oneOf('drop', 'refuse', 'keep')],
    ['onDisconnect', options.onDisconnect, oneOf('cancel', 'finish')],
    ['health', options.health, oneOf(true, false)],
    ['actionsFromWidgetOnly', options.actionsFromWidgetOnly, oneOf(true, false)],
    ['cors.origins', cors && ((cors as Partial<CorsOptions>).origins ?? null), ORIGINS],
    ['cors.credentials', cors?.credentials, oneOf(true, false)],
    ['threads.concurrency', threads?.concurrency, oneOf('queue', 'reject', 'parallel')],
    ['threads.lock', threads?.lock, withMethods('acquire')],
    [
      'rateLimit.limiter',
      rateLimit && ((rateLimit as Partial<RateLimitOptions>).limiter ?? null),
      withMethods('consume'),
    ],
    ['rateLimit.points', rateLimit?.points, FUNCTION],
    ['rateLimit.fileBytes', rateLimit?.fileBytes, withMethods('consume')],
    ['attachmentStore', options.attachmentStore, withMethods('createAttachment', 'deleteAttachment')],
    ['logger', options.logger, withMethods('debug', 'info', 'warn', 'error')],
    ['telemetry', options.telemetry, withMethods('begin')],
    ['generateId', options.generateId, FUNCTION],
    ['now', options.now, FUNCTION],
  ];
  return kinds
    .filter(([, value, { fits }]) => value !== undefined && !fits(value))
    .map(([name, value, { give }]) => ({
      code: 'bad_option',
      where: '',
      message: `\`${name}\` is ${shown(value)}.`,
      fix: `Give ${give}.`,
    }));
}

const FUNCTION: Kind = { fits: (value) => typeof value === 'function', give: 'a function' };

const ORIGINS: Kind = {
  fits: (value) => value === '*' || Array.isArray(value) || typeof value === 'function',
  give: "an array of origins, such as ['https://shop.example'], a function, or '*'",
};

function oneOf(...allowed: readonly (string | boolean)[]): Kind {
  const words = allowed.map((each) => (typeof each === 'string' ? `'${each}'` : String(each)));
  return { fits: (value) => allowed.includes(value as never), give: words.join(' or ') };
}

function withMethods(...names: readonly string[]): Kind {
  return {
    fits: (value) =>
      typeof value === 'object' &&
      value !== null &&
      names.every((name) => typeof (value as Record<string, unknown>)[name] === 'function'),
    give: `an object with ${names.map((name) => `${name}()`).join(', ')}`,
  };
}

/** Shows strings, numbers and booleans; of other values only the kind, as they may be large or secret. */
function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 60));
  if (value === null) return 'missing';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return Array.isArray(value)
    ? 'an array'
    : typeof value === 'object'
      ? 'an object without that'
      : `a ${typeof value}`;
}
