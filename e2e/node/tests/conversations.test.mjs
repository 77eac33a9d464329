import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Clients, ask, call, direct, gateways, heard, next, person } from '../support.mjs';

const wholeMessage = (message) =>
  ['_id', 'conversationId', 'seq', 'sender', 'content', 'type', 'attachments', 'reactions', 'mentions', 'createdAt']
    .every((field) => field in message);

for (const transports of [['polling'], ['websocket'], ['polling', 'websocket']]) {
  test(`messages cross gateways over ${transports.join(' then ')}`, async (t) => {
    const clients = new Clients(t);
    const [ann, bob] = [await person('ann'), await person('bob')];
    const { _id: conversationId } = await direct(ann, bob);
    const one = await clients.signedIn(ann, 0, { transports });
    const other = await clients.signedIn(bob, 1, { transports });
    for (const socket of [one, other]) {
      const answer = await ask(socket, 'join-conversation', { conversationId });
      assert.equal(answer.success, true);
      assert.deepEqual([answer.messages, answer.hasMore], [[], false]);
      assert.equal(answer.conversation._id, conversationId);
    }
    const sent = await ask(one, 'send-message', {
      conversationId,
      content: '  Hello 🌍  ',
      clientMessageId: 'my-1',
    });
    assert.equal(sent.success, true);
    assert.ok(wholeMessage(sent.message));
    assert.equal(sent.message.content, 'Hello 🌍');
    assert.equal(sent.message.clientMessageId, 'my-1');
    assert.deepEqual(await next(one, 'new-message'), sent.message);
    const received = await next(other, 'new-message');
    const { clientMessageId, ...forOthers } = sent.message;
    assert.equal(clientMessageId, 'my-1');
    assert.deepEqual(received, forOthers);
  });
}

test('one socket keeps its order on both gateways', async (t) => {
  const clients = new Clients(t);
  const [ann, bob] = [await person('ann'), await person('bob')];
  const { _id: conversationId } = await direct(ann, bob);
  const one = await clients.signedIn(ann, 0);
  const other = await clients.signedIn(bob, 1);
  await ask(one, 'join-conversation', { conversationId });
  await ask(other, 'join-conversation', { conversationId });
  const count = 18; // below the burst of the rate limit
  for (let n = 1; n <= count; n++) {
    one.emit('send-message', { conversationId, content: `number ${n}` });
  }
  const expected = Array.from({ length: count }, (_, i) => `number ${i + 1}`);
  for (const socket of [one, other]) {
    await next(socket, 'new-message', (message) => message.seq === count);
    assert.deepEqual(heard(socket, 'new-message').map((message) => message.content), expected);
    assert.deepEqual(
      heard(socket, 'new-message').map((message) => message.seq),
      expected.map((_, i) => i + 1),
    );
  }
});

test('the same clientMessageId over two gateways gives one message and one answer', async (t) => {
  const clients = new Clients(t);
  const [ann, bob] = [await person('ann'), await person('bob')];
  const { _id: conversationId } = await direct(ann, bob);
  const sockets = [await clients.signedIn(ann, 0), await clients.signedIn(ann, 1)];
  const watcher = await clients.signedIn(bob, 1);
  await ask(watcher, 'join-conversation', { conversationId });
  const answers = await Promise.all(
    [0, 1, 0, 1, 0].map((i) =>
      ask(sockets[i], 'send-message', { conversationId, content: 'once', clientMessageId: 'same' }),
    ),
  );
  for (const answer of answers) {
    assert.deepEqual(answer, answers[0]);
    assert.equal(answer.success, true);
  }
  const last = await ask(sockets[0], 'send-message', { conversationId, content: 'after' });
  assert.equal(last.message.seq, 2);
  await next(watcher, 'new-message', (message) => message.seq === 2);
  assert.deepEqual(heard(watcher, 'new-message').map((message) => message.content), ['once', 'after']);
});

test('sockets that have not joined are notified', async (t) => {
  const clients = new Clients(t);
  const [ann, bob] = [await person('ann'), await person('bob')];
  const { _id: conversationId } = await direct(ann, bob);
  const one = await clients.signedIn(ann, 0);
  const other = await clients.signedIn(bob, 1);
  const sent = await ask(one, 'send-message', { conversationId, content: 'look' });
  const notification = await next(other, 'notification');
  assert.equal(notification.type, 'new_message');
  assert.equal(notification.conversationId, conversationId);
  assert.equal(notification.message._id, sent.message._id);
  assert.equal((await next(one, 'notification')).message._id, sent.message._id);
  assert.deepEqual(heard(other, 'new-message'), []);
});

test('a new conversation reaches people who are already connected', async (t) => {
  const clients = new Clients(t);
  const [ann, bob] = [await person('ann'), await person('bob')];
  const other = await clients.signedIn(bob, 1);
  const { _id: conversationId } = await direct(ann, bob);
  const update = await next(other, 'conversation-updated');
  assert.equal(update.change, 'participant-added');
  assert.equal(update.user._id, bob._id);
  assert.equal(update.by, ann._id);
  assert.equal(update.conversation._id, conversationId);
  const one = await clients.signedIn(ann, 0);
  await ask(one, 'send-message', { conversationId, content: 'hi' });
  assert.equal((await next(other, 'notification')).conversationId, conversationId);
});

test('there is one direct conversation per pair, whoever asks', async () => {
  const [ann, bob] = [await person('ann'), await person('bob')];
  const asked = await Promise.all([
    call('POST', '/api/conversations/direct', { token: ann.accessToken, body: { participantId: bob._id }, gateway: gateways[0] }),
    call('POST', '/api/conversations/direct', { token: bob.accessToken, body: { participantId: ann._id }, gateway: gateways.at(-1) }),
  ]);
  assert.deepEqual(asked.map((answer) => answer.status).sort(), [200, 201]);
  assert.equal(asked[0].body.data._id, asked[1].body.data._id);
  const self = await call('POST', '/api/conversations/direct', { token: ann.accessToken, body: { participantId: ann._id } });
  assert.deepEqual([self.status, self.body.error.code], [400, 'VALIDATION_ERROR']);
  const nobody = await call('POST', '/api/conversations/direct', { token: ann.accessToken, body: { participantId: 'nobody' } });
  assert.deepEqual([nobody.status, nobody.body.error.code], [404, 'NOT_FOUND']);
});

test('reading moves the pointer forward and is told to the others', async (t) => {
  const clients = new Clients(t);
  const [ann, bob] = [await person('ann'), await person('bob')];
  const { _id: conversationId } = await direct(ann, bob);
  const one = await clients.signedIn(ann, 0);
  const other = await clients.signedIn(bob, 1);
  await ask(one, 'join-conversation', { conversationId });
  const sent = [];
  for (const content of ['a', 'b', 'c']) {
    sent.push((await ask(one, 'send-message', { conversationId, content })).message);
  }
  const read = await ask(other, 'mark-read', { conversationId, messageIds: [sent[1]._id, 'unknown'] });
  assert.deepEqual([read.success, read.unread], [true, 1]);
  const event = await next(one, 'messages-read');
  assert.deepEqual(
    [event.conversationId, event.userId, event.upToSeq, event.messageIds],
    [conversationId, bob._id, 2, [sent[1]._id, 'unknown']],
  );
  const back = await ask(other, 'mark-read', { conversationId, upToSeq: 1 });
  assert.equal(back.unread, 1);
  const all = await ask(other, 'mark-read', { conversationId, upToSeq: 99 });
  assert.equal(all.unread, 0);
});

test('history is read by afterSeq and by cursor', async (t) => {
  const clients = new Clients(t);
  const [ann, bob] = [await person('ann'), await person('bob')];
  const { _id: conversationId } = await direct(ann, bob);
  const one = await clients.signedIn(ann, 0);
  for (let n = 1; n <= 7; n++) {
    await ask(one, 'send-message', { conversationId, content: `m${n}` });
  }
  const joined = await ask(one, 'join-conversation', { conversationId, afterSeq: 4 });
  assert.deepEqual(joined.messages.map((message) => message.content), ['m5', 'm6', 'm7']);
  assert.equal(joined.hasMore, false);
  const path = `/api/conversations/${conversationId}/messages`;
  const page = await call('GET', `${path}?limit=3`, { token: bob.accessToken, gateway: gateways.at(-1) });
  assert.equal(page.status, 200);
  assert.deepEqual(page.body.data.messages.map((message) => message.content), ['m7', 'm6', 'm5']);
  const { before, hasMore, limit } = page.body.data.pagination;
  assert.deepEqual([hasMore, limit], [true, 3]);
  const older = await call('GET', `${path}?limit=10&before=${encodeURIComponent(before)}`, { token: bob.accessToken });
  assert.deepEqual(older.body.data.messages.map((message) => message.content), ['m4', 'm3', 'm2', 'm1']);
});

test('a stranger learns nothing', async (t) => {
  const clients = new Clients(t);
  const [ann, bob, eve] = [await person('ann'), await person('bob'), await person('eve')];
  const { _id: conversationId } = await direct(ann, bob);
  const stranger = await clients.signedIn(eve, 1);
  for (const [event, payload] of [
    ['join-conversation', { conversationId }],
    ['send-message', { conversationId, content: 'let me in' }],
    ['mark-read', { conversationId, upToSeq: 1 }],
    ['typing', { conversationId }],
    ['ai-message', { conversationId, content: 'tell me' }],
  ]) {
    const known = await ask(stranger, event, payload);
    const unknown = await ask(stranger, event, { ...payload, conversationId: 'none' });
    assert.deepEqual([known.success, known.error.code], [false, 'NOT_FOUND'], event);
    assert.deepEqual(known, unknown, event);
  }
  const read = await call('GET', `/api/conversations/${conversationId}`, { token: eve.accessToken });
  assert.deepEqual([read.status, read.body.error.code], [404, 'NOT_FOUND']);
  assert.deepEqual(heard(stranger, 'notification'), []);
});

test('bad input is refused with a code and the connection lives on', async (t) => {
  const clients = new Clients(t);
  const [ann, bob] = [await person('ann'), await person('bob')];
  const { _id: conversationId } = await direct(ann, bob);
  const socket = await clients.signedIn(ann);
  const bad = [
    ['send-message', undefined],
    ['send-message', null],
    ['send-message', 'text'],
    ['send-message', []],
    ['send-message', { content: 'x' }],
    ['send-message', { conversationId: 7, content: 'x' }],
    ['send-message', { conversationId: { $gt: '' }, content: 'x' }],
    ['send-message', { conversationId: ['a'], content: 'x' }],
    ['send-message', { conversationId }],
    ['send-message', { conversationId, content: ' \u2003\n ' }],
    ['send-message', { conversationId, content: 7 }],
    ['send-message', { conversationId, content: 'a\ud800' }],
    ['send-message', { conversationId, content: 'x'.repeat(8001) }],
    ['send-message', { conversationId, content: 'x', clientMessageId: '' }],
    ['send-message', { conversationId, content: 'x', attachments: 'f' }],
    ['send-message', { conversationId, content: 'x', attachments: [1] }],
    ['join-conversation', { conversationId, afterSeq: '1' }],
    ['join-conversation', { conversationId, afterSeq: -1 }],
    ['mark-read', { conversationId }],
    ['mark-read', { conversationId, messageIds: [] }],
    ['mark-read', { conversationId, messageIds: ['a'], upToSeq: 1 }],
    ['mark-read', { conversationId, upToSeq: 0 }],
    ['typing', {}],
    ['join-room', {}],
    ['ai-message', { conversationId }],
    ['update-status', { status: 'asleep' }],
    ['get-presence', { userIds: 'all' }],
  ];
  for (const [event, payload] of bad) {
    const answer = await ask(socket, event, payload);
    assert.deepEqual([answer.success, answer.error?.code], [false, 'VALIDATION_ERROR'], `${event} ${JSON.stringify(payload)?.slice(0, 80)}`);
  }
  socket.emit('send-message', { conversationId, content: '' });
  const error = await next(socket, 'error');
  assert.deepEqual([error.code, error.event], ['VALIDATION_ERROR', 'send-message']);
  const fine = await ask(socket, 'send-message', { conversationId, content: 'fine', extra: 1 });
  assert.equal(fine.message.seq, 1);
});
