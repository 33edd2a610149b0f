import { ChatError } from './chat-error';

/** For a handler that changes its sender when the page itself sent the action. */
export function noSender(): ChatError {
  return new ChatError('This action works only from a widget, and was not sent by one.', 400, 'no_sender');
}
