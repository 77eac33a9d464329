import type { Attachment, Message } from '@chatterbox/events';
import { effect, signal } from '@preact/signals';
import type { Outgoing, Sent } from '../core/outbox';
import { Outbox } from '../core/outbox';
import type { Target } from '../core/target';
import { conversation, isSame, keyOf, room } from '../core/target';
import type { Profile } from '../net/api';
import { Api } from '../net/api';
import { Connection } from '../net/connection';
import { wait } from '../net/failure';
import type { Pair, Session } from '../net/session';
import { Assistant } from './assistant';
import { Conversations } from './conversations';
import { Drafts } from './drafts';
import { Link } from './link';
import { Notices } from './notices';
import { People } from './people';
import { Reading } from './reading';
import { RoomList } from './rooms';
import { Seen } from './seen';
import { newId, sentAfter } from './sending';
import { Typing } from './typing';
import { View } from './view';

/** How many are in which room is asked for while somebody looks. */
const ROOMS_MS = 60_000;
/** Addresses of pictures are good for an hour. */
const PICTURES_MS = 50 * 60_000;

interface Written {
  readonly content: string;
  readonly attachments: readonly Attachment[];
  readonly replyTo?: string;
  readonly asks: boolean;
}

/** Everything of whoever is signed in, from signing in to signing out. */
export class Chat {
  readonly me: string;
  readonly profile = signal<Profile | undefined>(undefined);
  readonly outgoing = signal<readonly Outgoing[]>([]);
  /** Whether the end of the open timeline is on the screen. */
  readonly isEndShown = signal(false);
  readonly session: Session;
  readonly api: Api;
  readonly connection: Connection;
  readonly conversations: Conversations;
  readonly rooms: RoomList;
  readonly people: People;
  readonly typing: Typing;
  readonly seen: Seen;
  readonly view: View;
  readonly assistant: Assistant;
  readonly notices = new Notices();
  readonly drafts: Drafts;
  readonly link: Link;
  readonly #outbox: Outbox;
  readonly #reading: Reading;
  readonly #stops: (() => void)[] = [];

  constructor(session: Session, { user }: Pair) {
    this.me = user._id;
    this.session = session;
    this.api = new Api(session);
    this.connection = new Connection(session);
    this.conversations = new Conversations(this.api, this.me);
    this.rooms = new RoomList(this.api);
    this.people = new People(this.connection);
    this.typing = new Typing(this.connection);
    this.seen = new Seen(this.api, this.me);
    this.drafts = new Drafts(this.me);
    this.view = new View(this.api, this.connection, this.conversations, this.me);
    this.assistant = new Assistant(this.connection, this.view);
    this.#outbox = new Outbox(
      {
        send: (outgoing) => this.#send(outgoing),
        changed: (all) => {
          this.outgoing.value = all;
          this.drafts.keepOutbox(all);
        },
        wait,
      },
      this.drafts.outbox(),
    );
    this.outgoing.value = this.#outbox.all;
    this.link = new Link(this.connection, (isRecovered) => this.#connected(isRecovered));
    this.#reading = new Reading(
      this.connection,
      this.conversations,
      this.view,
      this.link,
      this.isEndShown,
    );
    this.#listen();
  }

  open(): void {
    this.connection.open();
    void this.loadProfile();
    void this.rooms.load();
    void this.assistant.load(this.api).catch(() => undefined);
    const pictures = setInterval(() => void this.#reload(), PICTURES_MS);
    const rooms = setInterval(() => this.link.isVisible.peek() && void this.rooms.load(), ROOMS_MS);
    this.#stops.push(
      () => clearInterval(rooms),
      () => clearInterval(pictures),
      this.#reading.start(),
      effect(() => {
        const { value: unread } = this.conversations.unread;
        document.title = unread > 0 ? `(${unread}) ChatterBox` : 'ChatterBox';
      }),
    );
  }

  close(): void {
    this.#stops.forEach((stop) => stop());
    this.#outbox.close();
    this.link.close();
    this.connection.close();
    document.title = 'ChatterBox';
  }

  async loadProfile(): Promise<void> {
    try {
      this.profile.value = await this.api.me();
      this.session.renamed(this.profile.value.username);
    } catch {
      // it is shown without
    }
  }

  async #reload(): Promise<void> {
    await this.loadProfile();
    await this.conversations.load().catch(() => undefined);
  }

  async signOut(): Promise<void> {
    await this.api.logout().catch(() => undefined);
    this.session.end();
  }

  show(target: Target | undefined): void {
    if (!target) {
      this.view.close();
    } else if (!isSame(this.view.target.peek(), target)) {
      this.assistant.forget();
      void this.view.open(target).then(() => this.seen.load(this.view));
    }
  }

  send(target: Target, written: Written): void {
    this.typing.stopped(target, true);
    const createdAt = new Date().toISOString();
    this.#outbox.add({ ...written, target, clientMessageId: newId(), createdAt });
  }

  retry = (clientMessageId: string) => this.#outbox.retry(clientMessageId);
  discard = (clientMessageId: string) => this.#outbox.remove(clientMessageId);

  outgoingTo(target: Target): readonly Outgoing[] {
    return this.outgoing.value.filter((one) => keyOf(one.target) === keyOf(target));
  }

  /** @returns how many messages were missed */
  async #connected(isRecovered: boolean): Promise<number> {
    this.typing.forget();
    if (isRecovered) {
      this.#outbox.flush();
      return 0;
    }
    const wasLoaded = this.conversations.isLoaded.peek();
    const before = this.view.timeline.peek().lastSeq;
    const target = this.view.target.peek();
    this.assistant.forget();
    // counted from before what is open is read again
    const loading = this.conversations.load();
    await this.view.resume().catch(() => undefined);
    void this.seen.load(this.view);
    const missed = await loading;
    const inRoom = target?.kind === 'room' ? this.view.timeline.peek().lastSeq - before : 0;
    if (target?.kind === 'conversation' && !this.conversations.all.peek().has(target.id)) {
      this.view.condition.value = 'missing';
    }
    this.#outbox.flush();
    await this.people.ask(this.conversations.all.peek().values()).catch(() => undefined);
    return wasLoaded ? missed + Math.max(0, inRoom) : 0;
  }

  async #send(outgoing: Outgoing): Promise<Sent> {
    const { target, content, clientMessageId, replyTo } = outgoing;
    try {
      if (target.kind === 'room') {
        const payload = { roomName: target.id, content, clientMessageId };
        const { message } = await this.connection.ask('send-room-message', payload);
        this.#shown(target, () => this.view.arrived({ ...message, clientMessageId }));
      } else if (outgoing.asks) {
        const payload = { conversationId: target.id, content, clientMessageId };
        const { message, runId } = await this.connection.ask('ai-message', payload);
        if (runId !== undefined) {
          this.assistant.asked(target.id, runId);
        }
        this.#arrived({ ...message, clientMessageId });
      } else {
        const attachments = outgoing.attachments.map(({ _id }) => _id);
        const { message } = await this.connection.ask('send-message', {
          conversationId: target.id,
          content,
          clientMessageId,
          ...(attachments.length > 0 ? { attachments } : {}),
          ...(replyTo ? { replyTo } : {}),
        });
        this.#arrived({ ...message, clientMessageId });
      }
      return { result: 'sent' };
    } catch (error) {
      return sentAfter(error, this.connection.isOnline.peek());
    }
  }

  #listen(): void {
    const { socket } = this.connection;
    socket.on('new-message', (message) => this.#arrived(message));
    socket.on('notification', ({ message }) => this.#arrived(message));
    socket.on('room-message', (message) => {
      this.#shown(room(message.roomName), () => this.view.arrived(message));
      this.#settled(message.clientMessageId);
    });
    socket.on('message-edited', ({ conversationId, message }) => {
      this.#shown(conversation(conversationId), () =>
        this.view.changed({ kind: 'edited', message }),
      );
      this.conversations.changed(conversationId, message._id, () => message);
    });
    socket.on('message-deleted', ({ conversationId, messageId, deletedAt }) => {
      const change = { kind: 'deleted' as const, messageId, deletedAt };
      this.#shown(conversation(conversationId), () => this.view.changed(change));
      this.conversations.changed(conversationId, messageId, (last) => ({
        ...last,
        content: '',
        attachments: [],
        deletedAt,
      }));
    });
    for (const kind of ['reacted', 'unreacted'] as const) {
      const event = kind === 'reacted' ? 'message-reaction-added' : 'message-reaction-removed';
      socket.on(event, (change) =>
        this.#shown(conversation(change.conversationId), () =>
          this.view.changed({ kind, ...change }),
        ),
      );
    }
    socket.on('messages-read', ({ conversationId, userId, upToSeq }) => {
      if (userId === this.me) {
        this.conversations.readUpTo(conversationId, upToSeq);
      } else {
        this.seen.heard(conversationId, userId, upToSeq);
      }
    });
    socket.on('conversation-updated', (event) => {
      const name =
        this.conversations.all.peek().get(event.conversationId)?.name ?? 'a conversation';
      if (this.conversations.updated(event)) {
        this.#shown(
          conversation(event.conversationId),
          () => (this.view.condition.value = 'missing'),
        );
        this.notices.say(
          event.by === this.me ? `You left ${name}.` : `You were removed from ${name}.`,
        );
      } else if (event.change === 'participant-added') {
        void this.people.ask(this.conversations.all.peek().values(), true).catch(() => undefined);
      }
    });
  }

  #arrived(message: Message): void {
    this.conversations.arrived(message);
    this.#shown(conversation(message.conversationId), () => {
      this.view.arrived(message);
      this.assistant.answered(message);
    });
    this.#settled(message.clientMessageId);
  }

  #shown(target: Target, change: () => void): void {
    if (this.view.is(target)) {
      change();
    }
  }

  #settled(clientMessageId: string | undefined): void {
    if (clientMessageId !== undefined) {
      this.#outbox.remove(clientMessageId);
    }
  }
}
