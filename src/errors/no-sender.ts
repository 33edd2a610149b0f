import { ChatError } from './chat-error';

/** Of an action that changes its sender, when it came from the page itself. */
export function noSender(): ChatError {
  return new ChatError('This action did not come from a widget, and works from one only.', 400, 'no_sender');
}
