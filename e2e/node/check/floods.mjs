// Too much at once: a command stream that takes no more, and a client that does not read.
import { randomBytes } from 'node:crypto';
import { ask, call, gateways, pause, person } from '../support.mjs';
import { Place } from './ledger.mjs';
import { Listener } from './listener.mjs';
import { partitionOf } from './processes.mjs';

const FULL = 10_000;
const REFUSED_WITHIN_MS = 20_000;
const AT_ONCE = 8;
const MESSAGE_LENGTH = 8_000;
const MOST_MESSAGES = 20_000;
const CLOSED_WITHIN_MS = 240_000;
const HEARD_WITHIN_MS = 60_000;

// entries that nobody waits for, and that are too old to be begun
const STUFF = [
  `for i = redis.call('XLEN', KEYS[1]), ${FULL} do`,
  `redis.call('XADD', KEYS[1], '*', 'first', '1', 'key', ARGV[1], 'caller', ARGV[2], 'to', '{reply:nobody}',`,
  `'id', 'stuffing ' .. i, 'event', 'mark-read', 'body', '{}') end`,
].join(' ');
const NOBODY = JSON.stringify({ userId: 'nobody', username: 'nobody', sessionId: '', socketId: '' });

/** Fills the stream of one conversation's partition while nobody reads it, until senders are refused. */
export async function commandStreamFull(processes, scene) {
  const [key] = scene.keys;
  const chats = processes.all('chat');
  const refused = () => scene.devices.reduce((sum, device) => sum + (device.refusals.get('RATE_LIMITED') ?? 0), 0);
  const before = refused();
  chats.forEach((row) => processes.signal(row, 'SIGSTOP'));
  try {
    const quoted = (text) => JSON.stringify(text);
    await processes.redis(`EVAL ${quoted(STUFF)} 1 {chat:${partitionOf(key)}}:commands ${quoted(key)} ${quoted(NOBODY)}`);
    for (const end = Date.now() + REFUSED_WITHIN_MS; refused() === before; await pause(50)) {
      if (Date.now() > end) {
        throw new Error('nobody was refused although the stream is full');
      }
    }
  } finally {
    chats.forEach((row) => processes.signal(row, 'SIGCONT'));
  }
  return `${refused() - before} refused`;
}

/** How many sockets gateways have closed because they did not read. */
async function closedAsSlow() {
  let sum = 0;
  for (const gateway of gateways) {
    const text = await (await fetch(`${gateway}/q/metrics`)).text();
    for (const [, count] of text.matchAll(/^chatterbox_gateway_disconnects_total\{[^}]*slow[^}]*\} ([\d.]+)/gm)) {
      sum += Number(count);
    }
  }
  return sum;
}

/**
 * Floods a room in which one client does not read, until that is closed; then it reads again. Others
 * in the room hear all of it.
 */
export async function slowReader(scene) {
  const { violations } = scene;
  const people = [];
  for (let i = 0; i < 4; i++) {
    people.push(await person(`flooded${i}`));
  }
  const roomName = `flooded-${randomBytes(5).toString('hex')}`;
  await call('POST', '/api/rooms', { token: people[0].accessToken, body: { name: roomName } });
  const room = new Place('room', roomName, people);
  // nothing that buffers stands between
  const [url] = gateways;
  const options = { transports: ['websocket'] };
  const clients = people.map((one, index) => new Listener(`flooded ${index}`, one, [room], { url, violations, options }));
  try {
    return await flooded(clients, room, violations);
  } finally {
    clients.forEach((client) => client.close());
  }
}

async function eventually(what, ms, claim) {
  for (const end = Date.now() + ms; !(await claim()); await pause(50)) {
    if (Date.now() > end) {
      throw new Error(`not within ${ms} ms: ${what}`);
    }
  }
}

async function flooded(clients, room, violations) {
  const hearings = clients.map((client) => client.hearings.get(room));
  await eventually('everybody is in the room', HEARD_WITHIN_MS, () => clients.every((client) => client.isWhole));
  const before = await closedAsSlow();
  const [sender, slow, ...others] = clients;
  const connection = slow.socket.io.engine.transport.ws;
  connection.pause();
  const flood = new Flood(sender, others, room.id);
  flood.start();
  try {
    await eventually('the slow reader is closed', CLOSED_WITHIN_MS, async () => (await closedAsSlow()) > before);
  } finally {
    await flood.stop();
    connection.resume();
  }
  await eventually('everybody has heard all of it', HEARD_WITHIN_MS, () =>
    clients.every((client) => client.isWhole) && hearings.every(({ last }) => last >= flood.sent && last === hearings[0].last));
  for (const { name, absences } of others.filter((client) => client.absences.length > 0)) {
    violations.add('closed with the slow reader', `${name}: ${absences.map(({ reason }) => reason)}`);
  }
  return `closed after ${flood.sent} messages, others heard at most ${flood.lag} ms after the answer`;
}

/** One who sends as fast as it is answered. */
class Flood {
  #isOn = true;
  #senders = [];
  #answered = new Map();
  sent = 0;
  /** How long after its answer a message was heard, at most. */
  lag = 0;

  constructor(sender, others, roomName) {
    this.sender = sender;
    this.roomName = roomName;
    others.forEach(({ socket }) => socket.on('room-message', ({ seq }) => this.#heard(seq)));
  }

  #heard(seq) {
    // what was heard before its answer was not late
    this.lag = Math.max(this.lag, Date.now() - (this.#answered.get(seq) ?? Infinity));
  }

  start() {
    this.#senders = Array.from({ length: AT_ONCE }, () => this.#send());
  }

  async #send() {
    while (this.#isOn && this.sent < MOST_MESSAGES) {
      // three bytes each, and not to be compressed
      const content = [...randomBytes(MESSAGE_LENGTH)].map((byte) => String.fromCharCode(0x4e00 + byte)).join('');
      const asked = ask(this.sender.socket, 'send-room-message', { roomName: this.roomName, content });
      const answer = await asked.catch(() => undefined);
      if (answer?.success) {
        this.sent++;
        this.#answered.set(answer.message.seq, Date.now());
      }
    }
  }

  stop() {
    this.#isOn = false;
    return Promise.all(this.#senders);
  }
}
