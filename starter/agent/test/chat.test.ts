import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryStore } from 'chatkit-controllers';
import { testChat } from 'chatkit-controllers/testing';
import { createChat } from '../src/chat.js';
import { pickColour } from '../src/colours.js';
import { script } from '../src/models.js';

test('a colour is picked by a click', async () => {
  const chat = testChat(createChat(new MemoryStore(), script));
  const hello = await chat.send('Hello');

  const picked = await chat.action(pickColour, { colour: 'red' });
  assert.equal(picked.replaced[0]!.id, hello.widgets[0]!.id);
  assert.deepEqual(picked.messages, ['You picked red.']);
  assert.equal(picked.hiddenContext[0]!.content, '<PICKED>red</PICKED>');
});
