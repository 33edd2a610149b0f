/** A recording: a `Blob`, bytes, or base64. */
export type Recording = Uint8Array | ArrayBuffer | RecordedBlob | string;

/** The part of `Blob` that the client uses. */
export interface RecordedBlob {
  readonly type: string;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Bytes for one call of `btoa`: a multiple of three, so that the parts can be joined. */
const PART = 3 * 8192;

/** Converts a recording to its protocol form. */
export async function toAudio(
  recording: Recording,
  mimeType?: string,
): Promise<{ audio_base64: string; mime_type: string }> {
  if (typeof recording === 'string') return { audio_base64: recording, mime_type: mimeType ?? '' };
  if (recording instanceof Uint8Array)
    return { audio_base64: toBase64(recording), mime_type: mimeType ?? '' };
  if ('arrayBuffer' in recording) {
    const bytes = new Uint8Array(await recording.arrayBuffer());
    return { audio_base64: toBase64(bytes), mime_type: mimeType ?? recording.type };
  }
  return { audio_base64: toBase64(new Uint8Array(recording)), mime_type: mimeType ?? '' };
}

function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += PART) {
    parts.push(btoa(String.fromCharCode(...bytes.subarray(start, start + PART))));
  }
  return parts.join('');
}
