import { BadRequestError, ChatError, holdPromises } from '../errors';
import type { RequestOf } from '../protocol';
import type { Answer, Call } from './environment';

/** The input of an `@OnTranscribe` handler: a recording. */
export interface AudioInput {
  data: Uint8Array;
  /** As the browser sent it: `audio/webm;codecs=opus`. */
  mime_type: string;
  /** Without its parameters: `audio/webm`. */
  media_type: string;
}

const NOT_BASE64 = /[^A-Za-z0-9+/]/;

/** `input.transcribe`: turns a recording into text for the composer. */
export async function transcribe({
  ctx,
  env,
  request,
}: Call<RequestOf<'input.transcribe'>>): Promise<Answer> {
  const { audio_base64, mime_type } = request.params;
  const handler = env.table.transcribe;
  if (handler === undefined) throw new ChatError('This server takes no dictation.', 404, 'no_handler');
  if (!isBase64(audio_base64)) {
    throw new BadRequestError('params.audio_base64: must be base64.', {
      issues: [{ path: 'params.audio_base64', message: 'must be base64' }],
    });
  }
  const input: AudioInput = {
    data: Buffer.from(audio_base64, 'base64'),
    mime_type,
    media_type: mime_type.split(';', 1)[0]?.trim() ?? mime_type,
  };
  return { kind: 'json', text: JSON.stringify({ text: toText(await handler.call(ctx, input)) }) };
}

/** Searches for an invalid character, which takes linear time for millions of characters. */
function isBase64(text: string): boolean {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const digits = text.slice(0, text.length - padding);
  // A single remaining character holds six bits, less than a byte.
  return digits.length % 4 !== 1 && !NOT_BASE64.test(digits);
}

function toText(result: unknown): string {
  if (typeof result === 'string') return result;
  if (typeof result === 'object' && result !== null && 'text' in result && typeof result.text === 'string') {
    return result.text;
  }
  holdPromises(result);
  throw new TypeError('An @OnTranscribe handler must return the text, or { text }.');
}
