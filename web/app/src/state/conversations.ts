import type { Conversation, ConversationUpdated, Message } from '@chatterbox/events';
import { computed, signal } from '@preact/signals';
import type { Api } from '../net/api';

const activityOf = (one: Conversation) => one.lastMessage?.createdAt ?? one.createdAt;

/** The conversations of whoever is signed in. */
export class Conversations {
  readonly all = signal<ReadonlyMap<string, Conversation>>(new Map());
  readonly isLoaded = signal(false);
  readonly sorted = computed(() =>
    [...this.all.value.values()].sort((a, b) => activityOf(b).localeCompare(activityOf(a))),
  );
  readonly unread = computed(() => this.sorted.value.reduce((sum, one) => sum + one.unread, 0));
  readonly #api: Api;
  readonly #me: string;

  constructor(api: Api, me: string) {
    this.#api = api;
    this.#me = me;
  }

  get(id: string): Conversation | undefined {
    return this.all.value.get(id);
  }

  /** @returns how many messages are new since this was called */
  async load(): Promise<number> {
    const before = this.all.peek();
    const fresh = await this.#api.conversations();
    const now = this.all.peek();
    this.all.value = new Map(fresh.map((one) => [one._id, newer(one, now.get(one._id))]));
    this.isLoaded.value = true;
    return fresh.reduce(
      (sum, one) => sum + Math.max(0, one.lastSeq - (before.get(one._id)?.lastSeq ?? 0)),
      0,
    );
  }

  put(one: Conversation): void {
    this.all.value = new Map(this.all.peek()).set(
      one._id,
      newer(one, this.all.peek().get(one._id)),
    );
  }

  change(id: string, change: (one: Conversation) => Partial<Conversation>): void {
    const one = this.all.peek().get(id);
    if (one) {
      this.all.value = new Map(this.all.peek()).set(id, { ...one, ...change(one) });
    }
  }

  remove(id: string): void {
    const all = new Map(this.all.peek());
    all.delete(id);
    this.all.value = all;
  }

  /** A message that may be new: heard twice, it counts once. */
  arrived(message: Message): void {
    const id = message.conversationId;
    if (!this.all.peek().has(id)) {
      void this.#api
        .conversation(id)
        .then((one) => this.put(one))
        .catch(() => undefined);
      return;
    }
    this.change(id, (one) =>
      message.seq <= one.lastSeq
        ? {}
        : {
            lastMessage: message,
            lastSeq: message.seq,
            unread: one.unread + (message.sender._id === this.#me ? 0 : 1),
          },
    );
  }

  /** An edit or a deletion, which the list shows when it is the last message. */
  changed(conversationId: string, messageId: string, change: (last: Message) => Message): void {
    this.change(conversationId, ({ lastMessage }) =>
      lastMessage?._id === messageId ? { lastMessage: change(lastMessage) } : {},
    );
  }

  /** Another device of one's own has read. */
  readUpTo(id: string, seq: number): void {
    this.change(id, (one) => ({ unread: Math.min(one.unread, Math.max(0, one.lastSeq - seq)) }));
  }

  /** @returns whether it is no longer one's own */
  updated(event: ConversationUpdated): boolean {
    const id = event.conversationId;
    const { user } = event as { user?: { _id: string } };
    switch (event.change) {
      case 'participant-added':
        if (event.conversation) {
          this.put(event.conversation);
        } else {
          const joined = {
            ...event.user,
            avatar: null,
            role: 'member' as const,
            joinedAt: event.at,
          };
          this.change(id, ({ participants }) => ({
            participants: [...participants.filter(({ _id }) => _id !== event.user._id), joined],
          }));
        }
        return false;
      case 'participant-removed':
        if (user?._id === this.#me) {
          this.remove(id);
          return true;
        }
        this.change(id, ({ participants }) => ({
          participants: participants.filter(({ _id }) => _id !== event.user._id),
        }));
        return false;
      case 'role-changed':
        this.change(id, ({ participants }) => ({
          participants: participants.map((one) =>
            one._id === event.user._id ? { ...one, role: event.role } : one,
          ),
        }));
        return false;
      case 'renamed':
        this.change(id, () => ({ name: event.name, description: event.description }));
        return false;
    }
  }
}

/** An answer that was on its way while a message came is older than that message. */
function newer(one: Conversation, known: Conversation | undefined): Conversation {
  return known && known.lastSeq > one.lastSeq
    ? { ...one, lastSeq: known.lastSeq, lastMessage: known.lastMessage, unread: known.unread }
    : one;
}
