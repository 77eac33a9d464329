import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Clients, ask, next, person } from '../support.mjs';

test('a good handshake token is answered with authenticated', async (t) => {
  const clients = new Clients(t);
  const ann = await person('ann');
  const socket = clients.connect(ann.accessToken);
  const answer = await next(socket, 'authenticated');
  assert.equal(answer.userId, ann._id);
  assert.equal(answer.username, ann.username);
  assert.equal(answer.socketId, socket.id);
  assert.ok(Date.parse(answer.expiresAt) > Date.now());
});

test('a bad handshake token is answered with unauthorized and the socket stays open', async (t) => {
  const clients = new Clients(t);
  const ann = await person('ann');
  const socket = clients.connect('not.a.token');
  const refused = await next(socket, 'unauthorized');
  assert.equal(refused.code, 'UNAUTHORIZED');
  assert.equal(typeof refused.message, 'string');
  const late = await ask(socket, 'auth', { token: ann.accessToken });
  assert.equal(late.success, true);
  assert.equal(late.userId, ann._id);
  await next(socket, 'authenticated');
});

test('nothing but auth works before authentication', async (t) => {
  const clients = new Clients(t);
  const socket = clients.connect();
  const answer = await ask(socket, 'join-room', { roomName: 'general' });
  assert.deepEqual([answer.success, answer.error.code], [false, 'UNAUTHORIZED']);
  socket.emit('heartbeat', {});
  const error = await next(socket, 'error');
  assert.deepEqual([error.code, error.event], ['UNAUTHORIZED', 'heartbeat']);
});

test('a malformed auth is a bad token, never an error', async (t) => {
  const clients = new Clients(t);
  const socket = clients.connect();
  for (const payload of [undefined, null, 7, [], { token: 7 }, { token: { $gt: '' } }]) {
    const answer = await ask(socket, 'auth', payload);
    assert.deepEqual([answer.success, answer.error.code], [false, 'UNAUTHORIZED']);
  }
  assert.ok(socket.connected);
});

test('events sent while the handshake token is being checked are handled in order', async (t) => {
  const clients = new Clients(t);
  const ann = await person('ann');
  const socket = clients.connect(ann.accessToken);
  const joined = ask(socket, 'join-room', { roomName: 'random' });
  const sent = [1, 2, 3].map((n) =>
    ask(socket, 'send-room-message', { roomName: 'random', content: `early ${n}` }),
  );
  assert.equal((await joined).success, true);
  const seqs = (await Promise.all(sent)).map((answer) => answer.message.seq);
  assert.deepEqual(seqs, [seqs[0], seqs[0] + 1, seqs[0] + 2]);
});

test("another user's token renews nothing", async (t) => {
  const clients = new Clients(t);
  const [ann, bob] = [await person('ann'), await person('bob')];
  const socket = await clients.signedIn(ann);
  const answer = await ask(socket, 'auth', { token: bob.accessToken });
  assert.deepEqual([answer.success, answer.error.code], [false, 'UNAUTHORIZED']);
  const still = await ask(socket, 'auth', { token: ann.accessToken });
  assert.equal(still.userId, ann._id);
});

test('unknown events and binary data are refused and the connection lives on', async (t) => {
  const clients = new Clients(t);
  const socket = await clients.signedIn(await person('ann'));
  assert.equal((await ask(socket, 'no-such-event', {})).error.code, 'UNKNOWN_EVENT');
  assert.equal((await ask(socket, 'tell-added', {})).error.code, 'UNKNOWN_EVENT');
  assert.equal(
    (await ask(socket, 'heartbeat', Buffer.from('abc'))).error.code,
    'VALIDATION_ERROR',
  );
  const beat = await ask(socket, 'heartbeat', {});
  assert.equal(beat.success, true);
  assert.ok(Date.parse(beat.serverTime) > 0);
});
