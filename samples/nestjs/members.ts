import { Injectable } from '@nestjs/common';
import type { ChatContext, Guard } from 'chatkit-controllers';

/** Who asks; `context` in app-module.ts makes it of the request. */
export interface Visitor {
  userId: string;
}

@Injectable()
export class Members {
  private readonly ids = new Set(['ada', 'bob']);

  has(id: string): boolean {
    return this.ids.has(id);
  }
}

/** A guard of the chat, with a service that Nest injects. */
@Injectable()
export class MembersOnly implements Guard {
  constructor(private readonly members: Members) {}

  canActivate(ctx: ChatContext<Visitor>): boolean {
    return this.members.has(ctx.requestContext.userId);
  }
}
