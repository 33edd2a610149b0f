import type { PlaygroundOptions } from './options';

/** The headers of each file of the page: it loads nothing from other hosts, and runs no inline scripts. */
export function pageHeaders(options: PlaygroundOptions): Record<string, string> {
  const images = (options.images ?? []).flatMap((host) => [`https://${host}`, `http://${host}`]);
  const origins = [originOf(options.api), ...(options.uploads ?? []).map(originOf)];
  const connect = [...new Set(origins.filter((origin) => origin !== undefined))];
  const rules = [
    "default-src 'self'",
    ['img-src', "'self'", 'data:', 'blob:', ...images, ...connect].join(' '),
    ['connect-src', "'self'", ...connect].join(' '),
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ];
  return {
    'content-security-policy': rules.join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
  };
}

/** The origin of a URL; `undefined` for a path, whose origin is the page's. */
function originOf(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { origin } = new URL(url);
  return origin === 'null' ? undefined : origin;
}
