// Who is said to be there, and is he? People who come before something fails, and go while it does.
import { io } from 'socket.io-client';
import { call, direct, gateways, pause, person } from '../support.mjs';

const COUNT = 4;
const TRUE_WITHIN_MS = 40_000;
const LOOK_MS = 500;

export class Ghosts {
  constructor(leavers, scene) {
    this.leavers = leavers;
    this.scene = scene;
  }

  /** People who know the scene's first one, and are in its first room. */
  static async of(url, scene) {
    const room = scene.places.find((place) => place.isRoom);
    const [witness] = scene.people;
    const leavers = [];
    for (let i = 0; i < COUNT; i++) {
      const someone = await person(`leaver${i}`);
      await direct(witness, someone);
      const socket = io(url, { auth: { token: someone.accessToken }, transports: ['websocket'], forceNew: true, reconnectionDelay: 100 });
      socket.on('authenticated', () => socket.emit('join-room', { roomName: room.id }));
      leavers.push({ person: someone, socket });
    }
    for (const someone of scene.people.slice(1)) {
      await direct(witness, someone);
    }
    const ghosts = new Ghosts(leavers, scene);
    while (!leavers.every(({ socket }) => socket.connected)) {
      await pause(LOOK_MS / 5);
    }
    return ghosts;
  }

  /** Half of them go without a word, and half as one goes who closes a page. */
  leave() {
    this.leavers.forEach(({ socket }, index) => {
      if (index % 2 === 0) {
        socket.io.reconnection(false);
        socket.io.engine?.transport?.ws?.terminate?.();
      }
      socket.close();
    });
  }

  /** What is said wrongly, once it has had time to become true. */
  async found() {
    const end = Date.now() + TRUE_WITHIN_MS;
    for (;;) {
      const wrong = await this.#wrong();
      if (wrong.length === 0 || Date.now() > end) {
        return wrong;
      }
      await pause(LOOK_MS);
    }
  }

  async #wrong() {
    const wrong = [];
    const [witness] = this.scene.people;
    const wanted = [
      ...this.leavers.map((one) => [one.person, false]),
      ...this.scene.people.slice(1).map((one) => [one, true]),
    ];
    const rooms = this.scene.places.filter((place) => place.isRoom);
    for (const gateway of gateways) {
      const asked = async (path) => {
        try {
          return (await call('GET', path, { token: witness.accessToken, gateway })).body?.data;
        } catch (error) {
          return { failed: String(error) };
        }
      };
      for (const [someone, isThere] of wanted) {
        const { status } = (await asked(`/api/users/${someone._id}/presence`)) ?? {};
        if (status === undefined || (status !== 'offline') !== isThere) {
          wrong.push(`${someone.username} is said to be ${status} at ${gateway}`);
        }
      }
      for (const room of rooms) {
        const { userCount } = (await asked(room.path)) ?? {};
        if (userCount !== room.people.length) {
          wrong.push(`${userCount} are said to be in ${room.id}, and there are ${room.people.length}, at ${gateway}`);
        }
      }
    }
    return wrong;
  }

  close() {
    this.leavers.forEach(({ socket }) => socket.close());
  }
}
