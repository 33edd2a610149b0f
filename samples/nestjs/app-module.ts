import { Module } from '@nestjs/common';
import { MemoryStore } from 'chatkit-controllers';
import { ChatKitModule } from './chatkit-module.js';
import { LibraryController } from './library-controller.js';
import { LibraryModule } from './library-module.js';
import type { Visitor } from './members.js';

@Module({
  imports: [
    LibraryModule,
    ChatKitModule.forRoot<Visitor>({
      controllers: [LibraryController],
      actionsFromWidgetOnly: true,
      store: new MemoryStore(),
      // The header is believed as it comes: take the user from your session instead.
      context: (req) => ({ userId: req.get('x-user-id') ?? '' }),
      owner: ({ userId }) => userId, // empty: 401
      shutdownTimeoutMs: 2_000,
    }),
  ],
})
export class AppModule {}
