import { signal } from '@preact/signals';

export interface Notice {
  readonly id: number;
  readonly text: string;
}

const SHOWN_MS = 6_000;
const MOST = 4;

/** Short sentences that come and go by themselves. */
export class Notices {
  readonly all = signal<readonly Notice[]>([]);
  #last = 0;

  say(text: string): void {
    const notice = { id: ++this.#last, text };
    this.all.value = [...this.all.peek(), notice].slice(-MOST);
    setTimeout(() => this.dismiss(notice.id), SHOWN_MS);
  }

  dismiss(id: number): void {
    this.all.value = this.all.peek().filter((notice) => notice.id !== id);
  }
}
