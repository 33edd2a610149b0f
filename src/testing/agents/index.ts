// The public face: what it exports is documented where it is defined. Nothing of the SDK is loaded.
export { scriptModels } from './script-models';
export type { SdkSettings } from './script-models';
export { toolCall } from './scripted-answer';
export type { ScriptedAnswer, ScriptedCall, ScriptedPart } from './scripted-answer';
export { scriptedModel } from './scripted-model';
export type { Respond, Script, ScriptedModel, ScriptedRequest } from './scripted-model';
