import type { JsonObject } from '../language';
import { adopt, refuse, requestOf, stepsOf, type Comparison, type Rule } from './rule';

const CODES = ['bad_request', 'unknown_operation', 'invalid_json', 'empty_body'];

function textOf({ exchange }: Comparison): string {
  const send = 'send' in exchange ? exchange.send : '';
  return typeof send === 'string' ? send : JSON.stringify(send);
}

const isRefused = ({ expected: { reply } }: Comparison): boolean => reply.raised?.type === 'ValidationError';

export const parsing: Rule[] = [
  {
    name: 'the data of a tag is optional',
    apply(comparison) {
      const { raised } = comparison.expected.reply;
      if (!isRefused(comparison) || raised?.message.includes('input_tag.data: Field required') !== true)
        return;
      if (comparison.ours.reply.status === 200) adopt(comparison);
    },
  },
  {
    name: 'lone surrogates are accepted',
    apply(comparison) {
      const { raised } = comparison.expected.reply;
      if (isRefused(comparison) && /hex escape|surrogate/.test(raised!.message)) {
        adopt(comparison);
      }
    },
  },
  {
    name: 'malformed requests are 400',
    apply(comparison) {
      if (!isRefused(comparison)) return;
      const { error } = comparison.ours.reply;
      refuse(comparison, 400, CODES.find((code) => code === error) ?? 'bad_request');
    },
  },
  {
    name: 'NaN and Infinity are rejected',
    apply(comparison) {
      if (/:(NaN|-?Infinity)[,}]/.test(textOf(comparison))) refuse(comparison, 400, 'invalid_json');
    },
  },
  {
    name: 'an action without a name is rejected',
    apply(comparison) {
      const { type, params } = requestOf(comparison.exchange);
      const action = params['action'] as JsonObject | undefined;
      if (!type.endsWith('custom_action') || typeof action !== 'object' || 'type' in action) return;
      refuse(comparison, 400, 'bad_request');
    },
  },
  {
    name: 'a key with a meaning in JavaScript is rejected',
    apply(comparison) {
      if (textOf(comparison).includes('"__proto__":')) refuse(comparison, 400, 'forbidden_key');
    },
  },
  {
    name: 'the depth of data is limited',
    apply(comparison) {
      if (textOf(comparison).includes('['.repeat(33))) refuse(comparison, 400, 'payload_too_deep');
    },
  },
  {
    name: 'a negative limit is rejected',
    apply(comparison) {
      const { type, params } = requestOf(comparison.exchange);
      if (type.endsWith('.list') && Number(params['limit']) < 0) refuse(comparison, 400, 'bad_request');
    },
  },
  {
    name: 'characters outside of base64 are rejected',
    apply(comparison) {
      const { type, params } = requestOf(comparison.exchange);
      if (type !== 'input.transcribe' || /^[\w+/]*=*$/.test(params['audio_base64'] as string)) return;
      refuse(comparison, 400, 'bad_request');
    },
  },
  {
    name: 'base64 padding is optional',
    apply(comparison) {
      if (comparison.expected.reply.raised?.message === 'Incorrect padding') adopt(comparison);
    },
  },
  {
    name: 'URLs are kept as they were given',
    apply(comparison) {
      for (const step of stepsOf(comparison)) {
        if (!('attach' in step)) continue;
        const { id, preview_url } = step.attach;
        if (preview_url !== undefined) setAddress(comparison.expected, id, preview_url as string);
      }
    },
  },
];

function setAddress(value: unknown, id: unknown, url: string): void {
  if (typeof value !== 'object' || value === null) return;
  const record = value as Record<string, unknown>;
  if (record['id'] === id && 'preview_url' in record) record['preview_url'] = url;
  for (const child of Object.values(record)) setAddress(child, id, url);
}
