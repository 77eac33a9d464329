import { signal } from '@preact/signals';

type Pointers = Readonly<Record<string, number>>;

const KEY = 'chatterbox.seen';
const MOST = 300;

/**
 * How far others have read, as this browser has heard: the pointers of others come as events only,
 * so they are kept from one visit to the next.
 */
export class Seen {
  readonly all = signal<ReadonlyMap<string, Pointers>>(new Map());
  readonly #key: string;

  constructor(me: string) {
    this.#key = `${KEY}.${me}`;
    try {
      const kept = JSON.parse(localStorage.getItem(this.#key) ?? '[]') as [string, Pointers][];
      this.all.value = new Map(kept);
    } catch {
      // it begins anew
    }
  }

  heard(conversationId: string, userId: string, upToSeq: number): void {
    const pointers = this.all.peek().get(conversationId) ?? {};
    if ((pointers[userId] ?? 0) < upToSeq) {
      const all = new Map(this.all.peek());
      all.delete(conversationId);
      all.set(conversationId, { ...pointers, [userId]: upToSeq });
      this.all.value = all;
      localStorage.setItem(this.#key, JSON.stringify([...all].slice(-MOST)));
    }
  }

  /** Who of these has read a message. */
  by(conversationId: string, seq: number, userIds: readonly string[]): readonly string[] {
    const pointers = this.all.value.get(conversationId) ?? {};
    return userIds.filter((id) => (pointers[id] ?? 0) >= seq);
  }
}
