import type { Telemetry } from '../context';
import type { Container, FilterLike, GuardLike, InterceptorLike } from '../metadata';

/** What all handlers of an application share. */
export interface ExecutionOptions {
  /** In `development` what would pass silently is logged. */
  readonly mode: 'development' | 'production';
  /** What becomes of a payload's fields that its class does not name. */
  readonly unknownFields: 'drop' | 'refuse' | 'keep';
  readonly guards?: readonly GuardLike[] | undefined;
  readonly interceptors?: readonly InterceptorLike[] | undefined;
  readonly filters?: readonly FilterLike[] | undefined;
  readonly container?: Container | undefined;
  /** Whether the application signs actions, and so checks their signatures. */
  readonly signing?: boolean | undefined;
  /** Whether an action must be one that its sender, as it is stored, can send. */
  readonly actionsFromWidgetOnly?: boolean | undefined;
  /** Observes handlers, their guards and the validation of their payloads. */
  readonly telemetry?: Telemetry | undefined;
}
