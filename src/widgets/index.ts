export { isSame } from './is-same';
export { ActionSigner } from './action-signer';
export type { SigningOptions } from './action-signer';
export type { AnyComponent } from './components';
export { canonicalJson } from './canonical-json';
export { action } from './action';
export type {
  ActionDefinition,
  ActionDefinitionOptions,
  AnyActionDefinition,
  FieldsOf,
  FormPayload,
} from './action-definition';
export { ActionDefinitionError } from './action-definition-error';
export type { ActionDefinitionProblem } from './action-definition-error';
export { defineAction, isActionDefinition } from './define-action';
export type { DefineActionOptions } from './define-action';
export { diffWidget } from './diff';
export type { DiffOptions, WidgetUpdate } from './diff';
export { formCollisions } from './form-collisions';
export type { FormCollision } from './form-collisions';
export { sentAction, whyNotSent } from './sent-action';
export { SIGN, signMark } from './sign-mark';
export type { SignMark } from './sign-mark';
export { namesAndValues, readSignature, SIGNATURE, signatureIn, withoutSignature } from './signature';
export { widgetActions } from './widget-actions';
export type { WidgetAction } from './widget-actions';
export type { WidgetSample, WidgetSource } from './widget-source';
