import type { Sent } from '../core/outbox';
import { Refused } from '../net/failure';

/** What a failed try to send means for the message. */
export function sentAfter(error: unknown, isOnline: boolean): Sent {
  if (!(error instanceof Refused)) {
    return { result: 'refused', message: 'Something went wrong.' };
  }
  switch (error.code) {
    case 'OFFLINE':
      return isOnline ? { result: 'later', afterMs: 500 } : { result: 'offline' };
    case 'UNAVAILABLE':
    case 'RATE_LIMITED':
      return { result: 'later', afterMs: error.retryAfterMs ?? 1_000 };
    case 'UNAUTHORIZED':
    case 'TOKEN_EXPIRED':
      return { result: 'offline' };
    default:
      return { result: 'refused', message: error.message };
  }
}

/** Random, also on pages that have no secure origin. */
export function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
