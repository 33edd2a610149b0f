export { defineAction, isActionLink } from './define-action';
export type { ActionLink, ActionLinkOptions } from './define-action';
export { diffWidget } from './diff';
export { SIGN, signMark } from './sign-mark';
export type { SignMark } from './sign-mark';
export { widgetActions } from './widget-actions';
export type { WidgetAction } from './widget-actions';
export type { WidgetSample, WidgetSource } from './widget-source';
