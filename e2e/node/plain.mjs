// Plain WebSocket clients: the one that docs/websocket.md shows, and one that remembers all it heard.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import WebSocket from 'ws';
import { gateways } from './support.mjs';

const PAGE = new URL('../../docs/websocket.md', import.meta.url);
const MODULES = new URL('./node_modules/', import.meta.url);

export const address = (gateway) => `${gateways[gateway % gateways.length].replace(/^http/, 'ws')}/ws`;

/** The class of the page's complete client. */
export async function documented() {
  const [, code] = /```javascript\n(import [^]*?)```/.exec(readFileSync(PAGE, 'utf8'));
  // below node_modules, so that it finds ws
  const folder = mkdtempSync(new URL('plain-client-', MODULES).pathname);
  try {
    writeFileSync(`${folder}/chat.mjs`, code);
    return (await import(pathToFileURL(`${folder}/chat.mjs`))).Chat;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A connection, with the events and answers that came over it; made for `next`, `heard` and `plainAsk`. */
export class Plain {
  #listeners = new Map();
  #lastId = 0;
  heard = [];
  replies = [];

  static async signedIn(test, someone, gateway = 0) {
    const plain = await Plain.open(test, gateway);
    const answer = await plain.ask('auth', { token: someone.accessToken });
    if (!answer.success) {
      throw new Error(JSON.stringify(answer));
    }
    return plain;
  }

  static async open(test, gateway = 0, options = {}) {
    const plain = new Plain();
    const socket = new WebSocket(address(gateway), options);
    plain.socket = socket;
    test.after(() => socket.terminate());
    socket.on('message', (text) => plain.#receive(JSON.parse(text)));
    plain.closed = new Promise((resolve) => socket.on('close', (code, reason) => resolve({ code, reason: `${reason}` })));
    await new Promise((resolve, reject) => socket.once('open', resolve).on('error', reject));
    return plain;
  }

  #receive({ reply, event, data, ...answer }) {
    if (reply !== undefined) {
      this.replies.push([reply, answer]);
      this.#tell(`reply ${JSON.stringify(reply)}`, answer);
    } else {
      this.heard.push([event, data]);
      this.#tell(event, data);
    }
  }

  #tell(name, data) {
    [...(this.#listeners.get(name) ?? [])].forEach((listener) => listener(data));
  }

  on(name, listener) {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
  }

  off(name, listener) {
    this.#listeners.set(name, this.#listeners.get(name).filter((one) => one !== listener));
  }

  send(message) {
    this.socket.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message));
  }

  emit(event, data) {
    this.send({ event, data });
  }

  ask(event, data, id = `ask-${++this.#lastId}`) {
    const answer = new Promise((resolve, reject) => {
      const name = `reply ${JSON.stringify(id)}`;
      const timer = setTimeout(() => reject(new Error(`${event} is not answered`)), 15_000);
      const listen = (reply) => {
        clearTimeout(timer);
        this.off(name, listen);
        resolve(reply);
      };
      this.on(name, listen);
    });
    this.send({ event, data, id });
    return answer;
  }
}
