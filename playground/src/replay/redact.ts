const SECRET_WORDS =
  'sig|signature|token|jwt|key|apikey|secret|password|auth|authorization|credential|credentials|policy|session|cookie';

/** A name with a secret word in it, such as `x-auth-token` or `access_token`. */
const SECRET_NAME = `(?:[\\w.-]*[-_.])?(?:${SECRET_WORDS})(?:[-_.][\\w.-]*)?`;

const SECRET_HEADER = new RegExp(`^(?:set-cookie2?|${SECRET_NAME})$`, 'i');

/** The parameters with which storage services, and this project, sign URLs. */
const SECRET_PARAMETER = new RegExp(
  `([?&#](?:${SECRET_NAME}|x-(?:amz|goog|ms)-[\\w-]+|awsaccesskeyid|googleaccessid|expires)=)[^&#\\s"'<>()\\\\]+`,
  'gi',
);

/** `https://user:password@host`. */
const USER_IN_LINK = /(\bhttps?:\/\/)[^\s/?#"'<>()\\@]+@/gi;

/** The replacement for a secret. */
const REDACTED = '<redacted>';

/** The parts of a request that may contain secrets. */
interface Leaving {
  url: string;
  headers: Record<string, string>;
  body: string;
  answer: string | undefined;
  events: readonly { at: number; text: string }[];
}

/** A request without secrets, for saving or copying. */
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

/** Headers without credentials. */
function redactHeaders<T>(headers: Readonly<Record<string, T>>): Record<string, T | string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, SECRET_HEADER.test(name) ? REDACTED : value]),
  );
}

/** Removes user names, passwords and signatures from URLs in a text, including relative ones. */
function redactLinks(text: string): string {
  return text.replace(USER_IN_LINK, '$1').replace(SECRET_PARAMETER, '$1redacted');
}

/**
 * Removes secrets from JSON: in URLs, and in the headers for uploading a file. JSON without secrets keeps
 * its formatting.
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
