import { changeMethodMetadata, isPayloadType, type ParamSource, type PayloadType } from '../metadata';
import { misuse, type ParameterDecoration } from './decoration';
import { parameterPlace } from './place';

/** Creates a parameter decorator that writes `source`. `check` validates the decorator's arguments. */
export function fills(
  decorator: string,
  source: ParamSource,
  check?: (where: string) => void,
): ParameterDecoration {
  return (target, key, index) => {
    const { target: method, where } = parameterPlace(decorator, target, key);
    check?.(where);
    changeMethodMetadata(method, ({ params }) => {
      if (params.has(index)) throw misuse(decorator, where, `parameter ${String(index)} is decorated twice.`);
      return { params: new Map(params).set(index, Object.freeze(source)) };
    });
  };
}

/**
 * Injects the action's validated payload. Its type is the parameter's class if the compiler emits it.
 * Otherwise give it here or in the options of `@OnAction`.
 *
 * @throws TypeError when `type` is not a class, a Standard Schema or `'unchecked'`.
 * @example
 * select(`@Payload()` { id }: SelectItem) { … }
 * rate(`@Payload(z.object({ stars: z.number() }))` { stars }: { stars: number }) { … }
 */
export function Payload(type?: PayloadType): ParameterDecoration {
  return fills('@Payload', { kind: 'payload', type }, (where) => {
    if (type !== undefined && !isPayloadType(type)) {
      throw misuse('@Payload', where, "the type must be a class, a Standard Schema or 'unchecked'.");
    }
  });
}

/**
 * Injects the widget that sent the action: a `WidgetItem`, or `null` for actions that the page itself sent.
 */
export function Sender(): ParameterDecoration {
  return fills('@Sender', { kind: 'sender' });
}

/** Injects the thread: a `ThreadMetadata`. Changes to it are saved and sent to the client. */
export function Thread(): ParameterDecoration {
  return fills('@Thread', { kind: 'thread' });
}

/**
 * Injects the action as received, with its unvalidated payload: an `ActionRequest`, or `null` outside of
 * actions.
 */
export function Action(): ParameterDecoration {
  return fills('@Action', { kind: 'action' });
}

/** Injects the whole `ChatContext`. */
export function Context(): ParameterDecoration {
  return fills('@Context', { kind: 'context' });
}

/** Injects the message to answer: a `UserMessageItem`, or `null` after tool output and structured input. */
export function UserMessage(): ParameterDecoration {
  return fills('@UserMessage', { kind: 'message' });
}

/** Injects the `AbortSignal` of the request: see `ChatContext.signal`. */
export function Signal(): ParameterDecoration {
  return fills('@Signal', { kind: 'signal' });
}
