import { changeMethodMetadata, isPayloadType, type ParamSource, type PayloadType } from '../metadata';
import { misuse, type ParameterDecoration } from './decoration';
import { parameterPlace } from './place';

/** A parameter decorator that writes `source`. `check` looks at the decorator's arguments. */
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
 * The action's payload, validated. The type is that of the parameter when it is a class that the
 * compiler can see, else it is given here or in the options of `@OnAction`.
 *
 * @throws TypeError when `type` is neither a class nor a Standard Schema nor `'unchecked'`.
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

/** The widget that the action came from: a `WidgetItem`, or `null` for actions of the page itself. */
export function Sender(): ParameterDecoration {
  return fills('@Sender', { kind: 'sender' });
}

/** The thread: a `ThreadMetadata`. Changes to it are saved and told to the client. */
export function Thread(): ParameterDecoration {
  return fills('@Thread', { kind: 'thread' });
}

/** The action as it came, its payload unchecked: an `ActionRequest`, or `null` outside actions. */
export function Action(): ParameterDecoration {
  return fills('@Action', { kind: 'action' });
}

/** The whole `ChatContext`. */
export function Context(): ParameterDecoration {
  return fills('@Context', { kind: 'context' });
}

/** The message to answer: a `UserMessageItem`, or `null` after tool output and structured input. */
export function UserMessage(): ParameterDecoration {
  return fills('@UserMessage', { kind: 'message' });
}

/** The `AbortSignal` that is aborted when the client has left and the answer is not needed. */
export function Signal(): ParameterDecoration {
  return fills('@Signal', { kind: 'signal' });
}
