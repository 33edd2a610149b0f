const SECRET_WORDS =
  'sig|signature|token|jwt|key|apikey|secret|password|auth|authorization|credential|credentials|policy|session|cookie';

/** A name of which one word is secret, as in `x-auth-token` or `access_token`. */
const SECRET_NAME = `(?:[\\w.-]*[-_.])?(?:${SECRET_WORDS})(?:[-_.][\\w.-]*)?`;

const SECRET_HEADER = new RegExp(`^(?:set-cookie2?|${SECRET_NAME})$`, 'i');

/** What storage services sign links with, and what signs ours. */
const SECRET_PARAMETER = new RegExp(
  `([?&#](?:${SECRET_NAME}|x-(?:amz|goog|ms)-[\\w-]+|awsaccesskeyid|googleaccessid|expires)=)[^&#\\s"'<>()\\\\]+`,
  'gi',
);

/** `https://user:password@host`. */
const USER_IN_LINK = /(\bhttps?:\/\/)[^\s/?#"'<>()\\@]+@/gi;

/** What stands in the place of a secret. */
const REDACTED = '<redacted>';

/** What of a request may hold secrets. */
interface Leaving {
  url: string;
  headers: Record<string, string>;
  body: string;
  answer: string | undefined;
  events: readonly { at: number; text: string }[];
}

/** A request without what is secret in it, ready to leave the page. */
export function redacted<T extends Leaving>(request: T): T {
  return {
    ...request,
    url: redactLinks(request.url),
    headers: redactHeaders(request.headers),
    body: redactJson(request.body),
    answer: request.answer === undefined ? undefined : redactJson(request.answer),
    events: request.events.map(({ at, text }) => ({ at, text: redactJson(text) })),
  };
}

/** Headers without what would let others act as the user. */
function redactHeaders<T>(headers: Readonly<Record<string, T>>): Record<string, T | string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, SECRET_HEADER.test(name) ? REDACTED : value]),
  );
}

/** Text in which users, passwords and signatures of links are left out, also of relative ones. */
function redactLinks(text: string): string {
  return text.replace(USER_IN_LINK, '$1').replace(SECRET_PARAMETER, '$1redacted');
}

/**
 * JSON without secrets: links in it, and the headers with which a file is uploaded. Text without any, and
 * text that is no JSON, stays as it is written.
 */
function redactJson(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    const clean = JSON.stringify(redactValue(value));
    return clean === JSON.stringify(value) ? text : clean;
  } catch {
    return redactLinks(text);
  }
}

function redactValue(value: unknown): unknown {
  if (typeof value === 'string') return redactLinks(value);
  if (Array.isArray(value)) return value.map(redactValue);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      key === 'headers' && isRecord(each) ? redactHeaders(each) : redactValue(each),
    ]),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
