import type { Logger } from '../context';
import { held, holdPromises, UnauthorizedError } from '../errors';
import { isStorableText } from '../protocol';
import { chain, type Awaitable } from '../store';
import { LEASE_OWNER } from './lease';

/** The application's functions that tell who asks. */
export interface IdentityOptions<TRequest, TContext> {
  readonly context: (request: TRequest) => TContext | null | undefined | Promise<TContext | null | undefined>;
  readonly owner: 'shared' | ((context: TContext) => string | null | undefined);
}

/** Tells who asks: the request's context, and the owner of all that it may see. */
export class Identity<TRequest, TContext> {
  private noted = false;

  /** @param isDevelopment whether an owner that is missing is told in the log */
  constructor(
    private readonly options: IdentityOptions<TRequest, TContext>,
    private readonly logger: Logger,
    private readonly isDevelopment: boolean,
  ) {}

  /** @throws UnauthorizedError, and what the application's functions throw */
  of(request: TRequest): Awaitable<{ requestContext: TContext; owner: string }> {
    return chain(this.options.context(request), (requestContext) => {
      if (requestContext === null || requestContext === undefined) throw new UnauthorizedError();
      // A handler may await what it needs of it; a request that fails before awaits nothing.
      if (typeof requestContext === 'object') {
        for (const value of Object.values(requestContext)) if (typeof value === 'object') held(value);
      }
      return { requestContext, owner: this.ownerOf(requestContext) };
    });
  }

  /** @throws UnauthorizedError */
  ownerOf(requestContext: TContext): string {
    const { owner } = this.options;
    const found: unknown = owner === 'shared' ? owner : owner(requestContext);
    if (typeof found !== 'string' || found === '') {
      holdPromises(found);
      this.note(found);
      throw new UnauthorizedError();
    }
    if (found === LEASE_OWNER) throw new UnauthorizedError();
    // A store would keep it as another text, and so for another owner as well.
    if (!isStorableText(found)) {
      throw new UnauthorizedError('This user has no valid name.', { code: 'invalid_owner' });
    }
    return found;
  }

  /**
   * A user who is not logged in is no news; an `owner` that reads the wrong field looks the same from
   * outside, so that it is told once, in development. What is no text at all is never right.
   */
  private note(found: unknown): void {
    const isMissing = found === undefined || found === null || found === '';
    if (this.noted || (isMissing && !this.isDevelopment)) return;
    this.noted = true;
    const what = !isMissing
      ? `a value of type ${typeof found}`
      : found === ''
        ? 'an empty text'
        : String(found);
    this.logger.warn(
      {
        code: 'unauthorized',
        fix: 'Return the id of the user as text: `owner: (context) => context.userId`.',
      },
      `\`owner\` returned ${what}, and the request was answered with 401. If a user was logged in, look at what \`owner\` reads of what \`context\` returned. (This is said once.)`,
    );
  }
}
