import {
  All,
  Controller,
  Inject,
  Module,
  Req,
  Res,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type Type,
} from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Request, Response } from 'express';
import type { ChatKitOptions, RequestContext } from 'chatkit-controllers';
import { chatkit, type ChatKitMiddleware } from 'chatkit-controllers/express';

const CHAT = Symbol('the chat');

/** The options of `chatkit()`; Nest is the container. */
export interface ChatKitModuleOptions<TContext> extends Omit<ChatKitOptions<Request, TContext>, 'container'> {
  /** Where the chat is, below the app's global prefix. */
  path?: string;
  /** How long running answers may take when the app closes, in milliseconds. */
  shutdownTimeoutMs?: number;
}

/** Serves a chat. Its controllers and guards are providers of any module of the app. */
@Module({})
export class ChatKitModule {
  static forRoot<TContext extends RequestContext>({
    path = 'chatkit',
    shutdownTimeoutMs = 10_000,
    ...options
  }: ChatKitModuleOptions<TContext>): DynamicModule {
    const useFactory = async (modules: ModuleRef): Promise<ChatKitMiddleware<TContext>> => {
      const chat = chatkit<TContext>({
        ...options,
        container: (Class) => modules.get(Class, { strict: false }),
      });
      await chat.app.ready();
      return chat;
    };
    return {
      module: ChatKitModule,
      controllers: [endpointAt(path, shutdownTimeoutMs)],
      providers: [{ provide: CHAT, useFactory, inject: [ModuleRef] }],
    };
  }
}

function endpointAt(path: string, timeoutMs: number): Type {
  @Controller(`${path}{/*rest}`) // the path itself, and uploads, previews and health below it
  class ChatEndpoint implements BeforeApplicationShutdown {
    constructor(@Inject(CHAT) private readonly chat: ChatKitMiddleware) {}

    @All()
    handle(@Req() req: Request, @Res() res: Response): void {
      this.chat(req, res);
    }

    /** Nest closes its server after this, and the server waits for open streams. */
    beforeApplicationShutdown(): Promise<void> {
      return this.chat.close({ timeoutMs });
    }
  }
  return ChatEndpoint;
}
