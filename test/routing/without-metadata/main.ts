/** Run by tsx, which like esbuild emits no types of parameters; prints what became of it. */
import 'reflect-metadata';
import { IsString } from 'class-validator';
import { z } from 'zod';
import { StartupError } from '../../../src/errors';
import type { ChatContext } from '../../../src/context';
import { ChatController, Context, OnAction, OnMessage, Payload, Sender } from '../../../src/decorators';
import type { WidgetItem } from '../../../src/protocol';
import { buildHandlers } from '../../../src/app/handlers';
import { defineAction } from '../../../src/widgets';
import { testContext, texts } from '../../execution/support';

class SelectItem {
  @IsString() id!: string;
}

const hide = defineAction('item.hide', SelectItem);
const move = defineAction('item.move', z.object({ id: z.string() }));

/** Decorated and undecorated parameters; each type has a name. */
@ChatController()
class Named {
  @OnAction('item.select', { payload: SelectItem })
  *select(payload: SelectItem) {
    yield {
      type: 'progress_update' as const,
      text: `${payload.id} ${String(payload instanceof SelectItem)}`,
    };
  }

  @OnAction('item.star')
  *star(@Payload(SelectItem) { id }: SelectItem) {
    yield { type: 'progress_update' as const, text: `starred ${id}` };
  }

  @OnAction(hide)
  *hide(@Sender() sender: WidgetItem | null, @Payload() payload: SelectItem) {
    const text = `hid ${payload.id} ${String(payload instanceof SelectItem)} ${String(sender?.id)}`;
    yield { type: 'progress_update' as const, text };
  }

  @OnAction(move)
  *move(@Payload() { id }: { id: string }, @Context() { owner }: ChatContext) {
    yield { type: 'progress_update' as const, text: `moved ${id} for ${owner}` };
  }

  @OnAction('item.show', { payload: SelectItem })
  *show(@Payload() { id }: SelectItem) {
    yield { type: 'progress_update' as const, text: `showed ${id}` };
  }

  @OnMessage()
  reply() {
    return undefined;
  }
}

@ChatController()
class Unnamed {
  @OnAction('item.open')
  open(@Payload() { id }: SelectItem) {
    return { type: 'progress_update' as const, text: id };
  }
}

const options = { mode: 'production', unknownFields: 'drop' } as const;

async function main(): Promise<void> {
  const { table } = buildHandlers({ ...options, controllers: [Named] });
  const answers: string[] = [];
  for (const type of ['select', 'star', 'hide', 'move', 'show'].map((name) => `item.${name}`)) {
    const ctx = testContext({ action: { type, payload: { id: 'a' } } });
    answers.push(...(await texts(table.action(type)!, ctx)));
  }
  try {
    buildHandlers({ ...options, controllers: [Named, Unnamed] });
  } catch (error) {
    console.log(
      JSON.stringify({ answers, problems: error instanceof StartupError ? error.problems : String(error) }),
    );
  }
}

void main();
