import { signal } from '@preact/signals';
import type { Api } from '../net/api';
import type { View } from './view';

type Pointers = Readonly<Record<string, number>>;

const MOST = 300;

/** How far others have read the conversations that were open here. */
export class Seen {
  readonly all = signal<ReadonlyMap<string, Pointers>>(new Map());
  readonly #api: Api;
  readonly #me: string;

  constructor(api: Api, me: string) {
    this.#api = api;
    this.#me = me;
  }

  /** Reads the pointers of what is open: it is joined already, so what moves from now on is heard. */
  async load(view: View): Promise<void> {
    const target = view.target.peek();
    if (target?.kind !== 'conversation' || view.condition.peek() !== 'ready') {
      return;
    }
    try {
      const readers = await this.#api.readers(target.id);
      const others = readers.filter(({ userId }) => userId !== this.#me);
      this.#moved(
        target.id,
        others.map(({ userId, upToSeq }) => [userId, upToSeq]),
      );
    } catch {
      // messages stand as sent until somebody reads on
    }
  }

  heard(conversationId: string, userId: string, upToSeq: number): void {
    this.#moved(conversationId, [[userId, upToSeq]]);
  }

  /** Who of these has read a message. */
  by(conversationId: string, seq: number, userIds: readonly string[]): readonly string[] {
    const pointers = this.all.value.get(conversationId) ?? {};
    return userIds.filter((id) => (pointers[id] ?? 0) >= seq);
  }

  #moved(conversationId: string, moved: readonly (readonly [string, number])[]): void {
    const before = this.all.peek().get(conversationId) ?? {};
    const forward = moved.filter(([userId, upToSeq]) => (before[userId] ?? 0) < upToSeq);
    if (forward.length > 0) {
      const all = new Map(this.all.peek());
      all.delete(conversationId);
      all.set(conversationId, { ...before, ...Object.fromEntries(forward) });
      this.all.value = new Map([...all].slice(-MOST));
    }
  }
}
