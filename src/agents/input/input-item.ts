/*
 * What a model reads, in the shapes of the Agents SDK for JavaScript. Those of the API and of the SDK for
 * Python are others (`image_url`, `file_data`, `function_call_output`): the SDK drops them without a word,
 * or throws.
 */

/** Text, as a part of a user's message to the model. */
export interface InputText {
  type: 'input_text';
  text: string;
}

/** An image, as a part of a user's message to the model. */
export interface InputImage {
  type: 'input_image';
  /** A URL, also a `data:` one, or the id of a file at OpenAI. */
  image: string | { id: string };
  detail?: string;
}

/** A file, as a part of a user's message to the model. */
export interface InputFile {
  type: 'input_file';
  /** A `data:` URL, or where the file is. */
  file: string | { id: string } | { url: string };
  filename?: string;
}

/** A part of what is said to a model. */
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
  /** JSON. */
  arguments: string;
  status: 'completed' | 'in_progress' | 'incomplete';
}

/** What a tool returned for the call of the same `callId`. */
export interface FunctionResultInput {
  type: 'function_call_result';
  callId: string;
  name: string;
  status: 'completed' | 'in_progress' | 'incomplete';
  output: string;
}

/** One item of a model's input. */
export type InputItem = UserInput | SystemInput | AssistantInput | FunctionCallInput | FunctionResultInput;

/** What an item of a thread becomes: one item of input, several, or none. */
export type Input = InputItem | readonly InputItem[] | null;

/** Text in the user's role: the one that every model takes, for what the application tells it as well. */
export function userText(text: string): UserInput {
  return { role: 'user', content: [{ type: 'input_text', text }] };
}
