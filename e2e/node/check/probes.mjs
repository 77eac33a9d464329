// Whether the rest works too: signing in, asking who is there, and the assistant, tried again and again.
import { io } from 'socket.io-client';
import { ask, call, direct, pause, person } from '../support.mjs';

const AGAIN_MS = 300;
const ANSWER_MS = 15_000;
const PASSWORD = 'correct horse battery';

/** One thing that is tried until it is stopped; knows when the last try began that went well. */
class Probe {
  #isOn = true;
  #done;
  lastWell = 0;

  constructor(name, attempt) {
    this.name = name;
    this.#done = this.#go(attempt);
  }

  async #go(attempt) {
    while (this.#isOn) {
      const began = Date.now();
      try {
        if (await attempt()) {
          this.lastWell = began;
        }
      } catch {
        // the next try may go well
      }
      await pause(AGAIN_MS);
    }
  }

  stop() {
    this.#isOn = false;
    return this.#done;
  }
}

/** The end of a run as this socket hears it, or nothing. */
function ended(socket, runId) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => end(), ANSWER_MS);
    const hear = (data) => data.runId === runId && end(data);
    const end = (data) => {
      clearTimeout(timer);
      socket.off('ai-complete', hear);
      resolve(data);
    };
    socket.on('ai-complete', hear);
  });
}

export class Probes {
  constructor(socket, all) {
    this.socket = socket;
    this.all = all;
  }

  /** @param url where everything is asked for */
  static async of(url) {
    const [ann, bob] = [await person('probing'), await person('probed')];
    const { _id: conversationId } = await direct(ann, bob);
    const socket = io(url, { auth: { token: ann.accessToken }, forceNew: true, reconnectionDelay: 50, reconnectionDelayMax: 500 });
    let joined = false;
    socket.on('disconnect', () => (joined = false));
    const assistant = async () => {
      joined ||= (await ask(socket, 'join-conversation', { conversationId })).success;
      const answer = await ask(socket, 'ai-message', { conversationId, content: 'demo:tokens=5' });
      return answer.success && (await ended(socket, answer.runId)) !== undefined;
    };
    const presence = async () => {
      const { status } = await call('GET', `/api/users/${bob._id}/presence`, { token: ann.accessToken, gateway: url });
      return status === 200;
    };
    const login = async () => {
      const { status } = await call('POST', '/api/auth/login', { body: { email: ann.email, password: PASSWORD }, gateway: url });
      return status === 200;
    };
    return new Probes(socket, [new Probe('sign in', login), new Probe('presence', presence), new Probe('assistant', assistant)]);
  }

  /** The names of those that have not gone well since then. */
  ill(since) {
    return this.all.filter((probe) => probe.lastWell <= since).map((probe) => probe.name);
  }

  async stop() {
    await Promise.all(this.all.map((probe) => probe.stop()));
    this.socket.close();
  }
}
