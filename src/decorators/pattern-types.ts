import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { PayloadType } from '../metadata';
import type { ActionDefinition } from '../widgets';

/** The type that a handler receives after validation by this type. */
type Checked<T> = T extends StandardSchemaV1
  ? StandardSchemaV1.InferOutput<T>
  : T extends abstract new (...args: never[]) => infer I
    ? I
    : unknown;

// eslint-disable-next-line @typescript-eslint/no-unused-vars -- only the output is asked for
type Linked<T> = T extends ActionDefinition<infer _Input, infer O, infer _Name> ? O : never;

/**
 * The payload type of a handler: from the options, otherwise from the definitions. Names and RegExps have
 * none.
 */
export type PayloadOf<TPattern, TType extends PayloadType> = [TType] extends [never]
  ? [Linked<TPattern>] extends [never]
    ? unknown
    : Linked<TPattern>
  : Checked<TType>;

/** The action's name, for compiler messages. */
export type NameOf<TPattern> = TPattern extends { readonly action: infer N extends string }
  ? N
  : TPattern extends string
    ? TPattern
    : 'the action';

/** The kind of the definition, otherwise that of the options. */
type IsSync<TPattern, TSync extends boolean> = [Extract<TPattern, { readonly sync: boolean }>] extends [never]
  ? TSync
  : Extract<TPattern, { readonly sync: boolean }>['sync'];

/** The kind of the handler: streaming or sync, or both if it is unknown. */
export type KindOf<TPattern, TSync extends boolean> =
  IsSync<TPattern, TSync> extends infer S ? (S extends true ? 'sync_action' : 'action') : never;
