import { randomUUID } from 'node:crypto';
import { outputOf, partsOf, type ScriptedAnswer, type ScriptedPart } from './scripted-answer';

/** What a model is asked, as far as scripts read it: a `ModelRequest` of the SDK. */
export interface ScriptedRequest {
  readonly input: string | readonly unknown[];
  readonly systemInstructions?: string;
  readonly tools: readonly unknown[];
  readonly outputType: 'text' | { readonly schema: object };
  readonly signal?: AbortSignal;
}

/** A function that answers a request. */
export type Respond = (request: ScriptedRequest) => ScriptedAnswer | Promise<ScriptedAnswer>;

/** The answers of a model, one for each time it is asked; or a function that answers each time. */
export type Script = readonly (ScriptedAnswer | Respond)[] | Respond;

/**
 * A model for the Agents SDK that answers by a script, and knows what it was asked. Texts are streamed
 * word by word. It belongs to no copy of the SDK, so that it fits agents of each.
 */
export class ScriptedModel {
  /** What it was asked, in order. */
  readonly requests: ScriptedRequest[] = [];

  /** @internal */
  constructor(private readonly script: Script) {}

  // What is returned is of the SDK's types, which this package does not load: `never` fits them all.
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
    // A copy: the SDK goes on to change the list.
    const { input } = request;
    requests.push({ ...request, input: typeof input === 'string' ? input : structuredClone(input) });
    const answer = typeof script === 'function' ? script : script[requests.length - 1];
    if (answer === undefined) {
      throw new Error(
        `The script of the model has ${String(script.length)} answer(s), and the model is asked once more.`,
      );
    }
    return partsOf(typeof answer === 'function' ? await answer(request) : answer);
  }
}

/**
 * A model that answers by a script.
 *
 * @param script the answers, one for each time the model is asked (after a tool has run it is asked
 *   again), or a function that answers each time. An answer is a text, a call of a tool, an error that it
 *   fails with, or several of them. When the script is at its end, the model fails and says so.
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
