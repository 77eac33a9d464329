import type { Room, User } from '@chatterbox/events';
import { batch, computed, signal } from '@preact/signals';
import type { Target } from '../core/target';
import { isSame } from '../core/target';
import type { Change, Item, Timeline } from '../core/timeline';
import * as timelines from '../core/timeline';
import type { Api } from '../net/api';
import type { Connection } from '../net/connection';
import { Refused, messageOf } from '../net/failure';
import type { Conversations } from './conversations';

export type Condition = 'loading' | 'ready' | 'missing' | { readonly failed: string };

interface Joined {
  readonly messages: readonly Item[];
  readonly lastSeq: number;
  readonly hasMore: boolean;
  readonly room?: Room;
  readonly users?: readonly User[];
}

const BEFORE_JUMP = 40;
const MOST_READ_AGAIN = 1_000;
const REST_MS = 3_000;

/** What is open: a conversation or a room, joined, with a part of its messages. */
export class View {
  readonly target = signal<Target | undefined>(undefined);
  readonly timeline = signal<Timeline>(timelines.empty);
  readonly condition = signal<Condition>('loading');
  readonly isPaging = signal<'older' | 'newer' | undefined>(undefined);
  /** The first message that was unread when this was opened. */
  readonly divider = signal<string | undefined>(undefined);
  /** The message that is to be shown and pointed at; a new object each time. */
  readonly jump = signal<{ readonly id: string } | undefined>(undefined);
  readonly room = signal<Room | undefined>(undefined);
  readonly users = signal<readonly User[]>([]);
  readonly isAtNewest = computed(() => !timelines.hasNewer(this.timeline.value));
  readonly #api: Api;
  readonly #connection: Connection;
  readonly #conversations: Conversations;
  readonly #me: string;
  #turn = 0;
  #restsUntil = 0;

  constructor(api: Api, connection: Connection, conversations: Conversations, me: string) {
    this.#api = api;
    this.#connection = connection;
    this.#conversations = conversations;
    this.#me = me;
    connection.socket.on('user-joined-room', ({ roomName, user }) => this.#came(roomName, user));
    connection.socket.on('user-left-room', ({ roomName, user }) => this.#went(roomName, user));
  }

  is(target: Target): boolean {
    return isSame(this.target.peek(), target);
  }

  /** Opens a target, at its end or around a message. */
  async open(target: Target, around?: Pick<Item, '_id' | 'seq'>): Promise<void> {
    const before = this.target.peek();
    const turn = ++this.#turn;
    if (!this.is(target)) {
      if (before) {
        this.#leave(before);
      }
      batch(() => {
        this.target.value = target;
        this.timeline.value = timelines.empty;
        this.condition.value = 'loading';
        this.divider.value = undefined;
        this.room.value = undefined;
        this.users.value = [];
        this.jump.value = undefined;
      });
    }
    try {
      const answer = await this.#join(target, around && Math.max(0, around.seq - BEFORE_JUMP));
      if (turn !== this.#turn) {
        return;
      }
      const unread = this.#conversations.all.peek().get(target.id)?.unread ?? 0;
      batch(() => {
        this.timeline.value = timelines.opened(
          answer.messages,
          answer.lastSeq,
          this.timeline.peek(),
        );
        this.divider.value ??= around
          ? undefined
          : timelines.firstUnread(answer.messages, unread, this.#me)?._id;
        this.condition.value = 'ready';
        if (around) {
          this.jump.value = { id: around._id };
        }
      });
    } catch (error) {
      if (turn === this.#turn && this.condition.peek() !== 'ready') {
        this.condition.value = conditionAfter(error);
      }
    }
  }

  close(): void {
    const before = this.target.peek();
    if (before) {
      this.#turn += 1;
      this.#leave(before);
      this.target.value = undefined;
    }
  }

  /** A new link whose session was not recovered: joins again, and reads again what is shown. */
  async resume(): Promise<void> {
    const target = this.target.peek();
    if (!target) {
      return;
    }
    if (this.condition.peek() !== 'ready' || this.timeline.peek().items.length === 0) {
      await this.open(target);
      return;
    }
    const turn = ++this.#turn;
    this.isPaging.value = undefined;
    const start = this.timeline.peek();
    const goal = timelines.hasNewer(start) ? timelines.endSeq(start) : Infinity;
    let after = Math.max(timelines.firstSeq(start) - 1, timelines.endSeq(start) - MOST_READ_AGAIN);
    for (let hasMore = true; hasMore && after < goal;) {
      const answer = await this.#join(target, after);
      if (turn !== this.#turn) {
        return;
      }
      this.#merge(answer.messages, answer.lastSeq);
      hasMore = answer.hasMore;
      after = answer.messages.at(-1)?.seq ?? goal;
    }
  }

  async older(): Promise<void> {
    const target = this.target.peek();
    const first = this.timeline.peek().items[0];
    if (target && first && first.seq > 1) {
      await this.#page('older', async () => ({
        messages: await this.#api.history(target, first._id),
        lastSeq: 0,
      }));
    }
  }

  async newer(): Promise<void> {
    const target = this.target.peek();
    const now = this.timeline.peek();
    if (target && timelines.hasNewer(now)) {
      await this.#page('newer', () => this.#join(target, timelines.endSeq(now)));
    }
  }

  /** A message of what is open, heard or acknowledged. */
  arrived(item: Item): void {
    const wasAtNewest = this.isAtNewest.peek();
    this.#merge([item], 0);
    if (wasAtNewest && !this.isAtNewest.peek()) {
      void this.newer();
    }
  }

  changed(change: Change): void {
    this.timeline.value = timelines.changed(this.timeline.peek(), change);
  }

  /** Shows a message, wherever it is. */
  async show(item: Pick<Item, '_id' | 'seq'>): Promise<void> {
    const target = this.target.peek();
    if (this.timeline.peek().items.some(({ _id }) => _id === item._id)) {
      this.jump.value = { id: item._id };
    } else if (target) {
      await this.open(target, item);
    }
  }

  async #page(
    direction: 'older' | 'newer',
    read: () => Promise<{ messages: readonly Item[]; lastSeq: number }>,
  ): Promise<void> {
    if (this.isPaging.peek() || Date.now() < this.#restsUntil) {
      return;
    }
    const turn = this.#turn;
    this.isPaging.value = direction;
    try {
      const { messages, lastSeq } = await read();
      if (turn === this.#turn) {
        this.#merge(messages, lastSeq);
      }
    } catch {
      // asked again when it is scrolled, after a rest
      this.#restsUntil = Date.now() + REST_MS;
    } finally {
      this.isPaging.value = undefined;
    }
  }

  #merge(items: readonly Item[], lastSeq: number): void {
    const now = this.timeline.peek();
    this.timeline.value = timelines.merged(
      { ...now, lastSeq: Math.max(now.lastSeq, lastSeq) },
      items,
    );
  }

  async #join(target: Target, afterSeq?: number): Promise<Joined> {
    const after = afterSeq === undefined ? {} : { afterSeq };
    if (target.kind === 'room') {
      const answer = await this.#connection.ask('join-room', { roomName: target.id, ...after });
      batch(() => {
        this.room.value = answer.room;
        this.users.value = answer.users;
      });
      return { ...answer, lastSeq: answer.room.lastSeq };
    }
    const answer = await this.#connection.ask('join-conversation', {
      conversationId: target.id,
      ...after,
    });
    this.#conversations.put(answer.conversation);
    return { ...answer, lastSeq: answer.conversation.lastSeq };
  }

  #leave(target: Target): void {
    if (target.kind === 'room') {
      this.#connection.tell('leave-room', { roomName: target.id });
    } else {
      this.#connection.tell('leave-conversation', { conversationId: target.id });
    }
  }

  #came(roomName: string, user: User): void {
    if (this.is({ kind: 'room', id: roomName })) {
      this.users.value = [...this.users.peek().filter(({ _id }) => _id !== user._id), user];
    }
  }

  #went(roomName: string, user: User): void {
    if (this.is({ kind: 'room', id: roomName })) {
      this.users.value = this.users.peek().filter(({ _id }) => _id !== user._id);
    }
  }
}

function conditionAfter(error: unknown): Condition {
  const gone =
    error instanceof Refused && (error.code === 'NOT_FOUND' || error.code === 'ROOM_NOT_FOUND');
  if (gone) {
    return 'missing';
  }
  // without a connection it is opened again with the next
  return error instanceof Refused && error.code === 'OFFLINE'
    ? 'loading'
    : { failed: messageOf(error) };
}
