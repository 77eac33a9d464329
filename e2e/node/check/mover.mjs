// Takes people out of a group and lets them in again, over REST, while they talk. Who is out hears
// and reads nothing that is numbered after that.
import { call, gateways, pause, pick } from '../support.mjs';

const AGAIN_MS = 250;
// a gateway whose clock is behind takes good tokens for ones from the future; none is for that long
const DOUBTED_MS = 30_000;
// an earlier try of which nothing is known comes to nothing after that
const FORGOTTEN_MS = 12_000;

export class Mover {
  #wanted = true;
  #done;

  constructor(place, devices, violations) {
    this.place = place;
    this.devices = devices;
    this.violations = violations;
    this.moves = 0;
  }

  start() {
    this.#done = this.#go();
  }

  /** Resolves when all are in. */
  stop() {
    this.#wanted = false;
    return this.#done;
  }

  async #go() {
    while (this.#wanted) {
      await this.#move(pick(this.place.people.filter((person) => person !== this.place.admin)));
      await pause(1_000 * Math.random());
    }
  }

  async #move(person) {
    const { place } = this;
    const devices = this.devices.filter((device) => device.person === person);
    const path = `${place.path}/participants`;
    devices.forEach((device) => device.leaving(place));
    const absence = { person };
    place.absences.push(absence);
    let isCertain = await this.#insist('DELETE', `${path}/${person._id}`, undefined, [200, 404]);
    absence.gone = Date.now();
    devices.forEach((device) => device.left(place));
    const answer = await this.#call('GET', place.history, { token: person.accessToken });
    if (answer.status < 500 && answer.status !== 404 && answer.status !== 401) {
      this.violations.add('read by somebody removed', `${person.username} in ${place.id}: ${answer.status}`);
    }
    await pause(isCertain ? 500 + 1_000 * Math.random() : FORGOTTEN_MS);
    absence.back = Date.now();
    isCertain = await this.#insist('POST', path, { userIds: [person._id] }, [200]);
    devices.forEach((device) => device.comeIn(place));
    this.moves++;
    if (!isCertain) {
      await pause(FORGOTTEN_MS);
    }
  }

  /** Asks until it is done; answers whether the first try did it. */
  async #insist(method, path, body, good) {
    const began = Date.now();
    for (let tries = 1; ; tries++) {
      const { status, body: about } = await this.#call(method, path, { token: this.place.admin.accessToken, body });
      if (status === good[0] || (tries > 1 && good.includes(status))) {
        return tries === 1;
      }
      if (status < 500 && !(status === 401 && Date.now() - began < DOUBTED_MS)) {
        this.violations.add('refused', `${method} ${path}: ${status} ${about?.error?.message}`);
        return false;
      }
      await pause(AGAIN_MS);
    }
  }

  async #call(method, path, options) {
    try {
      return await call(method, path, { ...options, gateway: pick(gateways) });
    } catch {
      // a gateway that was killed
      return { status: 503 };
    }
  }
}
