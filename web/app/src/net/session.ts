import { signal } from '@preact/signals';
import { Refused, wait } from './failure';
import { fetchData } from './http';

/** Who is signed in, with the tokens of this browser. */
export interface Pair {
  readonly user: { readonly _id: string; readonly username: string };
  readonly accessToken: string;
  readonly refreshToken: string;
}

const KEY = 'chatterbox.session';
const SOON_MS = 30_000;

/**
 * The session of this browser. All its tabs share one pair of tokens: the stored pair is read again
 * before each renewal, one tab renews at a time, and two that do so at the same moment get the same
 * new pair.
 */
export class Session {
  readonly pair = signal<Pair | undefined>(read());
  /** Why one was signed out, to be shown beside the form. */
  readonly farewell = signal('');
  #renewal: Promise<string> | undefined;

  constructor() {
    window.addEventListener('storage', (event) => {
      if (event.key === KEY || event.key === null) {
        this.#heard(read());
      }
    });
  }

  begin(pair: Pair): void {
    this.farewell.value = '';
    this.#keep(pair);
  }

  /** Forgets the tokens, in all tabs. */
  end(reason = ''): void {
    this.farewell.value = reason;
    localStorage.removeItem(KEY);
    this.pair.value = undefined;
  }

  /** Other tokens of the same session, such as after a changed password. */
  replace(tokens: { accessToken: string; refreshToken: string }): void {
    const pair = this.pair.value;
    if (pair) {
      this.#keep({ ...pair, accessToken: tokens.accessToken, refreshToken: tokens.refreshToken });
    }
  }

  renamed(username: string): void {
    const pair = this.pair.value;
    if (pair && pair.user.username !== username) {
      this.#keep({ ...pair, user: { ...pair.user, username } });
    }
  }

  /** A token that is good for a while. */
  async token(): Promise<string> {
    const pair = this.pair.value;
    if (!pair) {
      throw new Refused('UNAUTHORIZED', 'Sign in first.');
    }
    return expiryOf(pair.accessToken) - Date.now() > SOON_MS
      ? pair.accessToken
      : this.renew(pair.accessToken);
  }

  /**
   * A newer token than this one.
   *
   * @throws Refused `UNAUTHORIZED` when the session has ended; then nobody is signed in any more
   */
  renew(old: string): Promise<string> {
    this.#renewal ??= this.#alone(() => this.#renew(old)).finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #renew(old: string): Promise<string> {
    for (let tries = 1; ; tries++) {
      const stored = read();
      if (!stored || stored.user._id !== this.pair.value?.user._id) {
        this.#heard(stored);
        throw new Refused('UNAUTHORIZED', 'You were signed out.');
      }
      if (stored.accessToken !== old) {
        // another tab was faster
        this.pair.value = stored;
        return stored.accessToken;
      }
      try {
        const body = { refreshToken: stored.refreshToken };
        const tokens = await fetchData<Pair>('POST', '/api/auth/refresh', { body });
        this.replace(tokens);
        return tokens.accessToken;
      } catch (error) {
        if (!(error instanceof Refused)) {
          throw error;
        }
        if (error.code === 'UNAUTHORIZED' || error.code === 'TOKEN_EXPIRED') {
          // unless it was ended meanwhile, with a reason of its own
          if (read()?.refreshToken === stored.refreshToken) {
            this.end('You were signed out on this device.');
          }
          throw error;
        }
        if (tries === 3) {
          throw error;
        }
        // soon: the same token is taken again for ten seconds
        await wait(error.retryAfterMs ?? 700 * tries);
      }
    }
  }

  /** One tab at a time, where the browser offers locks. */
  #alone(work: () => Promise<string>): Promise<string> {
    const locks = (navigator as { locks?: LockManager }).locks;
    return locks ? locks.request(KEY, () => work()).then((token) => token) : work();
  }

  #heard(pair: Pair | undefined): void {
    if (pair?.accessToken !== this.pair.value?.accessToken) {
      this.pair.value = pair;
    }
  }

  #keep(pair: Pair): void {
    localStorage.setItem(KEY, JSON.stringify(pair));
    this.pair.value = pair;
  }
}

function read(): Pair | undefined {
  try {
    const pair = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Pair | null;
    return pair?.accessToken && pair.refreshToken && pair.user._id ? pair : undefined;
  } catch {
    return undefined;
  }
}

/** When a token ends, by its own word; 0 for what cannot be read. */
export function expiryOf(token: string): number {
  try {
    const part = (token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/');
    return (JSON.parse(atob(part)) as { exp: number }).exp * 1000;
  } catch {
    return 0;
  }
}
