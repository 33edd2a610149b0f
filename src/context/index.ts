export type { Button, OneUseButton } from './button';
export type { ChatContext } from './chat-context';
export { EXPAND, isComposite } from './drafts';
export type {
  Composite,
  CompositeContext,
  EventDraft,
  HandlerEvent,
  HandlerResult,
  HandlerYield,
  ItemDraft,
  Replacement,
  RespondOptions,
  Subscribable,
  SyncResult,
  WidgetChange,
} from './drafts';
export type { ContextServices } from './context-services';
export { handlesAction } from './handles-action';
export { logFailure, logHandlerFailure, logOwnLookup, noteHandler } from './log-failure';
export { childLogger, consoleLogger, safeLogger } from './logger';
export type { InspectWidget } from './inspect-widget';
export type { Logger } from './logger';
export { observed } from './observed';
export type { Register, RequestContext, TakesContext } from './register';
export { Lifetime, RunContext } from './run-context';
export type { RunContextInit, RunHooks } from './run-context';
export { safeTelemetry } from './safe-telemetry';
export { ScopedStore } from './scoped-store';
export type { ObservedFacts, Observation, StreamEnding, Telemetry, ObservedWork } from './telemetry';
export { signItem } from './widget-signer';
export type { Signature, WidgetPlace, WidgetSigner } from './widget-signer';
