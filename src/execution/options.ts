import type { Telemetry } from '../context';
import type { Container, FilterLike, GuardLike, InterceptorLike } from '../metadata';

/** The options that all handlers of an app share. */
export interface ExecutionOptions {
  /** In `development`, dropped payload fields are logged. */
  readonly mode: 'development' | 'production';
  /** How payload fields that the class does not declare are treated. */
  readonly unknownFields: 'drop' | 'refuse' | 'keep';
  readonly guards?: readonly GuardLike[] | undefined;
  readonly interceptors?: readonly InterceptorLike[] | undefined;
  readonly filters?: readonly FilterLike[] | undefined;
  readonly container?: Container | undefined;
  /** Whether the app signs actions, and so verifies signatures. */
  readonly signing?: boolean | undefined;
  /** Whether an action must be one that its stored widget can send. */
  readonly actionsFromWidgetOnly?: boolean | undefined;
  /** Observes handlers, their guards and the validation of their payloads. */
  readonly telemetry?: Telemetry | undefined;
}
