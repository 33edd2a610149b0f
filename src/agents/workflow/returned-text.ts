import { isRecord } from '../../protocol';

/** The checks of guardrails, as Agent Builder exports them. */
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

/** What a guardrail's helper returns when it refuses: what each check found, for programs. */
export function isFailOutput(returned: unknown): returned is FailOutput {
  if (!isRecord(returned)) return false;
  const found = Object.entries(returned);
  if (found.length === 0) return false;
  if (found.every(([, value]) => isRecord(value) && typeof value['failed'] === 'boolean')) return true;
  return found.every(([check, value]) => CHECKS.has(check) && typeof value === 'boolean');
}

/** The text for users in what a workflow returns; nothing where it has none. */
export function textIn(returned: unknown): string | undefined {
  if (typeof returned === 'string') return returned;
  if (!isRecord(returned)) return undefined;
  const { message, output_text: text, output_parsed: parsed } = returned;
  if (typeof message === 'string') return message;
  if (typeof text !== 'string' || typeof parsed === 'object') return undefined; // it is the parsed one's JSON
  return text;
}
