import { IsArray, IsEmail, IsInt, IsOptional, IsString, Length, Min } from 'class-validator';
import { z } from 'zod';
import {
  assistantMessage,
  ChatController,
  clientEffect,
  clientToolCall,
  hiddenContext,
  OnAction,
  OnFeedback,
  OnMessage,
  OnTranscribe,
  replace,
  structuredInput,
  widget,
  type ChatContext,
  type UserMessageItem,
  type WidgetRoot,
} from '../../../src';
import { SECRET } from '../history';
import { toJson } from './values';

class SaveForm {
  @Length(1, 80) name!: string;
  @IsInt() @Min(0) age!: number;
  @IsArray() @IsString({ each: true }) tags!: string[];
  @IsOptional() @IsEmail() email?: string;
  @IsOptional() home?: object;
}

const selection = z.object({ id: z.string(), at: z.array(z.unknown()).optional() }).loose();

const card = (value: string): WidgetRoot => ({ type: 'Card', children: [{ type: 'Text', id: 't', value }] });

/** A handler for all there is. What users send comes back in what it yields. */
@ChatController()
export class Fuzzed {
  @OnMessage()
  *reply(message: UserMessageItem | null) {
    const text = message?.content.map((part) => part.text).join(' ') ?? 'nothing';
    yield hiddenContext(`${SECRET} ${text}`);
    if (text === 'widget') yield widget(card(text));
    else if (text === 'call') yield clientToolCall('look_up', { text });
    else if (text === 'ask') yield structuredInput([{ type: 'freeform', id: 'size', question: 'Which?' }]);
    else yield assistantMessage(`You said: ${text}.`);
  }

  @OnAction('item.select', { payload: selection })
  *select(payload: z.infer<typeof selection>, { sender }: ChatContext) {
    if (sender !== null) yield replace(sender, card(payload.id));
    yield hiddenContext({ secret: SECRET, payload });
    yield clientEffect('selected', payload);
  }

  @OnAction('form.save', { payload: SaveForm })
  save({ name, tags }: SaveForm) {
    return assistantMessage(`${name}: ${tags.join(', ')}`);
  }

  @OnAction('card.sync', { sync: true, payload: 'unchecked' })
  sync(payload: unknown, { sender }: ChatContext) {
    return sender === null ? undefined : replace(sender, card(toJson(payload)));
  }

  @OnFeedback()
  feedback() {
    // Nothing to do.
  }

  @OnTranscribe()
  transcribe({ data }: { data: Uint8Array }) {
    return `${String(data.length)} bytes`;
  }
}
