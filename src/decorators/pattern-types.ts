import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { PayloadType } from '../metadata';
import type { ActionDefinition } from '../widgets';

/** What a handler receives that is checked by this type. */
type Checked<T> = T extends StandardSchemaV1
  ? StandardSchemaV1.InferOutput<T>
  : T extends abstract new (...args: never[]) => infer I
    ? I
    : unknown;

// eslint-disable-next-line @typescript-eslint/no-unused-vars -- only the output is asked for
type Linked<T> = T extends ActionDefinition<infer _Input, infer O, infer _Name> ? O : never;

/**
 * What the handler of these patterns receives: what the options say, else what the definitions do. Names
 * and RegExps alone say nothing.
 */
export type PayloadOf<TPattern, TType extends PayloadType> = [TType] extends [never]
  ? [Linked<TPattern>] extends [never]
    ? unknown
    : Linked<TPattern>
  : Checked<TType>;

/** For messages. */
export type NameOf<TPattern> = TPattern extends { readonly action: infer N extends string }
  ? N
  : TPattern extends string
    ? TPattern
    : 'the action';

/** A definition's own kind, else what the options say. */
type IsSync<TPattern, TSync extends boolean> = [Extract<TPattern, { readonly sync: boolean }>] extends [never]
  ? TSync
  : Extract<TPattern, { readonly sync: boolean }>['sync'];

/** Whether the handler of these patterns is a streaming or a sync one; both where that is not known. */
export type KindOf<TPattern, TSync extends boolean> =
  IsSync<TPattern, TSync> extends infer S ? (S extends true ? 'sync_action' : 'action') : never;
