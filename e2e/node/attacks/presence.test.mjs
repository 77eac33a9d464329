// Presence and occupancy while processes die or stand still and Redis pauses or forgets: nobody with
// an open socket is told to be offline, nobody who has gone stays, and each change is said once.
//
// CHATTERBOX_STATE names the state file of the stack under test.
import assert from 'node:assert/strict';
import net from 'node:net';
import { after, before, test } from 'node:test';
import { Processes } from '../check/faults.mjs';
import { call, gateways } from '../support.mjs';
import { Device, Watcher, acquaint, pause, register, room, until } from './crowd.mjs';

const processes = new Processes(process.env.CHATTERBOX_STATE);
// 15 s, and some for a machine under load
const GONE_WITHIN_MS = 17_000;
const PORTS = gateways.map((url) => Number(new URL(url).port));
let ann, bob, cay;
let roomName;
let watchers = [];
let devices = [];

const gatewayRow = (index) =>
  processes.rows().find((row) => row.service === 'gateway' && row.port === PORTS[index]);

before(async () => {
  [ann, bob, cay] = await register(3, 'attacked');
  await acquaint(ann, [bob, cay]);
  roomName = await room(ann);
});

after(() => [...watchers, ...devices].forEach((device) => device.close()));

/** A watcher on each gateway, sure of what is so; and Bob on the second one. */
async function begin() {
  [...watchers, ...devices].forEach((device) => device.close());
  await processes.whole(120_000);
  watchers = gateways.map((_, index) => new Watcher(ann, [bob, cay], { roomName }).connect(index));
  devices = [];
  await until('nobody else is there', () => watchers.flatMap((one) => (one.isSure && one.inRoom ? one.wrong([]) : ['unsure'])));
  const device = new Device(bob, { roomName });
  devices.push(device);
  device.connect(1);
  await until('Bob is there', () => device.inRoom && watchers.every((one) => one.belief.get(bob._id) === 'online'));
  await until('Bob is in the room', () => watchers.every((one) => one.passed.length > 0));
  forget();
  return device;
}

function forget() {
  watchers.forEach((one) => {
    one.said.forEach((list) => list.splice(0));
    one.passed.splice(0);
  });
}

/** All that was due before is said when Cay's going is. */
async function afterAllThatWasDue() {
  const other = new Device(cay).connect(0);
  await until('Cay comes', () => watchers.every((one) => one.belief.get(cay._id) === 'online'));
  other.close();
  await until('Cay goes', () => watchers.every((one) => one.belief.get(cay._id) === 'offline'));
}

const saidOf = (someone) => watchers.map((one) => one.said.get(someone._id));
const passed = () => watchers.map((one) => one.passed);

async function isTrueEverywhere(present) {
  await until('presence and occupancy are true', async () => {
    for (const gateway of gateways) {
      const answer = await call('GET', `/api/users/${bob._id}/presence`, { token: ann.accessToken, gateway });
      const where = await call('GET', `/api/rooms/${roomName}`, { token: ann.accessToken, gateway });
      const wanted = [present ? 'online' : 'offline', present ? 2 : 1];
      const found = [answer.body.data?.status, where.body.data?.userCount];
      if (JSON.stringify(found) !== JSON.stringify(wanted)) {
        return { found, wanted };
      }
    }
    return true;
  });
}

/** He was never told to be away or gone, and his going is said once. */
async function wasNeverGone(device) {
  await afterAllThatWasDue();
  assert.deepEqual(saidOf(bob), watchers.map(() => []));
  assert.deepEqual(passed(), watchers.map(() => []));
  assert.ok(device.isHere);
  await isTrueEverywhere(true);
  device.close();
  await isGoneOnce();
}

/** Whoever asks is never told that Bob is offline, though for a moment it may not be known. */
async function isNeverOffline(ms) {
  const end = Date.now() + ms;
  while (Date.now() < end) {
    const [asked] = await watchers[0].presenceOf([bob._id]);
    assert.notEqual(asked.status, 'offline');
    const { status, body } = await call('GET', `/api/users/${bob._id}/presence`, { token: ann.accessToken });
    assert.ok(status === 503 || body.data.status !== 'offline', JSON.stringify(body));
    await pause(20);
  }
}

async function isGoneOnce() {
  await until('Bob goes', () => watchers.every((one) => one.belief.get(bob._id) === 'offline'));
  await until('Bob leaves', () => passed().every((list) => list.length > 0));
  await isTrueEverywhere(false);
  await afterAllThatWasDue();
  assert.deepEqual(saidOf(bob), watchers.map(() => ['offline']));
  assert.deepEqual(passed(), watchers.map(() => [['left', bob._id]]));
}

test('presence-service killed: whoever goes meanwhile is gone once', async () => {
  const device = await begin();
  const killed = processes.kill('presence');
  device.close();
  await killed;
  await isGoneOnce();
});

test('presence-service stands still for 8 s and goes on beside its successor: each change once', async () => {
  const device = await begin();
  const still = Promise.all(
    processes.rows().filter((row) => row.service === 'presence').map(async (row, index) => {
      // one after the other, so that either's partitions change hands
      await pause(index * 4_000);
      processes.signal(row, 'SIGSTOP');
      await pause(8_000);
      processes.signal(row, 'SIGCONT');
    }),
  );
  device.close();
  await still;
  await isGoneOnce();
});

test('a gateway killed: its people are gone once', async () => {
  const device = await begin();
  const row = gatewayRow(1);
  // nobody comes back from there
  device.wanted = false;
  watchers[1].close();
  watchers = [watchers[0]];
  processes.signal(row, 'SIGKILL');
  const killedAt = Date.now();
  device.close();
  await until('Bob goes', () => watchers[0].belief.get(bob._id) === 'offline');
  const took = Date.now() - killedAt;
  assert.ok(took < GONE_WITHIN_MS, `it took ${took} ms`);
  await isGoneOnce();
  await processes.whole(120_000);
});

test('a gateway stands still for 8 s: its people were never gone', async () => {
  const device = await begin();
  const row = gatewayRow(1);
  processes.signal(row, 'SIGSTOP');
  await pause(8_000);
  processes.signal(row, 'SIGCONT');
  await wasNeverGone(device);
});

test('Redis pauses for 20 s: no mass departure', async () => {
  const device = await begin();
  await processes.freeze('redis', 20_000);
  await wasNeverGone(device);
});

test('Redis emptied: nobody was gone, and nothing is said again', async () => {
  const device = await begin();
  await processes.flush();
  await isNeverOffline(6_000);
  await wasNeverGone(device);
});

test('Redis emptied just after somebody went: he is gone once', async () => {
  const device = await begin();
  device.close();
  await pause(1_000);
  await processes.flush();
  await isGoneOnce();
});

test('Redis killed: nobody was gone', async () => {
  const device = await begin();
  await processes.kill('redis');
  await processes.whole(120_000);
  await wasNeverGone(device);
});

test('what was published while no link heard it is told as a difference', async () => {
  const device = await begin();
  device.close();
  // from before his going is due until after it was said
  const end = Date.now() + 7_000;
  while (Date.now() < end) {
    await redis('CLIENT KILL TYPE pubsub');
    await pause(20);
  }
  await isGoneOnce();
});

/** Has Redis do something, as it is written on a line. */
function redis(line) {
  const { port } = processes.rows().find((row) => row.service === 'redis');
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(`${line}\r\n`));
    socket.once('data', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
}
