import { isRecord } from '../../protocol';

/** A part of a message in the Responses API. */
export interface ResponsePart {
  type: string;
  text?: string | undefined;
  refusal?: string | undefined;
  annotations?: readonly unknown[] | undefined;
}

/** One output of a model: a message, a tool call, reasoning, an image. */
export interface ResponseOutput {
  type: string;
  content?: readonly ResponsePart[] | undefined;
  /** The name of the tool, in a tool call. */
  name?: string | undefined;
  /** Only in `reasoning`. */
  summary?: readonly { text: string }[] | undefined;
  /** The image in base64, in `image_generation_call`. */
  result?: string | null | undefined;
}

/** The current state of a response. */
export interface ResponseState {
  output?: readonly ResponseOutput[] | undefined;
  error?: { code?: string | null; message?: string } | null | undefined;
  incomplete_details?: { reason?: string } | null | undefined;
}

/**
 * An event of the Responses API's stream, with all fields that are read of any event. Other servers that
 * implement this API leave out some of them.
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
  /** Only in `error`. */
  message?: string | undefined;
}

/** Returns the value if it is an event of the Responses API. */
export function asResponseEvent(value: unknown): ResponseEvent | undefined {
  if (!isRecord(value) || typeof value['type'] !== 'string') return undefined;
  const { type } = value;
  return type.startsWith('response.') || type === 'error' ? (value as unknown as ResponseEvent) : undefined;
}
