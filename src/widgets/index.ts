export { ActionSigner } from './action-signer';
export type { SigningOptions } from './action-signer';
export { canonicalJson } from './canonical-json';
export { action } from './action';
export type {
  ActionLink,
  ActionLinkOptions,
  AnyActionLink,
  FieldOf,
  FieldsOf,
  FormPayload,
} from './action-link';
export { ActionLinkError } from './action-link-error';
export type { ActionLinkFault } from './action-link-error';
export { defineAction, isActionLink } from './define-action';
export type { DefineActionOptions } from './define-action';
export { diffWidget } from './diff';
export type { DiffOptions, WidgetUpdate } from './diff';
export { formCollisions } from './form-collisions';
export type { FormCollision } from './form-collisions';
export { sentAction } from './sent-action';
export { SIGN, signMark } from './sign-mark';
export type { SignMark } from './sign-mark';
export { namesAndValues, readSignature, signatureIn, withoutSignature } from './signature';
export { widgetActions } from './widget-actions';
export type { WidgetAction } from './widget-actions';
export type { WidgetSample, WidgetSource } from './widget-source';
