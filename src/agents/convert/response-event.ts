import { isRecord } from '../../protocol';

/** A part of a message, as the Responses API has it. */
export interface ResponsePart {
  type: string;
  text?: string | undefined;
  refusal?: string | undefined;
  annotations?: readonly unknown[] | undefined;
}

/** One thing that a model puts out: a message, a tool call, its reasoning, an image. */
export interface ResponseOutput {
  type: string;
  content?: readonly ResponsePart[] | undefined;
  /** Of a call of a tool. */
  name?: string | undefined;
  /** Of `reasoning`. */
  summary?: readonly { text: string }[] | undefined;
  /** Of `image_generation_call`: the image in base64. */
  result?: string | null | undefined;
}

/** A response as far as it has come. */
export interface ResponseState {
  output?: readonly ResponseOutput[] | undefined;
  error?: { code?: string | null; message?: string } | null | undefined;
  incomplete_details?: { reason?: string } | null | undefined;
}

/**
 * An event of the Responses API's stream: all fields that are read of any of them. Other servers speak
 * this API too, and leave out one or another.
 */
export interface ResponseEvent {
  type: string;
  output_index?: number | undefined;
  content_index?: number | undefined;
  summary_index?: number | undefined;
  delta?: string | undefined;
  text?: string | undefined;
  refusal?: string | undefined;
  part?: ResponsePart | undefined;
  annotation?: unknown;
  item?: ResponseOutput | undefined;
  partial_image_b64?: string | undefined;
  partial_image_index?: number | undefined;
  response?: ResponseState | undefined;
  /** Of `error`. */
  message?: string | undefined;
}

/** A value as an event of the Responses API, where it is one. */
export function asResponseEvent(value: unknown): ResponseEvent | undefined {
  if (!isRecord(value) || typeof value['type'] !== 'string') return undefined;
  const { type } = value;
  return type.startsWith('response.') || type === 'error' ? (value as unknown as ResponseEvent) : undefined;
}
