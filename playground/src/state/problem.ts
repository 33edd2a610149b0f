import { ChatKitClientError, type Issue } from 'chatkit-controllers/client';

/** An error as the page shows it. */
export interface Problem {
  message: string;
  code: string | undefined;
  status: number | undefined;
  issues: readonly Issue[];
  requestId: string | undefined;
}

export function problemOf(error: unknown): Problem {
  if (error instanceof ChatKitClientError) {
    const { message, code, status, issues, requestId } = error;
    return { message, code, status: status === 0 ? undefined : status, issues, requestId };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { message, code: undefined, status: undefined, issues: [], requestId: undefined };
}

export function told(message: string): Problem {
  return { message, code: undefined, status: undefined, issues: [], requestId: undefined };
}
