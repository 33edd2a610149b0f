import { setTimeout as delay } from 'node:timers/promises';
import {
  assistantMessageStream,
  ChatController,
  OnMessage,
  Signal,
  UserMessage,
  type UserMessageItem,
} from 'chatkit-controllers';

const STORY =
  'This answer comes word by word and takes three seconds. Meanwhile you can stop it, close the page or kill ' +
  'this process: what the page has shown is still there after a reload, whichever process answers then.';

@ChatController()
export class StoryController {
  /** @param processName so that the page shows which process has answered */
  constructor(private readonly processName: string) {}

  @OnMessage()
  reply(@UserMessage() message: UserMessageItem | null, @Signal() signal: AbortSignal) {
    const said = message?.content.map(({ text }) => text).join('') ?? '';
    return assistantMessageStream(slowly(`${this.processName} answers “${said}”. ${STORY}`, signal));
  }
}

async function* slowly(text: string, signal: AbortSignal): AsyncGenerator<string> {
  for (const word of text.split(/(?<= )/)) {
    yield word;
    await delay(75, undefined, { signal });
  }
}
