import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as sdk from '@openai/agents';
import { MemoryStore } from 'chatkit-controllers';
import { testChat, type TestChat } from 'chatkit-controllers/testing';
import { scriptModels } from 'chatkit-controllers/testing/agents';

test(
  'the workflow answers turn after turn, and goes on when what it asks is accepted',
  { timeout: 60_000 },
  async () => {
    scriptModels(sdk); // before the workflow is loaded
    const { createChat } = await import('../src/chat.js');
    const chat = testChat(createChat(new MemoryStore()), { throwOnError: true });
    for (const text of ['Hello', 'And now?', 'Once more.']) {
      await chat.send(text);
      await acceptAll(chat);
    }
    assert.equal(chat.thread.items.filter(({ type }) => type === 'user_message').length, 3);
  },
);

/** Presses Accept until nothing is asked any more. */
async function acceptAll(chat: TestChat): Promise<void> {
  for (let action = acceptIn(chat); action !== undefined; action = acceptIn(chat)) {
    await chat.action(action.type, action.payload);
  }
}

function acceptIn({ thread }: TestChat) {
  for (const item of thread.items) {
    const confirm = item.type === 'widget' ? (item.widget.confirm as Button | undefined) : undefined;
    if (confirm?.action.type === 'workflow.approval.accept') return confirm.action;
  }
  return undefined;
}

interface Button {
  action: { type: string; payload?: unknown };
}
