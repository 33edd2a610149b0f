import { BadRequestError, ChatError } from '../errors';
import type { RequestOf } from '../protocol';
import type { Answer, Call } from './environment';

/** What `@OnTranscribe` receives: a recording. */
export interface AudioInput {
  data: Uint8Array;
  /** As the browser gave it: `audio/webm;codecs=opus`. */
  mime_type: string;
  /** Without its parameters: `audio/webm`. */
  media_type: string;
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** `input.transcribe`: a recording becomes text for the composer. */
export async function transcribe({
  ctx,
  env,
  request,
}: Call<RequestOf<'input.transcribe'>>): Promise<Answer> {
  const { audio_base64, mime_type } = request.params;
  const handler = env.table.transcribe;
  if (handler === undefined) throw new ChatError('This server takes no dictation.', 404, 'no_handler');
  // One character alone holds six bits: no byte.
  if (!BASE64.test(audio_base64) || audio_base64.replaceAll('=', '').length % 4 === 1) {
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

function toText(result: unknown): string {
  if (typeof result === 'string') return result;
  if (typeof result === 'object' && result !== null && 'text' in result && typeof result.text === 'string') {
    return result.text;
  }
  throw new TypeError('An @OnTranscribe handler returns the text, or { text }.');
}
