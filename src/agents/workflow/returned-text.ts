import { isRecord } from '../../protocol';

/** The names of guardrail checks in exports of Agent Builder. */
const CHECKS: ReadonlySet<string> = new Set([
  'pii',
  'moderation',
  'jailbreak',
  'hallucination',
  'nsfw',
  'url_filter',
  'custom_prompt_check',
  'prompt_injection',
]);

type FailOutput = Readonly<Record<string, unknown>>;

/** Whether a value is what a guardrail's helper returns when it refuses: the result of each check. */
export function isFailOutput(returned: unknown): returned is FailOutput {
  if (!isRecord(returned)) return false;
  const found = Object.entries(returned);
  if (found.length === 0) return false;
  if (found.every(([, value]) => isRecord(value) && typeof value['failed'] === 'boolean')) return true;
  return found.every(([check, value]) => CHECKS.has(check) && typeof value === 'boolean');
}

/** The text for users in the result of a workflow; `undefined` if there is none. */
export function textIn(returned: unknown): string | undefined {
  if (typeof returned === 'string') return returned;
  if (!isRecord(returned)) return undefined;
  const { message, output_text: text, output_parsed: parsed } = returned;
  if (typeof message === 'string') return message;
  if (typeof text !== 'string' || typeof parsed === 'object') return undefined; // the text is the JSON of `output_parsed`
  return text;
}
