/* Measures one start, in milliseconds, and tells it as JSON. */
import 'reflect-metadata';
import 'class-transformer';
import 'class-validator';
import 'express';
import 'rxjs';
import 'zod';
import { SelectItem } from './select-item.mjs';

const importBegan = performance.now();
const { ChatController, createChatKit, MemoryStore, OnAction, OnMessage, Payload } =
  await import('chatkit-controllers');
const importMs = performance.now() - importBegan;

const HANDLERS = 1000;
const PER_CONTROLLER = 20;

function controller(number) {
  class Controller {}
  const { prototype } = Controller;
  for (let index = 0; index < PER_CONTROLLER; index += 1) {
    const name = `handle_${String(index)}`;
    prototype[name] = () => undefined;
    Payload(SelectItem)(prototype, name, 0);
    const pattern = `area_${String(number)}.action_${String(index)}`;
    OnAction(pattern)(prototype, name, Object.getOwnPropertyDescriptor(prototype, name));
  }
  if (number === 0) {
    prototype.reply = () => undefined;
    OnMessage()(prototype, 'reply', Object.getOwnPropertyDescriptor(prototype, 'reply'));
  }
  ChatController()(Controller);
  return new Controller();
}

const controllers = Array.from({ length: HANDLERS / PER_CONTROLLER }, (_, number) => controller(number));
const appBegan = performance.now();
createChatKit({ controllers, store: new MemoryStore(), owner: 'shared' });
const thousandHandlersMs = performance.now() - appBegan;

console.log(JSON.stringify({ importMs, thousandHandlersMs }));
process.exit(0);
