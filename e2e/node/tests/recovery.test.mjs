// Connection state recovery of the stock client: the same session, and everything that was missed.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { Line } from '../lines.mjs';
import { Clients, ask, call, direct, gateways, heard, next, person, until } from '../support.mjs';

/** A client behind a line of its own, and what it is told when it connects again. */
async function lined(t, clients, someone, gateway = 0, options = {}) {
  const line = await Line.lay(gateways[gateway]);
  t.after(() => line.close());
  const socket = clients.connectTo(line.url, someone.accessToken, { transports: ['websocket'], reconnectionDelay: 50, reconnectionDelayMax: 100, ...options });
  await next(socket, 'authenticated');
  return { socket, line };
}

/** Waits for the next CONNECT. */
async function back(socket) {
  if (!socket.connected) {
    await once(socket, 'connect');
  }
}

const say = async (socket, conversationId, content) => {
  const answer = await ask(socket, 'send-message', { conversationId, content });
  assert.equal(answer.success, true, JSON.stringify(answer));
};

const seqs = (socket, event = 'new-message') => heard(socket, event).map((message) => message.seq);
const upTo = (count) => Array.from({ length: count }, (_, index) => index + 1);

const ways = [
  ['closed', 'over WebSocket', ({ socket }) => socket.io.engine.close()],
  ['cut', 'over WebSocket', ({ line }) => line.cut()],
  ['lost without the gateway knowing', 'over WebSocket', ({ line }) => line.lose()],
  // a poll that is cut is simply sent again
  ['closed', 'over polling', ({ socket }) => socket.io.engine.close()],
];

for (const [what, how, cut] of ways) {
  for (const elsewhere of gateways.length > 1 ? [false, true] : [false]) {
    test(`a session whose connection is ${what} ${how} comes back whole ${elsewhere ? 'elsewhere' : 'at its gateway'}`, async (t) => {
      const clients = new Clients(t);
      const [ann, bob] = [await person('ann'), await person('bob')];
      const conversationId = (await direct(ann, bob))._id;
      const sender = await clients.signedIn(bob, 0);
      const transports = [how.endsWith('polling') ? 'polling' : 'websocket'];
      const mine = await lined(t, clients, ann, 0, { transports });
      const { socket, line } = mine;
      assert.equal(socket.recovered, false);
      const { id } = socket;
      await ask(socket, 'join-conversation', { conversationId });
      await ask(socket, 'join-room', { roomName: 'general' });
      await say(sender, conversationId, 'one');
      await next(socket, 'new-message');
      if (elsewhere) {
        line.to(gateways[1]);
      }
      const gone = once(socket, 'disconnect');
      // as long as nobody can come back
      socket.io.reconnection(false);
      cut(mine);
      await gone;
      await say(sender, conversationId, 'two');
      await say(sender, conversationId, 'three');
      socket.io.reconnection(true);
      socket.connect();
      await back(socket);
      assert.equal(socket.recovered, true);
      assert.equal(socket.id, id);
      await next(socket, 'new-message', (message) => message.seq === 3);
      await say(sender, conversationId, 'four');
      await next(socket, 'new-message', (message) => message.seq === 4);
      assert.deepEqual(seqs(socket), upTo(4));
      // what it missed comes before it is told that it is signed in
      await until(
        () => heard(socket, 'authenticated').length === 2,
        () => 'it was not told that it is signed in',
      );
      const order = socket.heard.map(([event, data]) => (event === 'new-message' ? data.content : event));
      assert.ok(order.lastIndexOf('authenticated') > order.indexOf('three'), order.join());
      // still in the room, where only those may speak who have joined
      assert.equal((await ask(socket, 'send-room-message', { roomName: 'general', content: 'here again' })).success, true);
      await next(socket, 'room-message', (message) => message.content === 'here again');
    });
  }
}

test('what was notified, changed and decided meanwhile is missed by nobody', async (t) => {
  const clients = new Clients(t);
  const [ann, bob, cay] = [await person('ann'), await person('bob'), await person('cay')];
  const conversationId = (await direct(ann, bob))._id;
  const other = (await direct(ann, cay))._id;
  const [bobs, cays] = [await clients.signedIn(bob, 0), await clients.signedIn(cay, 0)];
  const { socket, line } = await lined(t, clients, ann, 0);
  await ask(socket, 'join-conversation', { conversationId });
  await say(bobs, conversationId, 'one');
  const first = await next(socket, 'new-message');
  socket.io.reconnection(false);
  line.cut();
  await once(socket, 'disconnect');
  await say(cays, other, 'not joined');
  await ask(bobs, 'edit-message', { conversationId, messageId: first._id, content: 'one, edited' });
  await ask(bobs, 'add-reaction', { conversationId, messageId: first._id, emoji: '👍' });
  await ask(bobs, 'delete-message', { conversationId, messageId: first._id });
  const group = await call('POST', '/api/conversations/group', {
    token: bob.accessToken,
    body: { name: 'new', participants: [ann._id, cay._id] },
  });
  assert.equal(group.status, 201);
  await say(bobs, group.body.data._id, 'welcome');
  const before = socket.heard.length;
  socket.io.reconnection(true);
  socket.connect();
  await back(socket);
  assert.equal(socket.recovered, true);
  await next(socket, 'notification', ({ message }) => message.content === 'welcome');
  const missed = socket.heard.slice(before).map(([event]) => event);
  for (const event of ['message-edited', 'message-reaction-added', 'message-deleted', 'conversation-updated']) {
    assert.equal(missed.filter((one) => one === event).length, 1, `${event}: ${missed}`);
  }
  assert.deepEqual(
    missed.filter((event) => event.startsWith('message-')),
    ['message-edited', 'message-reaction-added', 'message-deleted'],
  );
  assert.equal(heard(socket, 'notification').filter(({ message }) => message.content === 'not joined').length, 1);
  assert.equal(heard(socket, 'notification').length, 2);
});

test('a session in which nothing happened comes back', async (t) => {
  const clients = new Clients(t);
  const { socket, line } = await lined(t, clients, await person('ann'), 0);
  const { id } = socket;
  for (let time = 1; time <= 3; time++) {
    line.to(gateways[time % gateways.length]);
    line.cut();
    await once(socket, 'disconnect');
    await back(socket);
    assert.equal(socket.recovered, true);
    assert.equal(socket.id, id);
    const signedIn = () => heard(socket, 'authenticated').length;
    while (signedIn() < time + 1) {
      await once(socket, 'authenticated');
    }
  }
});

test('who leaves by himself, or was disconnected, gets a new session', async (t) => {
  const clients = new Clients(t);
  const ann = await person('ann');
  const { socket } = await lined(t, clients, ann, 0);
  const { id } = socket;
  socket.disconnect();
  socket.connect();
  await back(socket);
  assert.equal(socket.recovered, false);
  assert.notEqual(socket.id, id);
});
