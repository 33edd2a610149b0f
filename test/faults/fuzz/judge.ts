import { checkEvent } from '../../../src/protocol';
import { SseParser } from '../../../src/client';
import { SECRET } from '../history';
import type { Reply } from './client';

const REFUSALS = new Set([400, 404, 409, 413, 415, 422]);

/** What is wrong with the answer to any body whatever; `undefined` where nothing is. */
export function wrongWith({ status, type, text, broken }: Reply): string | undefined {
  if (broken !== undefined) return broken;
  if (text.includes(SECRET)) return 'hidden content was sent';
  if (REFUSALS.has(status)) return wrongWithRefusal(text);
  if (status >= 500) return `status ${String(status)}`;
  if (status !== 200) return `status ${String(status)}: ${text.slice(0, 200)}`;
  if (type.startsWith('text/event-stream')) return wrongWithEvents(text);
  return isJson(text) ? undefined : `no JSON: ${text.slice(0, 200)}`;
}

function wrongWithRefusal(text: string): string | undefined {
  if (!isJson(text)) return `a refusal that is no JSON: ${text.slice(0, 200)}`;
  const { error } = JSON.parse(text) as { error?: Record<string, unknown> };
  const isWhole = ['code', 'message', 'request_id'].every((key) => typeof error?.[key] === 'string');
  return isWhole ? undefined : `a refusal without code, message or id: ${text.slice(0, 200)}`;
}

function wrongWithEvents(text: string): string | undefined {
  const parser = new SseParser();
  for (const data of parser.push(text)) {
    if (!isJson(data)) return `an event that is no JSON: ${data.slice(0, 200)}`;
    const [issue] = checkEvent(JSON.parse(data));
    if (issue !== undefined) return `an event with ${issue.path}: ${issue.message}: ${data.slice(0, 200)}`;
  }
  return parser.rest === '' ? undefined : `a stream that breaks off: ${parser.rest.slice(0, 200)}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
