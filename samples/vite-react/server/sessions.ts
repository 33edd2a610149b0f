import { randomUUID } from 'node:crypto';

/** Who asks; `context` in app.ts makes it of the request. */
export interface Visitor {
  userId: string;
}

/** Stands for the sessions of your app: each login is a new user. */
export class Sessions {
  private readonly visitors = new Map<string, Visitor>();

  open(): string {
    const token = randomUUID();
    this.visitors.set(token, { userId: randomUUID() });
    return token;
  }

  find(authorization: string | undefined): Visitor | null {
    return this.visitors.get(authorization?.replace(/^Bearer /, '') ?? '') ?? null;
  }
}
