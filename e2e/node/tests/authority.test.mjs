import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Clients, ask, call, gateways, next, person } from '../support.mjs';

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
  for (const internal of INTERNAL) {
    assert.equal((await ask(socket, internal, {})).error.code, 'UNKNOWN_EVENT', internal);
  }
  assert.equal(
    (await ask(socket, 'heartbeat', Buffer.from('abc'))).error.code,
    'VALIDATION_ERROR',
  );
  const beat = await ask(socket, 'heartbeat', {});
  assert.equal(beat.success, true);
  assert.ok(Date.parse(beat.serverTime) > 0);
});

test('logging out ends the sockets of this session on every gateway, and its calls', async (t) => {
  const clients = new Clients(t);
  const ann = await person('ann');
  const other = await signIn(ann);
  const ended = [];
  for (const index of gateways.keys()) {
    ended.push(await clients.signedIn(ann, index));
  }
  const stays = await clients.signedIn({ ...ann, accessToken: other.accessToken }, 1);
  const out = await call('POST', '/api/auth/logout', { token: ann.accessToken });
  assert.equal(out.status, 200);
  for (const socket of ended) {
    assert.equal((await next(socket, 'unauthorized')).code, 'UNAUTHORIZED');
    await disconnected(socket);
  }
  for (const gateway of gateways) {
    await comesTo(401, () => call('GET', '/api/auth/me', { token: ann.accessToken, gateway }));
    const still = await call('GET', '/api/auth/me', { token: other.accessToken, gateway });
    assert.equal(still.status, 200);
  }
  assert.ok(stays.connected);
  const late = clients.connect(ann.accessToken, 1);
  assert.equal((await next(late, 'unauthorized')).code, 'UNAUTHORIZED');
});

test('a session is ended from another device', async (t) => {
  const clients = new Clients(t);
  const ann = await person('ann');
  const phone = await signIn(ann);
  const socket = await clients.signedIn({ ...ann, accessToken: phone.accessToken }, 1);
  const { body } = await call('GET', '/api/auth/sessions', { token: ann.accessToken });
  assert.equal(body.data.sessions.length, 2);
  const other = body.data.sessions.find((session) => !session.current);
  const path = `/api/auth/sessions/${other._id}`;
  assert.equal((await call('DELETE', path, { token: ann.accessToken })).status, 200);
  await disconnected(socket);
});

test('a changed password ends all other sessions and carries on with the new tokens', async (t) => {
  const clients = new Clients(t);
  const ann = await person('ann');
  const other = await signIn(ann);
  const here = await clients.signedIn(ann, 0);
  const there = await clients.signedIn({ ...ann, accessToken: other.accessToken }, 1);
  const changed = await call('POST', '/api/auth/change-password', {
    token: ann.accessToken,
    body: { currentPassword: PASSWORD, newPassword: 'another battery' },
  });
  assert.equal(changed.status, 200);
  await disconnected(there);
  const renewed = await ask(here, 'auth', { token: changed.body.data.accessToken });
  assert.deepEqual([renewed.success, renewed.userId], [true, ann._id]);
});

test('a deleted account is out everywhere and its name is free', async (t) => {
  const clients = new Clients(t);
  const ann = await person('ann');
  const bob = await person('bob');
  const sockets = [await clients.signedIn(ann, 0), await clients.signedIn(ann, 1)];
  const deleted = await call('DELETE', '/api/auth/me', {
    token: ann.accessToken,
    body: { password: PASSWORD },
  });
  assert.equal(deleted.status, 200);
  await Promise.all(sockets.map(disconnected));
  const found = await call('GET', `/api/users/${ann._id}`, { token: bob.accessToken });
  assert.equal(found.status, 404);
  const again = await call('POST', '/api/auth/register', {
    body: { username: ann.username, email: ann.email, password: PASSWORD },
  });
  assert.equal(again.status, 201);
});

test('two refreshes at once with one token get the same pair, whichever replica answers', async () => {
  const ann = await person('ann');
  const answers = await Promise.all(
    [0, 1, 2, 3].map((n) =>
      call('POST', '/api/auth/refresh', {
        body: { refreshToken: ann.refreshToken },
        gateway: gateways[n % gateways.length],
      }),
    ),
  );
  for (const answer of answers) {
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.body.data, answers[0].body.data);
  }
});

// what services and gateways tell each other on the same road
const INTERNAL = [
  'account-deleted',
  'add-participants',
  'ask-assistant',
  'change-role',
  'check-heads',
  'create-direct',
  'create-group',
  'create-room',
  'drop-attachment',
  'end-run',
  'follow',
  'forward-message',
  'read-log',
  'read-people',
  'read-room',
  'rename-group',
  'report-presence',
  'subscriptions',
  'tell-added',
];

const PASSWORD = 'correct horse battery';

async function signIn(someone) {
  const answer = await call('POST', '/api/auth/login', {
    body: { email: someone.email, password: PASSWORD },
  });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body.data;
}

function disconnected(socket) {
  return socket.connected
    ? new Promise((resolve) => socket.once('disconnect', resolve))
    : Promise.resolve();
}

async function comesTo(status, request) {
  while ((await request()).status !== status) {
    // the suite's own time limit ends this
  }
}
