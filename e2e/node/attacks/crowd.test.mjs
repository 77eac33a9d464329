// A crowd comes and goes at random, is cut, and loses its gateways; in the end it is known of each
// whether he is there and in his room.
//
// CHATTERBOX_STATE names the state file of the stack under test; CHATTERBOX_CROWD is the crowd's size.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Processes } from '../check/faults.mjs';
import { gateways } from '../support.mjs';
import { Device, Watcher, acquaint, each, online, pause, register, room, until } from './crowd.mjs';

const SIZE = Number(process.env.CHATTERBOX_CROWD ?? 2_000);
const CIRCLE = 90;
const STEPS = SIZE * 2;
const KILLS = 2;

const pick = (list) => list[Math.floor(Math.random() * list.length)];

test(`${SIZE} people, gateways killed: no ghost and nobody missing`, { timeout: 900_000 }, async (t) => {
  const processes = new Processes(process.env.CHATTERBOX_STATE);
  const people = await register(SIZE, 'crowd');
  const watching = await register(Math.ceil(SIZE / CIRCLE), 'watcher');
  const devices = [];
  const watchers = [];
  t.after(() => [...devices, ...watchers].forEach((device) => device.close()));
  await each(watching, async (watcher, index) => {
    const circle = people.slice(index * CIRCLE, (index + 1) * CIRCLE);
    await acquaint(watcher, circle);
    const roomName = await room(watcher);
    circle.forEach((someone) => devices.push(new Device(someone, { roomName })));
    watchers[index] = new Watcher(watcher, circle, { roomName }).connect(index);
  }, 4);
  await until('the watchers are there', () => watchers.every((watcher) => watcher.isSure && watcher.inRoom));
  await each(devices.filter((_, index) => index % 2 === 0), async (device) => {
    device.connect(Math.floor(Math.random() * gateways.length));
    await pause(5);
  });

  for (let step = 0; step < STEPS; step++) {
    const device = pick(devices);
    if (!device.wanted) {
      device.connect(Math.floor(Math.random() * gateways.length));
    } else if (Math.random() < 0.5) {
      device.cut();
    } else {
      device.close();
    }
    if (step % Math.ceil(STEPS / (KILLS + 1)) === Math.ceil(STEPS / (KILLS + 1)) - 1 && step < STEPS - 1) {
      await processes.kill('gateway');
    }
    await pause(2);
  }
  await processes.whole(120_000);

  await until('those who want to be are connected', () =>
    [...devices, ...watchers]
      .filter((device) => device.wanted !== Boolean(device.isHere && device.inRoom))
      .map((device) => device.person.username));
  const truth = online(devices);
  t.diagnostic(`${truth.size} of ${SIZE} are online`);
  for (const [index, watcher] of watchers.entries()) {
    const circle = people.slice(index * CIRCLE, (index + 1) * CIRCLE);
    await until('nobody is a ghost or missing', async () => {
      const found = await watcher.presenceOf(circle.map((one) => one._id));
      return found.filter((one) => (one.status !== 'offline') !== truth.has(one.userId));
    });
    await until('the watchers know', () => watcher.wrong(devices));
    await until('the room holds whom it should', async () => {
      const answer = await watcher.ask('join-room', { roomName: watcher.roomName });
      const inside = new Set(answer.users?.map((user) => user._id));
      const wanted = new Set(circle.map((one) => one._id).filter((id) => truth.has(id)));
      wanted.add(watcher.person._id);
      return difference(inside, wanted);
    });
    assert.deepEqual(watcher.strangers, []);
    assert.deepEqual(watcher.twice, []);
  }
});

function difference(one, other) {
  return [...[...one].filter((id) => !other.has(id)), ...[...other].filter((id) => !one.has(id))];
}
