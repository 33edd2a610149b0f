/*
 * Input of a model, in the shapes of the Agents SDK for JavaScript. The API and the SDK for Python use other
 * shapes (`image_url`, `file_data`, `function_call_output`), which this SDK silently drops, or throws for.
 */

/** Text, as a part of a user's message to the model. */
export interface InputText {
  type: 'input_text';
  text: string;
}

/** An image, as a part of a user's message to the model. */
export interface InputImage {
  type: 'input_image';
  /** A URL, which may be a `data:` URL, or the id of a file at OpenAI. */
  image: string | { id: string };
  detail?: string;
}

/** A file, as a part of a user's message to the model. */
export interface InputFile {
  type: 'input_file';
  /** A `data:` URL, the id of a file at OpenAI, or a URL. */
  file: string | { id: string } | { url: string };
  filename?: string;
}

/** A part of a user's message to the model. */
export type InputContent = InputText | InputImage | InputFile;

/** A message in the role `user`. */
export interface UserInput {
  type?: 'message';
  role: 'user';
  content: InputContent[];
}

/** A message in the role `system`. */
export interface SystemInput {
  type?: 'message';
  role: 'system';
  content: string;
}

/** An earlier answer of the model. */
export interface AssistantInput {
  type?: 'message';
  role: 'assistant';
  status: 'completed' | 'in_progress' | 'incomplete';
  content: ({ type: 'output_text'; text: string } | { type: 'refusal'; refusal: string })[];
}

/** An earlier call of a tool by the model. */
export interface FunctionCallInput {
  type: 'function_call';
  id?: string;
  callId: string;
  name: string;
  /** JSON text. */
  arguments: string;
  status: 'completed' | 'in_progress' | 'incomplete';
}

/** What a tool returned for the call with the same `callId`. */
export interface FunctionResultInput {
  type: 'function_call_result';
  callId: string;
  name: string;
  status: 'completed' | 'in_progress' | 'incomplete';
  output: string;
}

/** One item of a model's input. */
export type InputItem = UserInput | SystemInput | AssistantInput | FunctionCallInput | FunctionResultInput;

/** The model input for one item of a thread: one input item, several, or none. */
export type Input = InputItem | readonly InputItem[] | null;

/** Text in the role `user`, also for text of the application, because every model accepts this role. */
export function userText(text: string): UserInput {
  return { role: 'user', content: [{ type: 'input_text', text }] };
}
