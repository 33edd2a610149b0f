import type { Request } from 'express';

/** What Express tells of a route; its own types say `any`. */
export interface Route {
  path: unknown;
  stack: readonly { handle: unknown }[];
  methods: Readonly<Record<string, boolean | undefined>>;
}

/**
 * The route (`app.post`, `app.all`, Nest's `@All()`) that has led a request to the chat. `undefined` when
 * the chat was mounted with `app.use`. `req.route` by itself does not tell: it is still there after a route
 * that called `next()`, as `app.all('*', authenticate)` does.
 */
export function routeTo(chat: unknown, req: Request): Route | undefined {
  const route = req.route as Route | undefined;
  if (route === undefined) return undefined;
  if (route.stack.some(({ handle }) => handle === chat)) return route;
  // A handler of a route may call the chat by itself. Then the route fits what is left of the URL.
  const patterns = [route.path].flat();
  const isLiteral = patterns.some((path) => typeof path === 'string' && bare(path) === bare(req.path));
  const hasParameter = Object.keys(req.params).some((name) => isParameterOf(patterns, name));
  return isLiteral || hasParameter ? route : undefined;
}

/** A router of Express, or the handler of a layer, which may be one. */
interface Stack {
  stack?: readonly { readonly handle: Stack; readonly route?: Route | undefined }[];
}

/**
 * All routes of an application that lead to the chat, and whether `app.use` does, as far as Express tells:
 * it does not tell of applications within, nor of handlers that call the chat by themselves.
 */
export function waysTo(chat: unknown, { app }: Request): { routes: readonly Route[]; isUsed: boolean } {
  // Express 4 has `_router`, and throws when it is asked for `router`.
  const { _router: router = app.router } = app as unknown as { _router?: unknown };
  const layers = layersOf(router as Stack);
  return {
    routes: layers.flatMap(({ route }) =>
      route?.stack.some(({ handle }) => handle === chat) === true ? [route] : [],
    ),
    isUsed: layers.some(({ handle }) => handle === chat),
  };
}

function layersOf({ stack = [] }: Stack): NonNullable<Stack['stack']> {
  return stack.flatMap((layer) => [layer, ...(layer.route === undefined ? layersOf(layer.handle) : [])]);
}

/** Whether the chat sees only what is at its route's path, and nothing below it. */
export function isNarrow({ path }: Route): boolean {
  return [path].flat().every((each) => typeof each === 'string' && !/[*(]/.test(each));
}

/** Whether a route answers `OPTIONS` itself. Otherwise Express does, without a word of CORS. */
export function takesOptions({ methods }: Route): boolean {
  return methods['_all'] === true || methods['options'] === true;
}

/** Express takes no notice of case, or of a slash at the end. */
function bare(path: string): string {
  return path.toLowerCase().replace(/\/$/, '');
}

/** Parameters of RegExps, and of `*` in Express 4, have numbers for names. */
function isParameterOf(patterns: readonly unknown[], name: string): boolean {
  if (/^\d+$/.test(name)) return patterns.some((path) => typeof path !== 'string' || path.includes('*'));
  return patterns.some((path) => String(path).includes(name));
}
