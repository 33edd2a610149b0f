import type { GenerateId, Store, Clock } from '../store';
import type { InspectWidget } from './inspect-widget';
import type { Logger } from './logger';
import type { Telemetry } from './telemetry';
import type { WidgetSigner } from './widget-signer';

/** What every context of an app shares. */
export interface ContextServices {
  readonly store: Store;
  readonly logger: Logger;
  /** In development: whether what handlers make is held against the protocol before it is used. */
  readonly check?: boolean | undefined;
  /** In development: looks at every widget that leaves the server. */
  readonly inspectWidget?: InspectWidget | undefined;
  readonly generateId: GenerateId;
  /** That of the application; `Date.now` by default. */
  readonly now?: Clock | undefined;
  /** Whether there is a streaming handler for an action. */
  readonly handlesAction?: ((name: string) => boolean) | undefined;
  /** Where widgets' actions are signed: with the application's keys, or to refuse those that are to be. */
  readonly signer?: WidgetSigner | undefined;
  /** Observes what the app does. */
  readonly telemetry?: Telemetry | undefined;
}
