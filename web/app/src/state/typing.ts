import type { Place } from '@chatterbox/events';
import { signal } from '@preact/signals';
import type { Target } from '../core/target';
import { keyOf, placeOf, targetOf } from '../core/target';
import type { Connection } from '../net/connection';

const LIFE_MS = 7_500;
const REPEAT_MS = 2_500;

type Typists = ReadonlyMap<string, string>;

/** Who is writing where, others and oneself. */
export class Typing {
  readonly all = signal<ReadonlyMap<string, Typists>>(new Map());
  readonly #connection: Connection;
  readonly #ends = new Map<string, ReturnType<typeof setTimeout>>();
  #told: { key: string; at: number } | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.socket.on('user-typing', (event) => this.#put(event, event.userId, event.username));
    connection.socket.on('user-stop-typing', (event) => this.#put(event, event.userId));
  }

  in(target: Target): readonly string[] {
    return [...(this.all.value.get(keyOf(target))?.values() ?? [])];
  }

  /** One has written something that is not sent yet. */
  wrote(target: Target): void {
    const key = keyOf(target);
    if (this.#told?.key !== key || Date.now() - this.#told.at > REPEAT_MS) {
      this.#told = { key, at: Date.now() };
      this.#connection.tell('typing', placeOf(target));
    }
  }

  /** What was written is gone; sending says so by itself. */
  stopped(target: Target, sent = false): void {
    if (this.#told?.key === keyOf(target)) {
      this.#told = undefined;
      if (!sent) {
        this.#connection.tell('stop-typing', placeOf(target));
      }
    }
  }

  /** A new link: what was heard on the old one says nothing. */
  forget(): void {
    this.#ends.forEach((timer) => clearTimeout(timer));
    this.#ends.clear();
    this.#told = undefined;
    this.all.value = new Map();
  }

  #put(place: Place, userId: string, username?: string): void {
    const key = keyOf(targetOf(place));
    const id = `${key} ${userId}`;
    clearTimeout(this.#ends.get(id));
    this.#ends.delete(id);
    const typists = new Map(this.all.peek().get(key));
    typists.delete(userId);
    if (username !== undefined) {
      typists.set(userId, username);
      this.#ends.set(
        id,
        setTimeout(() => this.#put(place, userId), LIFE_MS),
      );
    }
    this.all.value = new Map(this.all.peek()).set(key, typists);
  }
}
