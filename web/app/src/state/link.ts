import { signal } from '@preact/signals';
import type { Connection } from '../net/connection';

export type Banner =
  | { kind: 'none' }
  | { kind: 'connecting' }
  | { kind: 'reconnecting' }
  | { kind: 'catching-up' }
  | { kind: 'caught-up'; count: number };

const SHOWN_MS = 5_000;
const FIRST_PATIENCE_MS = 1_500;

/** What the connection is doing, in words for people; and whether they look. */
export class Link {
  readonly banner = signal<Banner>({ kind: 'none' });
  readonly isVisible = signal(isVisible());
  #timer: ReturnType<typeof setTimeout> | undefined;
  #heard = 0;
  #was = false;
  readonly #look = () => {
    this.isVisible.value = isVisible();
  };

  constructor(connection: Connection, connected: (isRecovered: boolean) => Promise<number>) {
    const { socket } = connection;
    this.#later({ kind: 'connecting' }, FIRST_PATIENCE_MS);
    socket.on('connect', () => {
      this.#heard = 0;
    });
    // what was missed comes before the server says who this is
    const missed = () => {
      this.#heard += connection.isOnline.peek() ? 0 : 1;
    };
    socket.on('new-message', missed);
    socket.on('notification', missed);
    socket.on('room-message', missed);
    socket.on('disconnect', () => this.#now({ kind: this.#was ? 'reconnecting' : 'connecting' }));
    connection.isOnline.subscribe((isOnline) => {
      if (isOnline) {
        const recovered = socket.recovered ? this.#heard : 0;
        if (this.#was) {
          this.#now({ kind: 'catching-up' });
        }
        void connected(socket.recovered)
          .then((count) => this.#caughtUp(recovered + count))
          .catch(() => this.#now({ kind: 'none' }));
      }
    });
    for (const event of ['focus', 'blur', 'visibilitychange']) {
      window.addEventListener(event, this.#look);
    }
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const event of ['focus', 'blur', 'visibilitychange']) {
      window.removeEventListener(event, this.#look);
    }
  }

  #caughtUp(count: number): void {
    if (this.#was) {
      this.#now({ kind: 'caught-up', count });
      this.#later({ kind: 'none' }, SHOWN_MS);
    } else {
      this.#now({ kind: 'none' });
    }
    this.#was = true;
  }

  #now(banner: Banner): void {
    clearTimeout(this.#timer);
    this.banner.value = banner;
  }

  #later(banner: Banner, ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#now(banner), ms);
  }
}

function isVisible(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}
