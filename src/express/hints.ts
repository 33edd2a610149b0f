import type { Request, Response } from 'express';
import type { HttpSettings } from '../app';
import type { Logger } from '../context';
import { isNarrow, takesOptions, waysTo, type Route } from './routed';

/** The parts of the app that the hints use. */
interface Hinted {
  readonly attachments: object | undefined;
  readonly http: HttpSettings;
  readonly services: { readonly logger: Logger };
}

/** Logs, once each, which requests do not reach the chat because of how it is mounted, with the fix. */
export class MountHints {
  private routed = false;
  private missed = false;

  constructor(private readonly app: Hinted) {}

  /** Called when a route has passed a request to the chat. */
  atRoute(chat: unknown, route: Route, req: Request): void {
    if (this.routed) return;
    this.routed = true;
    const { baseUrl, path } = req;
    const { routes, isUsed } = waysTo(chat, req);
    if (isUsed) return;
    const at = (baseUrl + path).replace(/\/+$/, '') || '/';
    const unreachable = this.unreachable([route, ...routes], at);
    if (unreachable.length === 0) return;
    this.app.services.logger.warn(
      { path: at, unreachable },
      `The chat is behind a route that passes only ${at} to it. Unless another route passes them, these ` +
        `requests never reach it: ${unreachable.join('; ')}. Write app.use('${at}', chat).`,
    );
  }

  /** Called when a request goes to the next handler. Logs if it is a POST of JSON that ends in a 404. */
  notHere(req: Request, res: Response): void {
    const { method, originalUrl, baseUrl } = req;
    if (this.missed || method !== 'POST' || req.is('json') !== 'json') return;
    res.once('finish', () => {
      if (this.missed || res.statusCode !== 404) return;
      this.missed = true;
      const [path = ''] = originalUrl.split('?');
      this.app.services.logger.warn(
        { path },
        `POST ${path} was answered with 404. The chat is at ${baseUrl || '/chatkit'}. If the request was for ` +
          `the chat, write app.use('${path}', chat).`,
      );
    });
  }

  private unreachable(routes: readonly Route[], at: string): string[] {
    const { attachments, http } = this.app;
    const below = at === '/' ? '' : at;
    const missing: string[] = [];
    if (routes.every(isNarrow)) {
      if (attachments !== undefined) missing.push(`${below}/attachments and below (uploads, previews)`);
      if (http.showHealth) missing.push(`GET ${below}/health (for load balancers)`);
      if (http.showRegistry) missing.push(`GET ${below}/actions (the registry, in development)`);
    }
    if (http.cors !== undefined && !routes.some(takesOptions)) {
      missing.push(`OPTIONS ${at} (preflights of pages of other origins)`);
    }
    return missing;
  }
}
