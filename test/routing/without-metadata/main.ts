/** Run by tsx, which like esbuild emits no types of parameters; prints what became of it. */
import 'reflect-metadata';
import { IsString } from 'class-validator';
import { BootError } from '../../../src/errors';
import { ChatController, OnAction, OnMessage, Payload } from '../../../src/decorators';
import { buildDispatchTable } from '../../../src/routing';
import { testContext, texts } from '../../execution/support';

class SelectItem {
  @IsString() id!: string;
}

@ChatController()
class Undecorated {
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

  @OnMessage()
  reply() {
    return undefined;
  }
}

@ChatController()
class Decorated {
  @OnAction('item.open')
  open(@Payload() { id }: SelectItem) {
    return { type: 'progress_update' as const, text: id };
  }
}

const options = { mode: 'production', unknownFields: 'drop' } as const;

async function main(): Promise<void> {
  const table = buildDispatchTable({ ...options, controllers: [Undecorated] });
  const answers: string[] = [];
  for (const type of ['item.select', 'item.star']) {
    const ctx = testContext({ action: { type, payload: { id: 'a' } } });
    answers.push(...(await texts(table.action(type)!, ctx)));
  }
  try {
    buildDispatchTable({ ...options, controllers: [Undecorated, Decorated] });
  } catch (error) {
    console.log(
      JSON.stringify({ answers, faults: error instanceof BootError ? error.faults : String(error) }),
    );
  }
}

void main();
