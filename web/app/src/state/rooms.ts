import type { Room } from '@chatterbox/events';
import { signal } from '@preact/signals';
import type { Api } from '../net/api';

/** The public rooms. */
export class RoomList {
  readonly all = signal<readonly Room[]>([]);
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  async load(): Promise<void> {
    try {
      const rooms = await this.#api.rooms();
      this.all.value = rooms.toSorted((a, b) => a.name.localeCompare(b.name));
    } catch {
      // what is shown stays
    }
  }

  put(room: Room): void {
    this.all.value = [...this.all.peek().filter(({ _id }) => _id !== room._id), room].sort((a, b) =>
      a.name.localeCompare(b.name),
    );
  }
}
