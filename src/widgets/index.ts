export { defineAction, isActionLink } from './define-action';
export type { ActionLink, ActionLinkOptions } from './define-action';
export { diffWidget } from './diff';
