// The public API; each export is documented where it is defined. Loads nothing of the SDK.
export { scriptModels } from './script-models';
export type { SdkSettings } from './script-models';
export { toolCall } from './scripted-answer';
export type { ScriptedAnswer, ScriptedCall, ScriptedPart } from './scripted-answer';
export { scriptedModel } from './scripted-model';
export type { Respond, Script, ScriptedModel, ScriptedRequest } from './scripted-model';
