// A session that is signed out while something fails, and whoever tries its token after that.
import { io } from 'socket.io-client';
import { call, gateways, pause, person, pick } from '../support.mjs';

const AGAIN_MS = 250;
const GIVES_UP_MS = 3_000;

// within a second where Redis answers; a gateway that cannot read what was revoked lets nobody in from 5 s on
const GRACE_MS = 1_000;
const GRACE_WITHOUT_REDIS_MS = 6_000;

/** Whether a gateway lets a socket with that token in. */
function lets(gateway, token) {
  return new Promise((resolve) => {
    const socket = io(gateway, { auth: { token }, transports: ['websocket'], forceNew: true, reconnection: false });
    const end = (isIn) => {
      clearTimeout(timer);
      socket.close();
      resolve(isIn);
    };
    const timer = setTimeout(() => end(false), GIVES_UP_MS);
    socket.on('authenticated', () => end(true));
    socket.on('unauthorized', () => end(false));
    socket.on('connect_error', () => end(false));
  });
}

/** Whether a gateway passes a call with that token on to a service. */
async function passes(gateway, token) {
  try {
    return (await call('GET', '/api/conversations', { token, gateway })).status === 200;
  } catch {
    return false;
  }
}

export class SignOut {
  #isOn = true;
  #work = [];
  #unanswered = false;

  /** How often the token was let in too late, by way. */
  letIn = { socket: 0, call: 0 };
  /** How long after the sign-out it was let in last. */
  latest = 0;

  constructor(someone, grace) {
    this.person = someone;
    this.grace = grace;
  }

  /**
   * Somebody signed in, whose token is good on every gateway.
   *
   * @param withoutRedis whether a gateway may not hear of Redis
   */
  static async of(withoutRedis) {
    const someone = await person('signed-out');
    for (const gateway of gateways) {
      if (!(await lets(gateway, someone.accessToken))) {
        throw new Error('a good token was not let in');
      }
    }
    return new SignOut(someone, withoutRedis ? GRACE_WITHOUT_REDIS_MS : GRACE_MS);
  }

  /** Signs out as soon as that is possible, and tries the token from then on. */
  start() {
    this.#work = [this.#go()];
  }

  /** Resolves when all tries have ended. */
  async stop() {
    this.#isOn = false;
    await Promise.all(this.#work);
  }

  async #go() {
    while (!(await this.#isDone())) {
      await pause(AGAIN_MS);
    }
    this.doneAt = Date.now();
    for (const gateway of gateways) {
      this.#work.push(this.#try('socket', gateway, lets), this.#try('call', gateway, passes));
    }
    await Promise.all(this.#work.slice(1));
  }

  async #isDone() {
    try {
      const { status } = await call('POST', '/api/auth/logout', { token: this.person.accessToken, gateway: pick(gateways) });
      // an earlier try may have done it that was not answered; a gateway whose clock is wrong says so, too
      const isDone = status === 200 || (status === 401 && this.#unanswered);
      this.#unanswered ||= status >= 500;
      return isDone;
    } catch {
      this.#unanswered = true;
      return false;
    }
  }

  async #try(way, gateway, work) {
    while (this.#isOn) {
      const began = Date.now();
      if (await work(gateway, this.person.accessToken)) {
        const after = began - this.doneAt;
        this.latest = Math.max(this.latest, after);
        this.letIn[way] += after > this.grace ? 1 : 0;
      }
      await pause(AGAIN_MS);
    }
  }
}
