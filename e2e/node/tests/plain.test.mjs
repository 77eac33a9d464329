// Plain WebSocket clients beside stock Socket.IO clients, on two gateways.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { Plain, address, documented } from '../plain.mjs';
import { Clients, ask, call, direct, heard, next, person, until } from '../support.mjs';

const EACH = 25;

/** The same call on either kind of client. */
const asked = (client, event, data) => (client instanceof Plain ? client.ask(event, data) : ask(client, event, data));

test('plain and stock clients of two gateways see one conversation in one order', async (t) => {
  const clients = new Clients(t);
  const [ann, bob] = [await person('ann'), await person('bob')];
  const { _id: conversationId } = await direct(ann, bob);
  const all = [
    await Plain.signedIn(t, ann, 0),
    await Plain.signedIn(t, bob, 1),
    await clients.signedIn(ann, 1),
    await clients.signedIn(bob, 0),
  ];
  for (const client of all) {
    const joined = await asked(client, 'join-conversation', { conversationId });
    assert.deepEqual([joined.success, joined.messages, joined.hasMore], [true, [], false]);
  }
  const sent = await Promise.all(
    all.map(async (client, index) => {
      const seqs = [];
      for (let i = 0; i < EACH; i++) {
        const content = `${index}:${i}`;
        const { success, message, error } = await asked(client, 'send-message', {
          conversationId,
          content,
          clientMessageId: randomUUID(),
        });
        assert.equal(success, true, JSON.stringify(error));
        seqs.push([message.seq, content]);
      }
      return seqs;
    }),
  );
  const expected = sent.flat().sort(([one], [other]) => one - other);
  assert.deepEqual(expected.map(([seq]) => seq), Array.from({ length: 4 * EACH }, (_, i) => i + 1));
  for (const client of all) {
    await until(
      () => heard(client, 'new-message').length >= expected.length,
      () => `heard ${heard(client, 'new-message').length} of ${expected.length}`,
    );
    assert.deepEqual(heard(client, 'new-message').map(({ seq, content }) => [seq, content]), expected);
  }
  // the same fields, whatever carries them; who sent it also sees its clientMessageId
  const [one, other] = [all[1], all[3]].map((client) => heard(client, 'new-message'));
  assert.deepEqual(one, other);
});

test('what a plain client does is seen by stock clients, and the other way round', async (t) => {
  const clients = new Clients(t);
  const [ann, bob] = [await person('ann'), await person('bob')];
  const { _id: conversationId } = await direct(ann, bob);
  const roomName = `plain-${randomUUID().slice(0, 8)}`;
  assert.equal((await call('POST', '/api/rooms', { token: ann.accessToken, body: { name: roomName } })).status, 201);
  const stock = await clients.signedIn(ann, 0);
  const plain = await Plain.signedIn(t, bob, 1);

  assert.equal((await next(stock, 'presence:online', ({ userId }) => userId === bob._id)).status, 'online');
  assert.equal((await next(plain, 'authenticated')).username, bob.username);
  const { presence } = await plain.ask('get-presence', { userIds: [ann._id, bob._id] });
  assert.deepEqual(presence.map(({ status }) => status), ['online', 'online']);

  const { message } = await ask(stock, 'send-message', { conversationId, content: 'hi' });
  const told = await next(plain, 'notification');
  assert.deepEqual([told.type, told.message._id], ['new_message', message._id]);
  await ask(stock, 'join-conversation', { conversationId });
  assert.deepEqual((await plain.ask('join-conversation', { conversationId })).messages.map(({ seq }) => seq), [1]);
  assert.equal((await plain.ask('typing', { conversationId })).success, true);
  assert.equal((await next(stock, 'user-typing')).userId, bob._id);
  stock.emit('typing', { conversationId });
  assert.equal((await next(plain, 'user-typing')).userId, ann._id);

  assert.equal((await ask(stock, 'join-room', { roomName })).success, true);
  let entered = await plain.ask('join-room', { roomName });
  // who came in at that moment at the other gateway may be in neither: whoever asks again is told
  const inside = () => [...new Set([...entered.users, ...heard(plain, 'user-joined-room').map(({ user }) => user)].map(({ _id }) => _id))].sort();
  const again = setInterval(async () => (entered = await plain.ask('join-room', { roomName })), 500);
  t.after(() => clearInterval(again));
  await until(() => inside().length >= 2, () => `inside are ${inside()}`);
  clearInterval(again);
  assert.deepEqual(inside(), [ann._id, bob._id].sort());
  assert.equal((await next(stock, 'user-joined-room')).user._id, bob._id);
  await plain.ask('send-room-message', { roomName, content: 'in the room' });
  assert.equal((await next(stock, 'room-message')).content, 'in the room');
  assert.equal((await next(plain, 'room-message')).seq, 1);

  plain.socket.terminate();
  assert.equal((await next(stock, 'user-left-room')).user._id, bob._id);
  assert.equal((await next(stock, 'presence:offline')).userId, bob._id);
});

test('a plain client is a device of its user like all others', async (t) => {
  const clients = new Clients(t);
  const [ann, bob, cay] = [await person('ann'), await person('bob'), await person('cay')];
  await direct(ann, bob);
  await direct(ann, cay);
  const watching = await clients.signedIn(ann, 0);
  const plain = await Plain.signedIn(t, bob, 0);
  const stock = await clients.signedIn(bob, 1);
  const other = await clients.signedIn(cay, 1);
  await next(watching, 'presence:online', ({ userId }) => userId === cay._id);
  stock.close();
  await plain.ask('heartbeat');
  other.close();
  // whoever went before her would have been told by then
  await next(watching, 'presence:offline', ({ userId }) => userId === cay._id);
  assert.deepEqual(heard(watching, 'presence:offline').map(({ userId }) => userId), [cay._id]);
  const { body } = await call('POST', '/api/auth/login', {
    body: { email: bob.email, password: 'correct horse battery' },
  });
  await call('POST', '/api/auth/logout', { token: bob.accessToken, body: { refreshToken: bob.refreshToken } });
  assert.equal((await next(plain, 'unauthorized')).code, 'UNAUTHORIZED');
  assert.equal((await plain.closed).code, 4401);
  const again = await Plain.signedIn(t, body.data, 1);
  assert.equal((await again.ask('heartbeat')).success, true);
});

test('what the assistant says comes in parts', { skip: process.env.CHATTERBOX_AI === 'disabled' }, async (t) => {
  const [ann, bob] = [await person('ann'), await person('bob')];
  const { _id: conversationId } = await direct(ann, bob);
  const plain = await Plain.signedIn(t, ann, 0);
  await plain.ask('join-conversation', { conversationId });
  const { success, runId } = await plain.ask('ai-message', { conversationId, content: 'demo:tokens=40 hello' });
  assert.equal(success, true);
  const complete = await next(plain, 'ai-complete', (event) => event.runId === runId);
  const parts = heard(plain, 'ai-stream').filter((part) => part.runId === runId);
  assert.deepEqual(parts.map(({ index }) => index), parts.map((_, i) => i));
  assert.equal(parts.map(({ content }) => content).join(''), complete.content);
});

test('ids are numbers or texts, and what is no message is told', async (t) => {
  const ann = await person('ann');
  const plain = await Plain.signedIn(t, ann);
  for (const id of [0, 7, -1, 1.5, 1e21, '', 'a"b\\é', '😀'.repeat(16)]) {
    assert.equal((await plain.ask('heartbeat', {}, id)).success, true);
  }
  for (const message of ['', '{', '[]', '"heartbeat"', '{"event":1}', Buffer.from('{"event":"heartbeat"}')]) {
    const before = heard(plain, 'error').length;
    plain.send(message);
    await until(() => heard(plain, 'error').length > before, () => `nothing is said about ${message}`);
    assert.equal(heard(plain, 'error').at(-1).code, 'VALIDATION_ERROR');
  }
  assert.equal((await plain.ask('no-such-event')).error.code, 'UNKNOWN_EVENT');
  assert.equal((await plain.ask('join-room', {})).error.code, 'VALIDATION_ERROR');
  assert.equal((await plain.ask('heartbeat')).success, true);
});

test('the client of the documentation sends, hears and catches up on another gateway', async (t) => {
  const Chat = await documented();
  const [ann, bob] = [await person('ann'), await person('bob')];
  const { _id: conversationId } = await direct(ann, bob);
  const clients = new Clients(t);
  const stock = await clients.signedIn(bob, 1);
  let gateway = 0;
  const messages = [];
  let ready = 0;
  const chat = new Chat({
    url: () => address(gateway++),
    token: () => ann.accessToken,
    onEvent: (name, data) => {
      ready += name === 'ready';
      name === 'new-message' && messages.push(data.content);
    },
  });
  t.after(() => chat.close());
  await until(() => chat.isReady, () => 'not ready');
  assert.equal((await chat.join(conversationId)).success, true);
  assert.equal((await chat.send(conversationId, 'mine')).success, true);
  chat.socket.terminate();
  // more than one answer holds
  for (let i = 0; i < 230; i++) {
    const { success } = await ask(stock, 'send-message', { conversationId, content: `${i}` });
    assert.equal(success, true);
  }
  await until(() => ready === 2, () => `ready ${ready} times`);
  assert.equal((await chat.send(conversationId, 'end')).success, true);
  await until(() => messages.at(-1) === 'end', () => `the last is ${messages.at(-1)}`);
  assert.deepEqual(messages, ['mine', ...Array.from({ length: 230 }, (_, i) => `${i}`), 'end']);
  assert.equal((await chat.send('no-such-conversation', 'x')).error.code, 'NOT_FOUND');
});
