import type { Request } from 'express';

/** Express's route object, whose own types are `any`. */
export interface Route {
  path: unknown;
  stack: readonly { handle: unknown }[];
  methods: Readonly<Record<string, boolean | undefined>>;
}

/**
 * The route (`app.post`, `app.all`, Nest's `@All()`) that has passed a request to the chat. `undefined` if
 * the chat is mounted with `app.use`. `req.route` alone is not enough: it stays set after a route that
 * called `next()`, such as `app.all('*', authenticate)`.
 */
export function routeTo(chat: unknown, req: Request): Route | undefined {
  const route = req.route as Route | undefined;
  if (route === undefined) return undefined;
  if (route.stack.some(({ handle }) => handle === chat)) return route;
  // A route's handler may call the chat itself. Then the route matches the rest of the URL.
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
 * All routes of an app that lead to the chat, and whether `app.use` does. Mounted sub-apps, and handlers
 * that call the chat themselves, cannot be found.
 */
export function waysTo(chat: unknown, { app }: Request): { routes: readonly Route[]; isUsed: boolean } {
  // Express 4 has `_router`, and throws on access to `router`.
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

/** Whether the route matches only its own path, and nothing below it. */
export function isNarrow({ path }: Route): boolean {
  return [path].flat().every((each) => typeof each === 'string' && !/[*(]/.test(each));
}

/** Whether a route handles `OPTIONS`. Otherwise Express answers it, without CORS headers. */
export function takesOptions({ methods }: Route): boolean {
  return methods['_all'] === true || methods['options'] === true;
}

/** Express ignores case and a trailing slash. */
function bare(path: string): string {
  return path.toLowerCase().replace(/\/$/, '');
}

/** Parameters of RegExps, and of `*` in Express 4, have numeric names. */
function isParameterOf(patterns: readonly unknown[], name: string): boolean {
  if (/^\d+$/.test(name)) return patterns.some((path) => typeof path !== 'string' || path.includes('*'));
  return patterns.some((path) => String(path).includes(name));
}
