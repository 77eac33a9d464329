import type { Conversation, Presence, Status } from '@chatterbox/events';
import { signal } from '@preact/signals';
import type { Connection } from '../net/connection';

export interface Whereabouts {
  readonly status: Status;
  readonly lastSeen: string | null;
}

const AT_ONCE = 100;

/** Who is there: asked once for all that are known, and then heard. */
export class People {
  readonly presence = signal<ReadonlyMap<string, Whereabouts>>(new Map());
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
    const { socket } = connection;
    socket.on('presence:online', ({ userId, status }) =>
      this.#put(userId, { status, lastSeen: null }),
    );
    socket.on('presence:offline', ({ userId, status, lastSeen }) =>
      this.#put(userId, { status, lastSeen }),
    );
    socket.on('presence:status', ({ userId, status }) =>
      this.#put(userId, { status, lastSeen: null }),
    );
  }

  /** Asks about all participants of these conversations, or about those only that are not known. */
  async ask(conversations: Iterable<Conversation>, onlyNew = false): Promise<void> {
    const wanted = new Set<string>();
    for (const { participants } of conversations) {
      for (const { _id } of participants) {
        if (!onlyNew || !this.presence.peek().has(_id)) {
          wanted.add(_id);
        }
      }
    }
    const ids = [...wanted];
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      const answer = await this.#connection.ask('get-presence', {
        userIds: ids.slice(at, at + AT_ONCE),
      });
      this.learn(answer.presence);
    }
  }

  learn(list: readonly Presence[]): void {
    const all = new Map(this.presence.peek());
    list.forEach(({ userId, status, lastSeen }) => all.set(userId, { status, lastSeen }));
    this.presence.value = all;
  }

  statusOf(userId: string): Status {
    return this.presence.value.get(userId)?.status ?? 'offline';
  }

  #put(userId: string, where: Whereabouts): void {
    this.presence.value = new Map(this.presence.peek()).set(userId, where);
  }
}
