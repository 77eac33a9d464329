import type { Attachment } from '@chatterbox/events';
import type { Target } from './target';
import { keyOf } from './target';

/** A message that the server has not acknowledged yet. */
export interface Outgoing {
  readonly clientMessageId: string;
  readonly target: Target;
  readonly content: string;
  readonly attachments: readonly Attachment[];
  readonly replyTo?: string;
  /** Whether it is a question to the assistant. */
  readonly asks: boolean;
  readonly createdAt: string;
  readonly state: 'sending' | 'failed';
  readonly error?: string;
}

/** How a try to send ended; `later` says that nothing is known, and that the same may be sent again. */
export type Sent =
  | { result: 'sent' }
  | { result: 'later'; afterMs: number }
  | { result: 'offline' }
  | { result: 'refused'; message: string };

interface Surroundings {
  send: (outgoing: Outgoing) => Promise<Sent>;
  changed: (all: readonly Outgoing[]) => void;
  wait: (ms: number) => Promise<void>;
}

const TRIES = 4;

/**
 * What waits to be sent. Each conversation has its queue, and one message at a time is on its way,
 * so that what was written first is first also when a try fails. A message keeps its
 * `clientMessageId` through all tries: it is stored once.
 */
export class Outbox {
  #all: readonly Outgoing[];
  readonly #busy = new Set<string>();
  readonly #around: Surroundings;
  #closed = false;

  constructor(around: Surroundings, kept: readonly Outgoing[] = []) {
    this.#around = around;
    this.#all = kept;
  }

  get all(): readonly Outgoing[] {
    return this.#all;
  }

  add(outgoing: Omit<Outgoing, 'state'>): void {
    this.#change([...this.#all, { ...outgoing, state: 'sending' }]);
    void this.#work(outgoing.target);
  }

  retry(clientMessageId: string): void {
    const again = this.#all.find((one) => one.clientMessageId === clientMessageId);
    if (again) {
      const { clientMessageId: id, target, content, attachments, replyTo, asks, createdAt } = again;
      const reply = replyTo === undefined ? {} : { replyTo };
      const fresh = {
        clientMessageId: id,
        target,
        content,
        attachments,
        asks,
        createdAt,
        ...reply,
      };
      this.#change([...this.#without(id), { ...fresh, state: 'sending' }]);
      void this.#work(again.target);
    }
  }

  /** Also when the message has come back as an event. */
  remove(clientMessageId: string): void {
    if (this.#all.some((one) => one.clientMessageId === clientMessageId)) {
      this.#change(this.#without(clientMessageId));
    }
  }

  /** The connection is there: whatever waits is sent. */
  flush(): void {
    const waiting = new Map(this.#all.map((one) => [keyOf(one.target), one.target]));
    waiting.forEach((target) => void this.#work(target));
  }

  close(): void {
    this.#closed = true;
  }

  async #work(target: Target): Promise<void> {
    const key = keyOf(target);
    if (this.#busy.has(key)) {
      return;
    }
    this.#busy.add(key);
    try {
      for (let next = this.#next(key); next && !this.#closed; next = this.#next(key)) {
        if (!(await this.#deliver(next))) {
          return;
        }
      }
    } finally {
      this.#busy.delete(key);
    }
  }

  /** @returns whether the queue goes on */
  async #deliver(outgoing: Outgoing): Promise<boolean> {
    const id = outgoing.clientMessageId;
    for (let tries = 1; ; tries++) {
      const sent = await this.#around.send(outgoing);
      switch (sent.result) {
        case 'sent':
          this.remove(id);
          return true;
        case 'offline':
          return false;
        case 'refused':
          this.#fail(id, sent.message);
          return true;
        case 'later':
          if (tries === TRIES) {
            this.#fail(id, 'The server did not answer.');
            return true;
          }
          await this.#around.wait(sent.afterMs);
      }
      if (this.#closed || !this.#all.some((one) => one.clientMessageId === id)) {
        return true;
      }
    }
  }

  #next(key: string): Outgoing | undefined {
    return this.#all.find((one) => keyOf(one.target) === key && one.state === 'sending');
  }

  #fail(id: string, error: string): void {
    this.#change(
      this.#all.map((one) =>
        one.clientMessageId === id ? { ...one, state: 'failed' as const, error } : one,
      ),
    );
  }

  #without(id: string): readonly Outgoing[] {
    return this.#all.filter((one) => one.clientMessageId !== id);
  }

  #change(all: readonly Outgoing[]): void {
    this.#all = all;
    this.#around.changed(all);
  }
}
