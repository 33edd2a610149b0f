import type { Random } from '../random';
import { mutateBytes, randomBytes } from './mutate-bytes';
import { mutateValue } from './mutate-value';
import { validRequest } from './requests';
import { oddText, oddValue, toJson } from './values';

/** What is sent: a body, to which part of the chat, as which content type. */
export interface Shot {
  readonly to: 'chat' | 'files';
  readonly type: string;
  readonly body: Buffer;
}

/** In bytes; more than the app takes. */
const LARGEST = 600_000;

const JSON_TYPE = 'application/json';

const OTHER_TYPES = [
  'application/json; charset=utf-8',
  'application/json; charset=latin1',
  'application/json;',
  'text/plain',
  'multipart/form-data; boundary=x',
  '',
];

const FORM_TYPE = 'multipart/form-data; boundary=xx';
const FORM = Buffer.from(
  '--xx\r\nContent-Disposition: form-data; name="other"\r\n\r\n1\r\n' +
    '--xx\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n' +
    'Content-Type: image/png\r\n\r\nabc\r\n--xx--\r\n',
);

/** One of all the bodies that may come: most are requests, changed in their structure. */
export function shotOf(random: Random): Shot {
  const way = random.next();
  if (way < 0.03) return { to: 'files', type: FORM_TYPE, body: mutateBytes(FORM, random) };
  if (way < 0.06) return { to: 'chat', type: random.of(OTHER_TYPES), body: jsonOf(validRequest(random)) };
  return { to: 'chat', type: JSON_TYPE, body: bodyOf(way, random).subarray(0, LARGEST) };
}

function bodyOf(way: number, random: Random): Buffer {
  if (way < 0.08) return randomBytes(random, Math.floor(random.next() * 64));
  if (way < 0.11) return jsonOf(oddValue(random));
  const request = validRequest(random);
  if (way < 0.2) return jsonOf(request);
  if (way < 0.4) return jsonOf(mutateFree(request, random));
  if (way < 0.75) return jsonOf(mutateValue(request, random));
  return mutateBytes(jsonOf(way < 0.85 ? mutateValue(request, random) : request), random);
}

/** Where the protocol takes any JSON, or any text: what is odd there gets furthest. */
const FREE = ['payload', 'result', 'data', 'metadata', 'text', 'title', 'answers', 'values', 'quoted_text'];

/** Mutates such parts alone. */
function mutateFree(request: object, random: Random): unknown {
  return JSON.parse(
    JSON.stringify(request, (key, value: unknown) => {
      if (!FREE.includes(key)) return value;
      return typeof value === 'object' && value !== null ? mutateValue(value, random) : oddText(random);
    }),
  );
}

function jsonOf(value: unknown): Buffer {
  return Buffer.from(toJson(value));
}
