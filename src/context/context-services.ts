import type { GenerateId, Store, Clock } from '../store';
import type { InspectWidget } from './inspect-widget';
import type { Logger } from './logger';
import type { Telemetry } from './telemetry';
import type { WidgetSigner } from './widget-signer';

/** Services that all contexts of an app share. */
export interface ContextServices {
  readonly store: Store;
  readonly logger: Logger;
  /** In development: whether events of handlers are checked against the protocol before they are used. */
  readonly check?: boolean | undefined;
  /** In development: inspects every widget that is sent to the client. */
  readonly inspectWidget?: InspectWidget | undefined;
  readonly generateId: GenerateId;
  /** The app's clock; `Date.now` by default. */
  readonly now?: Clock | undefined;
  /** Whether there is a streaming handler for an action. */
  readonly handlesAction?: ((name: string) => boolean) | undefined;
  /** Signs the actions of widgets. Without keys it throws an error for actions that must be signed. */
  readonly signer?: WidgetSigner | undefined;
  /** Observes what the app does. */
  readonly telemetry?: Telemetry | undefined;
}
