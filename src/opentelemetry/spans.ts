import type { Attributes, Span } from '@opentelemetry/api';
import type { ObservedFacts, ObservedWork } from '../context';
import { errorType, isServerFault } from './error-type';
import type { OpenTelemetryApi } from './load-api';
import type { Recording } from './recording';

/** The name of a span. A request's span is renamed when its operation is known. */
export function nameOf(work: ObservedWork): string {
  switch (work.kind) {
    case 'handler':
      return work.where;
    case 'store':
      return `chatkit store.${work.method}`;
    case 'agent':
      return `invoke_agent ${work.name}`;
    case 'request':
    case 'lock':
    case 'guards':
    case 'validation':
    case 'stream':
      return `chatkit ${work.kind}`;
  }
}

/** The attributes that are known when a span starts. `undefined` values are not recorded. */
export function attributesOf(work: ObservedWork): Attributes {
  switch (work.kind) {
    case 'request':
      return { 'chatkit.request.id': work.requestId };
    case 'handler':
      return { 'code.function.name': work.where, 'chatkit.action': work.action };
    case 'guards':
    case 'validation':
      return { 'code.function.name': work.where };
    case 'store':
      return { 'db.operation.name': work.method, 'db.system.name': work.system };
    case 'agent':
      return {
        'gen_ai.operation.name': 'invoke_agent',
        'gen_ai.agent.name': work.name,
        'gen_ai.provider.name': work.provider,
        'gen_ai.request.model': work.model,
        'gen_ai.conversation.id': work.threadId,
      };
    case 'lock':
    case 'stream':
      return {};
  }
}

/** Adds attributes that become known during a span. */
export function noteOn(span: Span, facts: ObservedFacts, recording: Recording): void {
  const { operation } = facts;
  if (operation !== undefined) span.updateName(`chatkit ${operation}`);
  span.setAttributes({
    'chatkit.operation': operation,
    'chatkit.thread.id': facts.threadId,
    'chatkit.lock.acquired': facts.acquired,
    'chatkit.stream.events': facts.events,
    'chatkit.stream.bytes': facts.bytes,
    'chatkit.stream.ending': facts.ending,
    'gen_ai.usage.input_tokens': facts.inputTokens,
    'gen_ai.usage.output_tokens': facts.outputTokens,
    'user.id': recording.recordOwner ? facts.owner : undefined,
    'chatkit.request.params':
      recording.recordPayloads && facts.params !== undefined ? JSON.stringify(facts.params) : undefined,
  });
}

/** Records a failure on a span. */
export function failOn(span: Span, failure: unknown, recording: Recording, api: OpenTelemetryApi): void {
  span.setAttribute('error.type', errorType(failure));
  if (isServerFault(failure)) span.setStatus({ code: api.SpanStatusCode.ERROR });
  if (recording.recordErrors && failure instanceof Error) span.recordException(failure);
}
