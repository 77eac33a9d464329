import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Clients, ask, call, direct, gateways, heard, next, person } from '../support.mjs';

test('presence counts all devices and reaches the people of the conversation', async (t) => {
  const clients = new Clients(t);
  const [ann, bob, eve] = [await person('ann'), await person('bob'), await person('eve')];
  await direct(ann, bob);
  const watcher = await clients.signedIn(ann, 0);
  const stranger = await clients.signedIn(eve, 0);
  const laptop = await clients.signedIn(bob, 0);
  const phone = await clients.signedIn(bob, 1);
  assert.deepEqual(await next(watcher, 'presence:online'), { userId: bob._id, status: 'online' });
  laptop.close();
  const asked = await ask(watcher, 'get-presence', { userIds: [bob._id, 'nobody', bob._id] });
  assert.deepEqual(asked.presence.map((one) => [one.userId, one.status]), [[bob._id, 'online']]);
  phone.close();
  const offline = await next(watcher, 'presence:offline');
  assert.equal(offline.userId, bob._id);
  assert.equal(heard(watcher, 'presence:online').length, 1);
  assert.equal(heard(watcher, 'presence:offline').length, 1);
  assert.deepEqual(heard(stranger, 'presence:online'), []);
  const rest = await call('GET', `/api/users/${bob._id}/presence`, { token: ann.accessToken, gateway: gateways.at(-1) });
  assert.deepEqual(rest.body.data, { userId: bob._id, status: 'offline', lastSeen: offline.lastSeen });
});

test('a status set by hand is told to the others', async (t) => {
  const clients = new Clients(t);
  const [ann, bob] = [await person('ann'), await person('bob')];
  await direct(ann, bob);
  const watcher = await clients.signedIn(ann, 0);
  const socket = await clients.signedIn(bob, 1);
  await next(watcher, 'presence:online');
  const answer = await ask(socket, 'update-status', { status: 'busy' });
  assert.deepEqual([answer.success, answer.status], [true, 'busy']);
  assert.deepEqual(await next(watcher, 'presence:status'), { userId: bob._id, status: 'busy' });
});
