// Who talks where while something fails: people with two devices each, in pairs, groups and rooms.
import { call, direct, pause, person, pick } from '../support.mjs';
import { Device } from './device.mjs';
import { Place } from './ledger.mjs';
import { Mover } from './mover.mjs';
import { judge } from './verdict.mjs';

const SETTLES_WITHIN_MS = 60_000;
const HEALS_WITHIN_MS = 60_000;
const GROUPS = 2;
const GROUP_SIZE = 5;
const ROOMS = 3;
const AT_ONCE = 8;

// as an app does that does not let its user go on typing for ever
const MOST_PENDING = 8;

/** Whether the claim came to hold in that time. */
export async function until(ms, claim) {
  const end = Date.now() + ms;
  while (!claim()) {
    if (Date.now() > end) {
      return false;
    }
    await pause(50);
  }
  return true;
}

/** Does it for numbers from 0, some at a time, and resolves to what comes of each. */
async function forEach(count, work) {
  const found = [];
  let next = 0;
  const go = async () => {
    while (next < count) {
      const index = next++;
      found[index] = await work(index);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, go));
  return found;
}

async function setting(count) {
  const people = await forEach(count, (i) => person(`p${i}`));
  const places = await forEach(count, async (i) => {
    const pair = [people[i], people[(i + 1) % count]];
    return new Place('conversation', (await direct(...pair))._id, pair);
  });
  for (let i = 0; i < GROUPS; i++) {
    const members = people.slice(i * GROUP_SIZE, (i + 1) * GROUP_SIZE);
    const made = await call('POST', '/api/conversations/group', {
      token: members[0].accessToken,
      body: { name: `check ${i}`, participants: members.slice(1).map((one) => one._id) },
    });
    places.push(new Place('conversation', made.body.data._id, members, members[0]));
  }
  for (let i = 0; i < ROOMS; i++) {
    const name = `check-${Date.now().toString(36)}-${i}`;
    await call('POST', '/api/rooms', { token: people[0].accessToken, body: { name } });
    places.push(new Place('room', name, people.filter((_, index) => index % ROOMS === i)));
  }
  return { people, places };
}

/** People, their places and their devices, from before anything fails until all of it is judged. */
export class Scene {
  #talking = [];
  #movers = [];
  #isOn = false;

  constructor(people, places, { url, rate, violations, silences, options = {} }) {
    this.people = people;
    this.places = places;
    this.violations = violations;
    this.rate = rate;
    this.devices = people.flatMap((someone, index) =>
      ['a', 'b'].map((letter) => {
        const own = places.filter((place) => place.people.includes(someone));
        return new Device(`${index}${letter}`, someone, own, {
          url,
          violations,
          silences,
          emoji: letter === 'a' ? ['👍', '😂'] : ['🎉', '🔥'],
          options: letter === 'b' && index % 4 === 0 ? { ...options, transports: ['polling'] } : options,
        });
      }),
    );
  }

  /**
   * A scene in which everybody has come in.
   *
   * @param url where devices connect
   * @param rate what a device does in a second
   * @param silences when nobody could answer, as [from, to]
   * @param options of the stock clients
   */
  static async open(count, about) {
    const { people, places } = await setting(count);
    const scene = new Scene(people, places, about);
    if (!(await until(SETTLES_WITHIN_MS, () => scene.devices.every((device) => device.isWhole)))) {
      throw new Error('not everyone could join before anything failed');
    }
    return scene;
  }

  /** The log's keys of all conversations. */
  get keys() {
    return this.places.filter((place) => !place.isRoom).map((place) => `conversation:${place.id}`);
  }

  /** Requests that were done so far, messages and changes. */
  get done() {
    return this.devices.reduce((sum, device) => sum + device.acknowledged, 0);
  }

  /** Everybody begins to talk. */
  start() {
    this.#isOn = true;
    this.#talking = this.devices.map((device) => this.#talk(device));
    this.#movers = this.places.filter((place) => place.admin).map((place) => new Mover(place, this.devices, this.violations));
    this.#movers.forEach((mover) => mover.start());
  }

  async #talk(device) {
    // not all at once
    await pause((2_000 / this.rate) * Math.random());
    while (this.#isOn) {
      if (device.pending < MOST_PENDING) {
        device.act(pick(device.places)).catch((error) => this.violations.add('failed', String(error.stack)));
      }
      await pause((2_000 / this.rate) * Math.random());
    }
  }

  /** Everybody ends what is begun, comes in again, and all of it is judged. */
  async end() {
    this.#isOn = false;
    await Promise.all([...this.#talking, ...this.#movers.map((mover) => mover.stop())]);
    if (!(await until(SETTLES_WITHIN_MS, () => this.devices.every((device) => device.idle)))) {
      this.violations.add('never settled', `${this.devices.filter((device) => !device.idle).map((device) => device.name)}`);
    }
    await this.healed('the end', (device) => device.isWhole);
    await judge(this.places, this.devices, this.violations);
  }

  /** Waits until the claim holds for every device, and tells of whom it never does. */
  async healed(after, claim) {
    if (!(await until(HEALS_WITHIN_MS, () => this.devices.every(claim)))) {
      this.violations.add('not healed', `${after}: ${this.devices.filter((each) => !claim(each)).map((each) => each.standing)}`);
    }
  }

  close() {
    this.devices.forEach((device) => device.close());
  }

  /** What was done, in words. */
  summary() {
    const sent = this.places.reduce((sum, place) => sum + place.sent.length, 0);
    const moves = this.#movers.reduce((sum, mover) => sum + mover.moves, 0);
    const returns = this.devices.reduce((sum, device) => sum + device.returns, 0);
    return (
      `sent ${sent}, acknowledged ${this.acknowledged} and ${this.done - this.acknowledged} changes, removals ${moves}, ` +
      `sessions taken up again ${returns}`
    );
  }

  /** Messages that were acknowledged. */
  get acknowledged() {
    return this.places.reduce((sum, place) => sum + place.sent.filter((each) => each.acknowledged).length, 0);
  }
}
