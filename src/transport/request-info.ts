import { randomUUID } from 'node:crypto';

const SAFE_ID = /^[\w.:-]{1,128}$/;

/** The caller's `x-request-id` if it is fit for logs and headers, else a new one. */
export function requestIdFrom(header: string | undefined): string {
  return header !== undefined && SAFE_ID.test(header) ? header : randomUUID();
}

const LANGUAGE = /^\s*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)/;

/** The first language of an `Accept-Language` header; `en` without one. */
export function localeFrom(header: string | undefined): string {
  return (header === undefined ? undefined : LANGUAGE.exec(header)?.[1]) ?? 'en';
}
