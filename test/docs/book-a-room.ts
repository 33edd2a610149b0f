// Books a room as docs/payloads-and-forms.md has it, in the time zone of this process, and prints the answer's text.
import 'reflect-metadata';
import { createRequire } from 'node:module';
import { ChatController, MemoryStore, OnMessage, type Class } from '../../src';
import { chatkit } from '../../src/fetch';
import { create, act, type Wire } from '../support/requests';
import { runBlockWith } from './blocks-of';

@ChatController()
class Responder {
  @OnMessage()
  reply(): void {
    // it answers nothing
  }
}

async function main(): Promise<void> {
  const { BookingController } = runBlockWith(
    'docs/payloads-and-forms.md',
    '@OnAction(book)',
    createRequire(__filename),
  );
  const controllers = [Responder, BookingController as Class];
  const chat = chatkit({ controllers, store: new MemoryStore(), owner: 'shared' });
  const ask = async (wire: Wire): Promise<string> => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify(wire);
    const response = await chat(new Request('http://localhost/chatkit', { method: 'POST', headers, body }));
    return response.text();
  };
  const threadId = /"id":"(thr_.*?)"/.exec(await ask(create()))?.[1] ?? '';
  // As the form's controls send it.
  const payload = { roomId: 'room_1', from: '2026-03-01', nights: '2', guest: { name: 'Ada' } };
  console.log(await ask(act(threadId, undefined, 'room.book', payload)));
}

void main();
