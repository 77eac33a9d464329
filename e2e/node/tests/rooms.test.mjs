import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { Clients, ask, call, gateways, heard, next, person } from '../support.mjs';

const newRoom = async (someone) => {
  const name = `room-${randomBytes(5).toString('hex')}`;
  const answer = await call('POST', '/api/rooms', { token: someone.accessToken, body: { name } });
  assert.equal(answer.status, 201);
  return name;
};

test('general, random and tech exist from the start', async () => {
  const ann = await person('ann');
  for (const name of ['general', 'random', 'tech']) {
    const answer = await call('GET', `/api/rooms/${name}`, { token: ann.accessToken, gateway: gateways.at(-1) });
    assert.equal(answer.status, 200);
    assert.equal(answer.body.data.name, name);
  }
});

test('people in a room see each other come, speak and go across gateways', async (t) => {
  const clients = new Clients(t);
  const [ann, bob] = [await person('ann'), await person('bob')];
  const roomName = await newRoom(ann);
  const one = await clients.signedIn(ann, 0);
  const first = await ask(one, 'join-room', { roomName });
  assert.equal(first.success, true);
  assert.equal(first.room.name, roomName);
  assert.deepEqual(first.users.map((user) => user._id), [ann._id]);

  const other = await clients.signedIn(bob, 1);
  const second = await ask(other, 'join-room', { roomName });
  assert.ok(second.users.some((user) => user._id === bob._id));
  assert.deepEqual(await next(one, 'user-joined-room'), {
    roomName,
    user: { _id: bob._id, username: bob.username },
  });

  const sent = await ask(other, 'send-room-message', { roomName, content: 'Hello everyone!' });
  assert.equal(sent.success, true);
  const received = await next(one, 'room-message');
  assert.equal(received.content, 'Hello everyone!');
  assert.equal(received.roomName, roomName);
  assert.equal(received.seq, 1);
  assert.deepEqual(received.sender, { _id: bob._id, username: bob.username });
  assert.equal((await next(other, 'room-message'))._id, received._id);

  other.emit('typing', { roomName });
  assert.equal((await next(one, 'user-typing')).roomName, roomName);

  assert.equal((await ask(other, 'leave-room', { roomName })).success, true);
  assert.equal((await next(one, 'user-left-room')).user._id, bob._id);
  const after = await ask(other, 'send-room-message', { roomName, content: 'still here?' });
  assert.equal(after.error.code, 'FORBIDDEN');
  assert.deepEqual(heard(other, 'user-joined-room'), []);
});

test('a second device of the same person is not announced', async (t) => {
  const clients = new Clients(t);
  const [ann, bob, cay] = [await person('ann'), await person('bob'), await person('cay')];
  const roomName = await newRoom(ann);
  const watcher = await clients.signedIn(ann, 0);
  await ask(watcher, 'join-room', { roomName });
  for (const gateway of [0, 1]) {
    await ask(await clients.signedIn(bob, gateway), 'join-room', { roomName });
  }
  await ask(await clients.signedIn(cay, 1), 'join-room', { roomName });
  await next(watcher, 'user-joined-room', (event) => event.user._id === cay._id);
  assert.deepEqual(
    heard(watcher, 'user-joined-room').map((event) => event.user._id),
    [bob._id, cay._id],
  );
});

test('a socket that is cut leaves its room', async (t) => {
  const clients = new Clients(t);
  const [ann, bob] = [await person('ann'), await person('bob')];
  const roomName = await newRoom(ann);
  const one = await clients.signedIn(ann, 0);
  await ask(one, 'join-room', { roomName });
  const other = await clients.signedIn(bob, 1, { reconnection: false });
  await ask(other, 'join-room', { roomName });
  await next(one, 'user-joined-room');
  other.io.engine.close();
  assert.equal((await next(one, 'user-left-room')).user._id, bob._id);
});

test('an unknown room is ROOM_NOT_FOUND, and leaving one succeeds', async (t) => {
  const clients = new Clients(t);
  const socket = await clients.signedIn(await person('ann'));
  for (const roomName of ['nowhere', 'Not A Name', '{chat:1}']) {
    assert.equal((await ask(socket, 'join-room', { roomName })).error.code, 'ROOM_NOT_FOUND');
    assert.equal((await ask(socket, 'leave-room', { roomName })).success, true);
  }
});
