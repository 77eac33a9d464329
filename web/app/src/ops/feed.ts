import { signal } from '@preact/signals';
import { Refused } from '../net/failure';
import type { Session } from '../net/session';
import type { Frame, Picture } from './frames';
import { History } from './history';

type Link = 'connecting' | 'open' | 'forbidden';

const KEPT = 300;
const AGAIN_MS = 1_000;
const ANSWER_MS = 5_000;
const RENEW_BEFORE_MS = 25_000;
const UNAUTHORIZED = 4401;
const FORBIDDEN = 4403;

interface Waiting {
  done: (data: unknown) => void;
  refused: (error: Refused) => void;
}

/** The feed of the operator's page, which comes back by itself for as long as the session lives. */
export class Feed {
  readonly link = signal<Link>('connecting');
  readonly picture = signal<Picture | undefined>(undefined);
  readonly gateway = signal('');
  readonly history = new History(KEPT);
  readonly #session: Session;
  readonly #waiting = new Map<number, Waiting>();
  #socket: WebSocket | undefined;
  #renewal: ReturnType<typeof setTimeout> | undefined;
  #token = '';
  #next = 1;
  #closed = false;

  constructor(session: Session) {
    this.#session = session;
  }

  async open(): Promise<void> {
    try {
      this.#token = await this.#session.token();
    } catch {
      // signed out, or not to be reached
      this.#again();
      return;
    }
    if (this.#closed) {
      return;
    }
    const url = new URL('/ops/feed', location.href);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(url);
    this.#socket = socket;
    socket.onopen = () => socket.send(JSON.stringify({ token: this.#token }));
    socket.onmessage = ({ data }: MessageEvent<string>) => this.#heard(JSON.parse(data) as Frame);
    socket.onclose = ({ code }) => void this.#ended(code);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#renewal);
    this.#socket?.close();
  }

  /** Has something done; what it answers, the caller knows. */
  ask<T>(action: string, fields: object = {}): Promise<T> {
    const socket = this.#socket;
    if (socket?.readyState !== WebSocket.OPEN) {
      return Promise.reject(Refused.offline());
    }
    const id = this.#next++;
    return new Promise<unknown>((done, refused) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        refused(Refused.offline());
      }, ANSWER_MS);
      const settle =
        <A>(how: (value: A) => void) =>
        (value: A) => {
          clearTimeout(timer);
          this.#waiting.delete(id);
          how(value);
        };
      this.#waiting.set(id, { done: settle(done), refused: settle(refused) });
      socket.send(JSON.stringify({ id, action, ...fields }));
    }) as Promise<T>;
  }

  #heard(frame: Frame): void {
    switch (frame.type) {
      case 'picture':
        this.history.add(frame);
        this.picture.value = frame;
        break;
      case 'welcome':
        this.link.value = 'open';
        this.gateway.value = frame.gateway;
        clearTimeout(this.#renewal);
        this.#renewal = setTimeout(
          () => void this.#renew(),
          Math.max(1_000, Date.parse(frame.expiresAt) - Date.now() - RENEW_BEFORE_MS),
        );
        break;
      case 'reply':
        if (frame.success) {
          this.#waiting.get(frame.id)?.done(frame.data);
        } else {
          this.#waiting.get(frame.id)?.refused(Refused.of(frame.error));
        }
        break;
      case 'refused':
        // its close code follows
        break;
    }
  }

  async #renew(): Promise<void> {
    try {
      this.#token = await this.#session.token();
      this.#socket?.send(JSON.stringify({ token: this.#token }));
    } catch {
      // the feed ends with its token, and says so
    }
  }

  async #ended(code: number): Promise<void> {
    clearTimeout(this.#renewal);
    for (const { refused } of [...this.#waiting.values()]) {
      refused(Refused.offline());
    }
    if (this.#closed) {
      return;
    }
    if (code === FORBIDDEN) {
      this.link.value = 'forbidden';
      return;
    }
    this.link.value = 'connecting';
    if (code === UNAUTHORIZED) {
      // a newer token, or the session has ended
      await this.#session.renew(this.#token).catch(() => undefined);
    }
    this.#again();
  }

  #again(): void {
    setTimeout(() => {
      if (!this.#closed && this.#session.pair.peek()) {
        void this.open();
      }
    }, AGAIN_MS);
  }
}
