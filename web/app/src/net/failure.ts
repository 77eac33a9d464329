import type { ErrorCode, Failure } from '@chatterbox/events';

/** A refusal of the server, or that it could not be asked (`OFFLINE`). */
export class Refused extends Error {
  readonly code: ErrorCode | 'OFFLINE';
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode | 'OFFLINE', message: string, retryAfterMs?: number) {
    super(message);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }

  static of(failure: Failure): Refused {
    return new Refused(failure.code, failure.message, failure.retryAfterMs);
  }

  static offline(): Refused {
    return new Refused('OFFLINE', 'The server cannot be reached.');
  }
}

/** What is shown to people. */
export function messageOf(error: unknown): string {
  return error instanceof Refused ? error.message : 'Something went wrong.';
}

export const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
