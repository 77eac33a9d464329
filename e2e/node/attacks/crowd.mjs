// People who come, go, are cut and whose gateways die; others who watch them; and what is true of
// all of them in the end.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { io } from 'socket.io-client';
import { call, direct, gateways, person } from '../support.mjs';

const AT_ONCE = 16;
const ANSWER_MS = 15_000;
const PATIENCE_MS = 120_000;
const AGAIN_MS = 250;

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until the claim holds, and tells what does not when it never does. */
export async function until(what, claim, ms = PATIENCE_MS) {
  const end = Date.now() + ms;
  for (;;) {
    const wrong = await claim();
    if (wrong === true || wrong === undefined || wrong?.length === 0) {
      return;
    }
    if (Date.now() > end) {
      assert.fail(`${what}: ${JSON.stringify(wrong).slice(0, 2_000)}`);
    }
    await pause(AGAIN_MS);
  }
}

/** Does it for all, so many at a time. */
export async function each(list, work, atOnce = AT_ONCE) {
  const queue = [...list.entries()];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        await work(next[1], next[0]);
      }
    }),
  );
}

/** A machine under load may not answer in time. */
async function insist(work, tries = 10) {
  try {
    return await work();
  } catch (error) {
    if (tries === 1 || !/ (503|504) |UNAVAILABLE|fetch failed/.test(error.message)) {
      throw error;
    }
    await pause(AGAIN_MS);
    return insist(work, tries - 1);
  }
}

export async function register(count, name) {
  const people = [];
  await each(Array.from({ length: count }), async (_, index) => {
    people[index] = await insist(() => person(`${name}${index}`));
  });
  return people;
}

/** Gives someone a conversation with each of the others. */
export function acquaint(someone, others) {
  return each(others, (other) => insist(() => direct(someone, other)));
}

export async function room(someone) {
  const name = `crowd-${randomBytes(5).toString('hex')}`;
  const answer = await call('POST', '/api/rooms', { token: someone.accessToken, body: { name } });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return name;
}

/** A device that is connected, or is not, as it is told. */
export class Device {
  #socket;

  constructor(someone, { roomName } = {}) {
    this.person = someone;
    this.roomName = roomName;
    this.wanted = false;
    this.inRoom = false;
  }

  connect(gateway) {
    this.wanted = true;
    this.#socket?.close();
    const socket = io(gateways[gateway % gateways.length], {
      auth: { token: this.person.accessToken },
      forceNew: true,
      transports: ['websocket'],
      reconnectionDelay: 200,
      reconnectionDelayMax: 1_000,
    });
    this.#socket = socket;
    this.isHere = false;
    this.inRoom = false;
    socket.on('authenticated', () => {
      this.isHere = true;
      this.enter(socket);
    });
    socket.on('disconnect', (reason) => {
      this.isHere = false;
      this.inRoom = false;
      if (reason === 'io server disconnect' && this.wanted && this.#socket === socket) {
        setTimeout(() => this.wanted && socket.connect(), AGAIN_MS);
      }
    });
    this.listen(socket);
    return this;
  }

  listen() {}

  async enter(socket) {
    const connection = socket.id;
    while (this.roomName && this.wanted && socket.connected && socket.id === connection && !this.inRoom) {
      const answer = await this.ask('join-room', { roomName: this.roomName }).catch(() => undefined);
      if (answer?.success && socket.id === connection) {
        this.inRoom = true;
      } else {
        await pause(AGAIN_MS);
      }
    }
  }

  ask(event, payload) {
    return this.#socket.timeout(ANSWER_MS).emitWithAck(event, payload);
  }

  /** Goes without a word. */
  cut() {
    this.wanted = false;
    const engine = this.#socket?.io.engine;
    this.#socket?.io.reconnection(false);
    engine?.transport?.ws?.terminate?.() ?? engine?.close();
    this.#socket?.close();
    this.isHere = false;
    this.inRoom = false;
  }

  close() {
    this.wanted = false;
    this.#socket?.close();
    this.isHere = false;
    this.inRoom = false;
  }
}

/** A device that believes what it hears, and notes what is said twice. */
export class Watcher extends Device {
  constructor(someone, watched, options = {}) {
    super(someone, options);
    this.watched = new Set(watched.map((one) => one._id));
    this.belief = new Map();
    this.twice = [];
    this.strangers = [];
    this.deliveries = 0;
    this.said = new Map([...this.watched].map((id) => [id, []]));
    this.isSure = false;
    this.passed = [];
  }

  listen(socket) {
    let last = new Map();
    let heard = new Set();
    const hear = (userId, status) => {
      this.deliveries++;
      if (!this.watched.has(userId)) {
        this.strangers.push(userId);
        return;
      }
      if (last.get(userId) === status) {
        this.twice.push([userId, status]);
      }
      last.set(userId, status);
      heard.add(userId);
      this.belief.set(userId, status);
      this.said.get(userId).push(status);
    };
    for (const event of ['presence:online', 'presence:offline', 'presence:status']) {
      socket.on(event, ({ userId, status }) => userId !== this.person._id && hear(userId, status));
    }
    socket.on('user-joined-room', ({ user }) => this.passed.push(['joined', user._id]));
    socket.on('user-left-room', ({ user }) => this.passed.push(['left', user._id]));
    socket.on('disconnect', () => {
      this.isSure = false;
    });
    socket.on('authenticated', async () => {
      last = new Map();
      heard = new Set();
      const connection = socket.id;
      // nothing is said of what has not changed, so it is asked for
      const base = await this.presenceOf([...this.watched]).catch(() => undefined);
      if (base === undefined || socket.id !== connection) {
        return;
      }
      for (const { userId, status } of base) {
        if (!heard.has(userId)) {
          this.belief.set(userId, status);
        }
      }
      this.isSure = true;
    });
  }

  async presenceOf(userIds) {
    const all = [];
    for (let from = 0; from < userIds.length; from += 100) {
      for (;;) {
        const answer = await this.ask('get-presence', { userIds: userIds.slice(from, from + 100) });
        if (answer.success) {
          all.push(...answer.presence);
          break;
        }
        await pause(AGAIN_MS);
      }
    }
    return all;
  }

  /** What it believes wrongly. */
  wrong(devices) {
    const truth = online(devices);
    return [...this.watched]
      .filter((id) => (this.belief.get(id) !== 'offline') !== truth.has(id))
      .map((id) => [id, this.belief.get(id), truth.has(id)]);
  }
}

/** The ids of those who have an open socket. */
export function online(devices) {
  return new Set(devices.filter((device) => device.isHere).map((device) => device.person._id));
}
