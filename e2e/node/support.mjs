// What every test needs: accounts over REST, stock clients, and waiting for events.
//
// All that is answered and heard is held against the documents for client authors.
//
// CHATTERBOX_GATEWAYS lists the gateways under test, e.g. http://127.0.0.1:3000,http://127.0.0.1:3010
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { io } from 'socket.io-client';
import { wrongAnswer, wrongEvent, wrongReply } from './documents.mjs';

export const gateways = (process.env.CHATTERBOX_GATEWAYS ?? 'http://localhost:3000').split(',');

// One test waits this long for one thing at most; nothing is measured by it.
const PATIENCE_MS = 15_000;

/**
 * Calls the REST half and returns {status, body}. Each call comes from an address of its own, if the
 * gateway believes it: the limits of one address are not what most tests are about.
 */
export async function call(
  method,
  path,
  { token, body, gateway = gateways[0], from = `10.${[...randomBytes(3)].join('.')}` } = {},
) {
  const response = await fetch(gateway + path, {
    method,
    headers: {
      'X-Forwarded-For': from,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  const answer = { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  const wrong = wrongReply(method, path, answer.status, answer.body);
  assert.equal(wrong, undefined, wrong);
  return answer;
}

/** Registers a person with a name of its own: {_id, username, email, accessToken, refreshToken}. */
export async function person(name) {
  const username = `${name}_${randomBytes(5).toString('hex')}`;
  const email = `${username}@example.org`;
  const answer = await call('POST', '/api/auth/register', {
    body: { username, email, password: 'correct horse battery' },
  });
  if (answer.status !== 201) {
    throw new Error(`register answered ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  const { user, accessToken, refreshToken } = answer.body.data;
  return { ...user, accessToken, refreshToken };
}

/** The direct conversation of two people. */
export async function direct(one, other) {
  const answer = await call('POST', '/api/conversations/direct', {
    token: one.accessToken,
    body: { participantId: other._id },
  });
  if (answer.status !== 201 && answer.status !== 200) {
    throw new Error(`direct answered ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  return answer.body.data;
}

/** Stock clients that are closed when the test ends, and that remember all they heard. */
export class Clients {
  #open = [];
  #wrong = [];

  constructor(test) {
    test.after(() => {
      this.#open.forEach((socket) => socket.close());
      assert.deepEqual(this.#wrong, []);
    });
  }

  /** A client on the gateway of this index, not yet authenticated unless a token is given. */
  connect(token, gateway = 0, options = {}) {
    return this.connectTo(gateways[gateway % gateways.length], token, options);
  }

  /** A client of whatever is at that address. */
  connectTo(url, token, options = {}) {
    const socket = io(url, {
      ...(token === undefined ? {} : { auth: { token } }),
      forceNew: true,
      ...options,
    });
    socket.heard = [];
    socket.onAny((event, ...args) => {
      socket.heard.push([event, ...args]);
      const wrong = wrongEvent(event, args);
      if (wrong) {
        this.#wrong.push(wrong);
      }
    });
    this.#open.push(socket);
    return socket;
  }

  /** A client that is authenticated. */
  async signedIn(someone, gateway = 0, options = {}) {
    const socket = this.connect(someone.accessToken, gateway, options);
    await next(socket, 'authenticated');
    return socket;
  }
}

/** The next (or an already heard) event of this name for which the claim holds. */
export function next(socket, event, claim = () => true) {
  const earlier = socket.heard.find(([name, data]) => name === event && claim(data));
  if (earlier) {
    return Promise.resolve(earlier[1]);
  }
  return new Promise((resolve, reject) => {
    const listen = (data) => {
      if (claim(data)) {
        clearTimeout(timer);
        socket.off(event, listen);
        resolve(data);
      }
    };
    const timer = setTimeout(() => {
      socket.off(event, listen);
      reject(new Error(`no ${event} came; heard: ${socket.heard.map(([name]) => name)}`));
    }, PATIENCE_MS);
    socket.on(event, listen);
  });
}

/** Waits until the claim holds; else tells why it does not. */
export async function until(claim, why) {
  for (const end = Date.now() + PATIENCE_MS; !claim(); await pause(20)) {
    assert.ok(Date.now() < end, why());
  }
}

/** Emits with an acknowledgement and resolves to it. */
export async function ask(socket, event, ...args) {
  const answer = await socket.timeout(PATIENCE_MS).emitWithAck(event, ...args);
  const wrong = wrongAnswer(event, answer);
  assert.equal(wrong, undefined, wrong);
  return answer;
}

/** Everything heard under this name so far. */
export function heard(socket, event) {
  return socket.heard.filter(([name]) => name === event).map(([, data]) => data);
}

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Any one of these. */
export const pick = (list) => list[Math.floor(Math.random() * list.length)];
