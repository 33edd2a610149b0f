import { randomUUID } from 'node:crypto';
import { outputOf, partsOf, type ScriptedAnswer, type ScriptedPart } from './scripted-answer';

/** The fields of the SDK's `ModelRequest` that scripts read. */
export interface ScriptedRequest {
  readonly input: string | readonly unknown[];
  readonly systemInstructions?: string;
  readonly tools: readonly unknown[];
  readonly outputType: 'text' | { readonly schema: object };
  readonly signal?: AbortSignal;
}

/** A function that answers a request. */
export type Respond = (request: ScriptedRequest) => ScriptedAnswer | Promise<ScriptedAnswer>;

/** The answers of a model, one for each request, or a function that answers each request. */
export type Script = readonly (ScriptedAnswer | Respond)[] | Respond;

/**
 * A model for the Agents SDK that answers from a script and records its requests. Texts are streamed word by
 * word. It does not depend on a copy of the SDK, so it works with agents of any copy.
 */
export class ScriptedModel {
  /** The requests so far, in order. */
  readonly requests: ScriptedRequest[] = [];

  /** @internal */
  constructor(private readonly script: Script) {}

  // The results have types of the SDK, which this package does not load: `never` fits them all.
  async getResponse(request: ScriptedRequest): Promise<never> {
    const parts = await this.answer(request);
    return responseOf(parts.map(orThrow)) as never;
  }

  async *getStreamedResponse(request: ScriptedRequest): AsyncGenerator<never, void, undefined> {
    for await (const event of this.stream(request)) yield event as never;
  }

  private async *stream(request: ScriptedRequest): AsyncGenerator<object, void, undefined> {
    const parts = await this.answer(request);
    yield { type: 'response_started' };
    for (const part of parts) {
      const said = orThrow(part);
      if (typeof said !== 'string') continue;
      for (const delta of said.match(/\S+\s*|\s+/g) ?? []) {
        request.signal?.throwIfAborted();
        yield { type: 'output_text_delta', delta };
      }
    }
    request.signal?.throwIfAborted();
    const { responseId: id, ...response } = responseOf(parts.map(orThrow));
    yield { type: 'response_done', response: { id, ...response } };
  }

  private async answer(request: ScriptedRequest): Promise<readonly ScriptedPart[]> {
    const { script, requests } = this;
    request.signal?.throwIfAborted();
    // A copy, because the SDK changes the list later.
    const { input } = request;
    requests.push({ ...request, input: typeof input === 'string' ? input : structuredClone(input) });
    const answer = typeof script === 'function' ? script : script[requests.length - 1];
    if (answer === undefined) {
      throw new Error(
        `The script of the model has ${String(script.length)} answer(s), but the model was called once more.`,
      );
    }
    return partsOf(typeof answer === 'function' ? await answer(request) : answer);
  }
}

/**
 * Creates a model that answers from a script.
 *
 * @param script the answers, one for each request (there is another request after a tool has run), or a
 * function that answers each request. An answer is a text, a tool call, an error with which the model fails,
 * or a list of these. When the script has no more answers, the model fails with an error that says so.
 *
 * @example
 * const model = scriptedModel([['Here it is.', toolCall('show_order', { id: 'A-17' })], 'Anything else?']);
 * const agent = new Agent({ name: 'Shop', model, tools: [showOrder] });
 * …
 * assert.equal(model.requests.length, 2);
 */
export function scriptedModel(script: Script): ScriptedModel {
  return new ScriptedModel(script);
}

function orThrow(part: ScriptedPart): Exclude<ScriptedPart, Error> {
  if (part instanceof Error) throw part;
  return part;
}

function responseOf(parts: readonly Exclude<ScriptedPart, Error>[]) {
  const usage = {
    requests: 1,
    inputTokens: 0,
    outputTokens: 0,
    totalTokens: 0,
    inputTokensDetails: [],
    outputTokensDetails: [],
  };
  return { responseId: `resp_${randomUUID()}`, usage, output: parts.map(outputOf) };
}
