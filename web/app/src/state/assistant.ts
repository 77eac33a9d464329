import type { Message } from '@chatterbox/events';
import { signal } from '@preact/signals';
import { conversation } from '../core/target';
import type { Api } from '../net/api';
import type { Connection } from '../net/connection';
import type { View } from './view';

export interface Run {
  readonly conversationId: string;
  readonly runId: string;
  readonly text: string;
  /** The number of the last part; −1 before the first. */
  readonly index: number;
}

const REMEMBERED = 20;

/** The answer that is being given in the conversation that is open. */
export class Assistant {
  readonly isEnabled = signal(false);
  readonly model = signal('');
  readonly run = signal<Run | undefined>(undefined);
  readonly error = signal<
    { readonly conversationId: string; readonly message: string } | undefined
  >(undefined);
  readonly isStopping = signal(false);
  readonly #connection: Connection;
  readonly #view: View;
  readonly #ended: string[] = [];

  constructor(connection: Connection, view: View) {
    this.#connection = connection;
    this.#view = view;
    const { socket } = connection;
    socket.on('ai-stream', (part) => {
      const { conversationId, runId, index, content, fullContent } = part;
      const run = this.run.peek();
      if (!view.is(conversation(conversationId)) || this.#ended.includes(runId)) {
        return;
      }
      if (fullContent !== undefined) {
        this.run.value = { conversationId, runId, text: fullContent, index };
      } else if (index === (run?.runId === runId ? run.index : -1) + 1) {
        const text = run?.runId === runId ? run.text : '';
        this.run.value = { conversationId, runId, text: text + content, index };
      } else if (index > (run?.runId === runId ? run.index : -1)) {
        // a part is missing: who joins again is told all so far
        void view.resume().catch(() => undefined);
      }
    });
    socket.on('ai-complete', ({ runId }) => this.#end(runId));
    socket.on('ai-error', ({ conversationId, runId, message }) => {
      this.error.value = { conversationId, message };
      this.#end(runId ?? '');
    });
  }

  async load(api: Api): Promise<void> {
    const { enabled, model } = await api.assistant();
    this.isEnabled.value = enabled;
    this.model.value = model ?? '';
  }

  /** A question was taken. */
  asked(conversationId: string, runId: string): void {
    this.error.value = undefined;
    if (
      !this.#ended.includes(runId) &&
      this.run.peek()?.runId !== runId &&
      this.#isOpen(conversationId)
    ) {
      this.run.value = { conversationId, runId, text: '', index: -1 };
    }
  }

  /** Its answer is a message now. */
  answered(message: Message): void {
    const run = this.run.peek();
    if (message.type === 'ai' && run?.conversationId === message.conversationId) {
      this.#end(run.runId);
    }
  }

  async stop(): Promise<void> {
    const run = this.run.peek();
    if (run) {
      const { conversationId, runId } = run;
      this.isStopping.value = true;
      try {
        await this.#connection.ask('ai-stop', { conversationId, runId });
      } finally {
        this.isStopping.value = false;
      }
    }
  }

  /** Another conversation is open, or nothing is known any more. */
  forget(): void {
    this.run.value = undefined;
    this.error.value = undefined;
  }

  #isOpen(conversationId: string): boolean {
    return this.#view.is(conversation(conversationId));
  }

  #end(runId: string): void {
    this.#ended.push(runId);
    this.#ended.splice(0, this.#ended.length - REMEMBERED);
    if (this.run.peek()?.runId === runId) {
      this.run.value = undefined;
    }
  }
}
