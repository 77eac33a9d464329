import type { Outgoing } from '../core/outbox';
import type { Target } from '../core/target';
import { keyOf } from '../core/target';

/** What was written and not sent, kept for as long as the tab lives, also when it is loaded again. */
export class Drafts {
  readonly #prefix: string;

  constructor(me: string) {
    this.#prefix = `chatterbox.${me}.`;
  }

  of(target: Target): string {
    return this.#read(`draft.${keyOf(target)}`) ?? '';
  }

  keep(target: Target, text: string): void {
    this.#write(`draft.${keyOf(target)}`, text);
  }

  outbox(): readonly Outgoing[] {
    try {
      return JSON.parse(this.#read('outbox') ?? '[]') as Outgoing[];
    } catch {
      return [];
    }
  }

  keepOutbox(all: readonly Outgoing[]): void {
    this.#write('outbox', all.length === 0 ? '' : JSON.stringify(all));
  }

  #read(key: string): string | null {
    return sessionStorage.getItem(this.#prefix + key);
  }

  #write(key: string, text: string): void {
    if (text === '') {
      sessionStorage.removeItem(this.#prefix + key);
    } else {
      sessionStorage.setItem(this.#prefix + key, text);
    }
  }
}
