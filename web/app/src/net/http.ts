import type { ErrorCode } from '@chatterbox/events';
import { Refused } from './failure';

interface Envelope {
  success: boolean;
  data?: unknown;
  error?: { code: ErrorCode; message: string; details?: { retryAfterMs?: number } };
}

const PATIENCE_MS = 8_000;

/** One call of the REST half; what it answers is its `data`. */
export async function fetchData<T>(
  method: string,
  path: string,
  { token, body }: { token?: string | undefined; body?: unknown } = {},
): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: {
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(PATIENCE_MS),
      credentials: 'omit',
      cache: 'no-store',
    });
  } catch {
    throw Refused.offline();
  }
  return dataOf<T>(response.status, await response.text().catch(() => ''));
}

/** Reads the common envelope; what its data is, the caller knows. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export function dataOf<T>(status: number, text: string): T {
  let envelope: Envelope;
  try {
    envelope = JSON.parse(text) as Envelope;
  } catch {
    throw new Refused(
      status === 413 ? 'PAYLOAD_TOO_LARGE' : 'UNAVAILABLE',
      'The server cannot answer now. Try again.',
    );
  }
  if (!envelope.success) {
    const { code, message, details } = envelope.error ?? {
      code: 'SERVER_ERROR' as const,
      message: 'Something went wrong.',
    };
    throw new Refused(code, message, details?.retryAfterMs);
  }
  return envelope.data as T;
}
