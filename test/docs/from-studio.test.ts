import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  assistantMessage,
  StartupError,
  ChatController,
  createChatKit,
  MemoryStore,
  OnMessage,
} from 'chatkit-controllers';
import { WidgetTemplate } from 'chatkit-controllers/templates';
import { ROOT } from './code-blocks';

@ChatController()
class Unfinished {
  @OnMessage()
  reply() {
    return assistantMessage('There is a table free tonight.');
  }
}

test('the guide shows what the startup says of a template without handlers', () => {
  const guide = readFileSync(join(ROOT, 'docs/from-studio.md'), 'utf8');
  const template = WidgetTemplate.fromFile(join(ROOT, 'samples/from-studio/widgets/booking.widget'));
  const startup = () =>
    createChatKit({
      controllers: [Unfinished],
      widgets: [template],
      store: new MemoryStore(),
      owner: 'shared',
    });
  expect(startup).toThrow(StartupError);
  try {
    startup();
  } catch (error) {
    const said = String(error);
    expect(said.slice(said.indexOf('\n  2. '))).toContain('table.dismiss');
    expect(guide).toContain(said.slice(0, said.indexOf('\n  2. ')));
  }
});
