import type {
  Acknowledge,
  Answer,
  ClientToServerEvents,
  ServerToClientEvents,
} from '@chatterbox/events';
import { signal } from '@preact/signals';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { Refused, wait } from './failure';
import type { Session } from './session';

export type ClientEvent = keyof ClientToServerEvents;
type Payload<E extends ClientEvent> = Parameters<ClientToServerEvents[E]>[0];
type Result<E extends ClientEvent> =
  NonNullable<Parameters<ClientToServerEvents[E]>[1]> extends Acknowledge<infer T> ? T : never;

const ANSWER_MS = 13_000;
const HEARTBEAT_MS = 30_000;
const AGAIN_MS = 1_000;

/**
 * The socket of this tab. It signs in at every connect, renews its authority before it ends, and
 * connects again for as long as the session lives.
 */
export class Connection {
  readonly socket: Socket<ServerToClientEvents, ClientToServerEvents>;
  /** Whether the server knows who this is. */
  readonly isOnline = signal(false);
  readonly #session: Session;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #unsubscribe: () => void;
  #used = '';
  #doubts = 0;
  #closed = false;

  constructor(session: Session) {
    this.#session = session;
    this.socket = io({
      autoConnect: false,
      auth: (give) => void this.#handshake(give),
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      reconnectionDelay: 300,
      reconnectionDelayMax: 4_000,
      timeout: 8_000,
      forceNew: true,
    });
    this.socket.on('authenticated', () => {
      this.#doubts = 0;
      this.isOnline.value = true;
    });
    this.socket.on('unauthorized', () => void this.#doubted());
    this.socket.on('error', ({ event, retryAfterMs }) => {
      if (event === 'auth') {
        // the token could not be checked now, which says nothing against it
        void wait(retryAfterMs ?? AGAIN_MS).then(() => {
          if (this.socket.connected && !this.isOnline.peek() && !this.#closed) {
            this.#authorize(this.#used);
          }
        });
      }
    });
    this.socket.on('token-expiring', () => void session.renew(this.#used).catch(() => undefined));
    this.socket.on('disconnect', (reason) => {
      this.isOnline.value = false;
      if (reason === 'io server disconnect') {
        // the stock client does not come back by itself then
        void wait(500).then(() => this.#reconnect());
      }
    });
    this.#timer = setInterval(() => this.#beat(), HEARTBEAT_MS);
    // another tab has renewed the tokens, or this one: the socket lives as long as the newest
    this.#unsubscribe = session.pair.subscribe((pair) => {
      if (pair && this.isOnline.peek() && pair.accessToken !== this.#used) {
        this.#authorize(pair.accessToken);
      }
    });
  }

  open(): void {
    this.socket.connect();
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
    this.#unsubscribe();
    this.isOnline.value = false;
    this.socket.close();
  }

  /** Sends an event and resolves to what its acknowledgement adds. */
  async ask<E extends ClientEvent>(event: E, payload: Payload<E>): Promise<Result<E>> {
    if (!this.isOnline.peek()) {
      throw Refused.offline();
    }
    // the library's types cannot follow a name that is not known yet
    const socket = this.socket.timeout(ANSWER_MS) as unknown as {
      emitWithAck: (event: string, payload: unknown) => Promise<Answer<Result<E>>>;
    };
    let answer: Answer<Result<E>>;
    try {
      answer = await socket.emitWithAck(event, payload);
    } catch {
      throw Refused.offline();
    }
    if (!answer.success) {
      throw Refused.of(answer.error);
    }
    return answer;
  }

  /** Sends what is not worth an answer; nothing when there is no connection. */
  tell<E extends ClientEvent>(event: E, payload: Payload<E>): void {
    void this.ask(event, payload).catch(() => undefined);
  }

  async #handshake(give: (data: object) => void): Promise<void> {
    try {
      this.#used = await this.#session.token();
    } catch {
      this.#used = this.#session.pair.peek()?.accessToken ?? '';
    }
    give({ token: this.#used });
  }

  #authorize(token: string): void {
    this.#used = token;
    this.socket.emit('auth', { token });
  }

  /** The token was not good: it is renewed, or the session has ended and the page shows that. */
  async #doubted(): Promise<void> {
    this.isOnline.value = false;
    this.#doubts += 1;
    await wait(Math.min((this.#doubts - 1) * 1_000, 10_000));
    try {
      const token = await this.#session.renew(this.#used);
      if (this.socket.connected) {
        this.#authorize(token);
      }
    } catch {
      // signed out, or not to be asked now
    }
    this.#reconnect();
  }

  #reconnect(): void {
    if (
      !this.#closed &&
      this.#session.pair.peek() &&
      this.socket.disconnected &&
      !this.socket.active
    ) {
      this.socket.connect();
    }
  }

  #beat(): void {
    if (this.isOnline.peek() && document.visibilityState === 'visible') {
      this.tell('heartbeat', {});
    }
  }
}
