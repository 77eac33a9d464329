import type { Conversation } from '@chatterbox/events';
import type { ReadonlySignal } from '@preact/signals';
import { effect } from '@preact/signals';
import type { Connection } from '../net/connection';
import type { Conversations } from './conversations';
import type { Link } from './link';
import type { View } from './view';

/** Tells the server what was read: the end of what is open, while somebody looks at it. */
export class Reading {
  readonly #connection: Connection;
  readonly #conversations: Conversations;
  readonly #view: View;
  readonly #link: Link;
  readonly #isEndShown: ReadonlySignal<boolean>;
  #isTelling = false;

  constructor(
    connection: Connection,
    conversations: Conversations,
    view: View,
    link: Link,
    isEndShown: ReadonlySignal<boolean>,
  ) {
    this.#connection = connection;
    this.#conversations = conversations;
    this.#view = view;
    this.#link = link;
    this.#isEndShown = isEndShown;
  }

  /** @returns what ends it */
  start(): () => void {
    return effect(() => {
      const unread = this.#unread();
      if (unread) {
        void this.#tell(unread);
      }
    });
  }

  /** What is open and seen up to its end, but not read yet. */
  #unread(): Conversation | undefined {
    const target = this.#view.target.value;
    const isLooking =
      this.#link.isVisible.value && this.#isEndShown.value && this.#connection.isOnline.value;
    const open = target?.kind === 'conversation' ? this.#conversations.get(target.id) : undefined;
    const end = this.#view.timeline.value.items.at(-1)?.seq;
    return isLooking && open && open.unread > 0 && end === open.lastSeq ? open : undefined;
  }

  async #tell({ _id: conversationId, lastSeq: upToSeq }: Conversation): Promise<void> {
    if (this.#isTelling) {
      return;
    }
    this.#isTelling = true;
    try {
      await this.#connection.ask('mark-read', { conversationId, upToSeq });
      this.#isTelling = false;
      // what has come meanwhile is told next
      this.#conversations.change(conversationId, (now) => ({
        unread: now.lastSeq === upToSeq ? 0 : now.unread,
      }));
    } catch {
      // with the next message
      this.#isTelling = false;
    }
  }
}
