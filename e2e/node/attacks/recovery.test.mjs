// Attacks on connection state recovery: after `recovered` every message was heard once and in order;
// else the client is told that its session is a new one, and goes on by `afterSeq`.
//
// CHATTERBOX_STATE names the state file of the stack under test.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, test } from 'node:test';
import { Processes } from '../check/faults.mjs';
import { Line } from '../lines.mjs';
import { Clients, ask, call, direct, gateways, heard, next, pause, person } from '../support.mjs';
import { until } from './crowd.mjs';

const processes = new Processes(process.env.CHATTERBOX_STATE);
const ROUNDS = Number(process.env.CHATTERBOX_ROUNDS ?? 4);
const FLOOD = 400;
const TEXT = 'x'.repeat(2_000);

after(() => processes.whole(120_000));

/** The process behind a gateway's address. */
const gateway = (url) =>
  processes.rows().find((row) => row.service === 'gateway' && row.port === Number(new URL(url).port));

const upTo = (count) => Array.from({ length: count }, (_, index) => index + 1);

/** A client behind a line, that hears one conversation whatever happens, as any app should. */
class Listener {
  seqs = [];
  returns = [];

  constructor(socket, line, conversationId) {
    Object.assign(this, { socket, line, conversationId, id: socket.id });
    socket.on('new-message', (message) => {
      if (message.conversationId === conversationId) {
        this.seqs.push(message.seq);
      }
    });
    socket.on('connect', () => this.returns.push(socket.recovered));
  }

  static async of(t, clients, someone, conversationId, at = 0) {
    const line = await Line.lay(gateways[at]);
    t.after(() => line.close());
    const socket = clients.connectTo(line.url, someone.accessToken, {
      transports: ['websocket'],
      reconnectionDelay: 20,
      reconnectionDelayMax: 50,
    });
    await next(socket, 'authenticated');
    const answer = await ask(socket, 'join-conversation', { conversationId });
    assert.equal(answer.success, true);
    return new Listener(socket, line, conversationId);
  }

  /** What to do when a session is a new one. */
  async goOn() {
    const { socket, conversationId } = this;
    await next(socket, 'authenticated');
    for (let more = true; more; ) {
      const answer = await ask(socket, 'join-conversation', { conversationId, afterSeq: this.seqs.at(-1) ?? 0 });
      assert.equal(answer.success, true, JSON.stringify(answer));
      this.seqs.push(...answer.messages.map((message) => message.seq));
      more = answer.hasMore;
    }
  }

  async gone() {
    if (this.socket.connected) {
      await once(this.socket, 'disconnect');
    }
  }

  /** Resolves with whether its session came back. */
  async back() {
    if (!this.socket.connected) {
      await once(this.socket, 'connect');
    }
    return this.socket.recovered;
  }

  async heardAll(count) {
    await until('it has heard all', () => (this.seqs.at(-1) ?? 0) >= count, 30_000);
    assert.deepEqual(this.seqs, upTo(count));
  }
}

async function flood(socket, conversationId, count, content = TEXT) {
  for (let sent = 0; sent < count; sent += 20) {
    const answers = await Promise.all(
      upTo(Math.min(20, count - sent)).map(() => ask(socket, 'send-message', { conversationId, content })),
    );
    answers.forEach((answer) => assert.equal(answer.success, true, JSON.stringify(answer)));
  }
}

async function two(t) {
  const clients = new Clients(t);
  const [ann, bob] = [await person('ann'), await person('bob')];
  const conversationId = (await direct(ann, bob))._id;
  return { clients, ann, bob, conversationId };
}

test('a slow reader is cut amid a flood, again and again, and goes on elsewhere', async (t) => {
  const { clients, ann, bob, conversationId } = await two(t);
  const sender = await clients.signedIn(bob, 0);
  const listener = await Listener.of(t, clients, ann, conversationId);
  let count = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const flooding = flood(sender, conversationId, FLOOD);
    await until('some are heard', () => listener.seqs.length >= count + 20, 30_000);
    listener.line.stall();
    await until('more are sent than it takes in', async () => {
      const answer = await call('GET', `/api/conversations/${conversationId}`, { token: bob.accessToken });
      return answer.body.data.lastSeq >= count + FLOOD / 2;
    }, 30_000);
    listener.line.to(gateways[(round + 1) % gateways.length]);
    listener.line.lose();
    await listener.gone();
    assert.equal(await listener.back(), true, `round ${round}`);
    await flooding;
    count += FLOOD;
    await listener.heardAll(count);
  }
});

test('cut while it comes back, at every moment, it hears each message once', async (t) => {
  const { clients, ann, bob, conversationId } = await two(t);
  const sender = await clients.signedIn(bob, 0);
  const listener = await Listener.of(t, clients, ann, conversationId);
  let flooding = true;
  let count = 0;
  const sending = (async () => {
    while (flooding) {
      await flood(sender, conversationId, 20, 'small');
      count += 20;
    }
  })();
  const news = [];
  listener.socket.on('connect', () => {
    if (!listener.socket.recovered) {
      news.push(listener.goOn());
    }
  });
  for (let cut = 0; cut < ROUNDS * 10; cut++) {
    listener.line.to(gateways[Math.floor(Math.random() * gateways.length)]);
    await listener.back();
    // which moment that is is the point
    await pause(Math.random() * 60);
    listener.line[cut % 2 ? 'cut' : 'lose']();
    await listener.gone();
  }
  await listener.back();
  flooding = false;
  await sending;
  t.diagnostic(`came back ${listener.returns.filter((one) => one).length} times of ${listener.returns.length}`);
  if (news.length === 0) {
    await listener.heardAll(count);
  } else {
    // a join that was asked for anew may tell again what came live; nothing may be missing
    await Promise.allSettled(news);
    await until('it has heard all', () => listener.seqs.includes(count), 30_000);
    assert.deepEqual([...new Set(listener.seqs)].sort((a, b) => a - b), upTo(count));
  }
});

test('a gateway that is drained leaves its sessions to the others', async (t) => {
  const { clients, ann, bob, conversationId } = await two(t);
  const sender = await clients.signedIn(bob, 1);
  const listeners = await Promise.all(upTo(10).map(() => Listener.of(t, clients, ann, conversationId)));
  await flood(sender, conversationId, 20, 'before');
  await Promise.all(listeners.map((listener) => listener.heardAll(20)));
  listeners.forEach(({ line }) => line.to(gateways[1]));
  const flooding = flood(sender, conversationId, FLOOD, 'meanwhile');
  processes.signal(gateway(gateways[0]), 'SIGTERM');
  await Promise.all(listeners.map((listener) => listener.gone()));
  const returned = await Promise.all(listeners.map((listener) => listener.back()));
  assert.deepEqual(returned, listeners.map(() => true));
  await flooding;
  await Promise.all(listeners.map((listener) => listener.heardAll(20 + FLOOD)));
  await processes.whole(120_000);
});

test('a gateway that is killed takes its sessions with it: who was there is told, and goes on', async (t) => {
  const { clients, ann, bob, conversationId } = await two(t);
  const sender = await clients.signedIn(bob, 1);
  const listener = await Listener.of(t, clients, ann, conversationId);
  await flood(sender, conversationId, 20, 'before');
  await listener.heardAll(20);
  listener.line.to(gateways[1]);
  processes.signal(gateway(gateways[0]), 'SIGKILL');
  await listener.gone();
  const { length } = heard(listener.socket, 'authenticated');
  await flood(sender, conversationId, 20, 'meanwhile');
  assert.equal(await listener.back(), false);
  await until('it is signed in', () => heard(listener.socket, 'authenticated').length > length);
  assert.deepEqual(listener.seqs, upTo(20));
  await listener.goOn();
  await listener.heardAll(40);
  await processes.whole(120_000);
});

test('who is removed meanwhile hears up to that, on either gateway', async (t) => {
  const clients = new Clients(t);
  const [ann, bob, cay] = [await person('ann'), await person('bob'), await person('cay')];
  for (const at of [0, 1]) {
    const group = await call('POST', '/api/conversations/group', {
      token: bob.accessToken,
      body: { name: 'few', participants: [ann._id, cay._id] },
    });
    const conversationId = group.body.data._id;
    const sender = await clients.signedIn(bob, 1);
    const listener = await Listener.of(t, clients, ann, conversationId);
    await flood(sender, conversationId, 2, 'before');
    await listener.heardAll(2);
    listener.line.to(gateways[at]);
    listener.socket.io.reconnection(false);
    listener.line.lose();
    await listener.gone();
    await flood(sender, conversationId, 3, 'still in');
    const path = `/api/conversations/${conversationId}/participants`;
    assert.equal((await call('DELETE', `${path}/${ann._id}`, { token: bob.accessToken })).status, 200);
    await flood(sender, conversationId, 3, 'secret');
    const from = listener.socket.heard.length;
    listener.socket.io.reconnection(true);
    listener.socket.connect();
    assert.equal(await listener.back(), true);
    await until('it is signed in', () => listener.socket.heard.slice(from).some(([event]) => event === 'authenticated'));
    await flood(sender, conversationId, 1, 'secret');
    const told = listener.socket.heard.slice(from).filter(([, data]) => data.conversationId === conversationId);
    assert.deepEqual(listener.seqs, upTo(5));
    assert.equal(told.at(-1)[1].change, 'participant-removed');
    assert.ok(!JSON.stringify(told).includes('secret'));
  }
});

test('who was removed and added again hears what is his, and nothing between', async (t) => {
  const clients = new Clients(t);
  const [ann, bob, cay] = [await person('ann'), await person('bob'), await person('cay')];
  const group = await call('POST', '/api/conversations/group', {
    token: bob.accessToken,
    body: { name: 'few', participants: [ann._id, cay._id] },
  });
  const conversationId = group.body.data._id;
  const sender = await clients.signedIn(bob, 1);
  const listener = await Listener.of(t, clients, ann, conversationId);
  listener.line.to(gateways[1]);
  listener.socket.io.reconnection(false);
  listener.line.lose();
  await listener.gone();
  await flood(sender, conversationId, 2, 'first');
  const path = `/api/conversations/${conversationId}/participants`;
  assert.equal((await call('DELETE', `${path}/${ann._id}`, { token: bob.accessToken })).status, 200);
  await flood(sender, conversationId, 2, 'secret');
  assert.equal((await call('POST', path, { token: bob.accessToken, body: { userIds: [ann._id] } })).status, 200);
  await flood(sender, conversationId, 2, 'again');
  listener.socket.io.reconnection(true);
  listener.socket.connect();
  assert.equal(await listener.back(), true);
  const { socket } = listener;
  await until('it is notified', () => heard(socket, 'notification').length >= 2);
  assert.deepEqual(listener.seqs, [1, 2]);
  assert.deepEqual(heard(socket, 'notification').map(({ message }) => message.content), ['again', 'again']);
  assert.ok(!JSON.stringify(socket.heard).includes('secret'));
});

// ---- who may not

/** A session that was cut, with what its client knows; nothing comes back by itself. */
async function cut(t, clients, someone, bob, conversationId, speaker = bob) {
  const listener = await Listener.of(t, clients, someone, conversationId);
  const sender = await clients.signedIn(speaker, 1);
  await flood(sender, conversationId, 2, 'heard');
  await until('both are heard', () => listener.seqs.length >= 2);
  listener.socket.io.reconnection(false);
  listener.line.lose();
  await listener.gone();
  await flood(sender, conversationId, 2, 'missed');
  return { listener, pid: listener.socket._pid, offset: listener.socket._lastOffset };
}

/** Somebody who says what he likes in CONNECT; resolves with his socket once he is connected. */
async function claim(clients, url, auth) {
  const socket = clients.connectTo(url, undefined, { auth, transports: ['websocket'], reconnection: false });
  if (!socket.connected) {
    await once(socket, 'connect');
  }
  return socket;
}

test('another one who knows everything but the token recovers nothing, and uses nothing up', async (t) => {
  const { clients, ann, bob, conversationId } = await two(t);
  const cay = await person('cay');
  const { listener, pid, offset } = await cut(t, clients, ann, bob, conversationId);
  const { id } = listener;
  for (const url of gateways) {
    for (const token of [undefined, '', 'nonsense', cay.accessToken, bob.accessToken]) {
      const thief = await claim(clients, url, { token, pid, offset });
      await pause(50);
      assert.notEqual(thief.id, id);
      assert.deepEqual(heard(thief, 'new-message'), []);
      assert.deepEqual(heard(thief, 'notification'), []);
      thief.disconnect();
    }
    for (const [otherPid, otherOffset] of [
      [`${pid.slice(0, -1)}_`, offset],
      [pid, `${offset}0`],
      [pid, `${offset.slice(0, -3)}`],
      [pid, `nowhere.${offset.split('.').at(-1)}`],
      [pid, '.1'],
      [pid, 'x'],
      [pid, `../../etc.${Number.MAX_SAFE_INTEGER}`],
      ['', offset],
      ['a'.repeat(10_000), offset],
    ]) {
      const forged = await claim(clients, url, { token: ann.accessToken, pid: otherPid, offset: otherOffset });
      await next(forged, 'authenticated');
      assert.deepEqual(heard(forged, 'new-message'), []);
      forged.disconnect();
    }
  }
  listener.socket.connect();
  assert.equal(await listener.back(), true);
  await listener.heardAll(4);
});

test('used twice at once, one has it', async (t) => {
  const { clients, ann, bob, conversationId } = await two(t);
  const { listener, pid, offset } = await cut(t, clients, ann, bob, conversationId);
  const claims = await Promise.all(
    upTo(6).map((index) => claim(clients, gateways[index % gateways.length], { token: ann.accessToken, pid, offset })),
  );
  const open = () => claims.filter((socket) => socket.connected);
  const winners = () => open().filter((socket) => socket.id === listener.id);
  // one that has been given the session may lose it to the next, as a client does that was cut again
  await until(
    'each is signed in or closed, and one has the session',
    () => winners().length === 1 && open().every((socket) => heard(socket, 'authenticated').length === 1),
  );
  const [winner] = winners();
  assert.deepEqual(heard(winner, 'new-message').map(({ seq }) => seq), [3, 4]);
  for (const other of open().filter((socket) => socket !== winner)) {
    assert.deepEqual(heard(other, 'new-message'), []);
  }
  assert.equal((await ask(winner, 'send-message', { conversationId, content: 'one has it' })).success, true);
  await next(winner, 'new-message', ({ seq }) => seq === 5);
});

test('an offset of an earlier session is none of this one', async (t) => {
  const { clients, ann, bob, conversationId } = await two(t);
  const first = await cut(t, clients, ann, bob, conversationId);
  const other = await cut(t, clients, ann, bob, (await direct(ann, await person('dan')))._id, ann);
  for (const url of gateways) {
    const socket = await claim(clients, url, { token: ann.accessToken, pid: other.pid, offset: first.offset });
    await next(socket, 'authenticated');
    assert.deepEqual(heard(socket, 'new-message'), []);
    assert.notEqual(socket.id, other.listener.id);
  }
});

test('who was signed out meanwhile recovers nothing', async (t) => {
  const { clients, ann, bob, conversationId } = await two(t);
  const { listener } = await cut(t, clients, ann, bob, conversationId);
  assert.equal((await call('POST', '/api/auth/logout', { token: ann.accessToken })).status, 200);
  listener.line.to(gateways[1]);
  listener.socket.connect();
  assert.equal(await listener.back(), false);
  assert.equal((await next(listener.socket, 'unauthorized')).code, 'UNAUTHORIZED');
  assert.deepEqual(listener.seqs, [1, 2]);
});

test('a token that came by auth counts when its client comes back without one', async (t) => {
  const { clients, ann, bob, conversationId } = await two(t);
  const line = await Line.lay(gateways[0]);
  t.after(() => line.close());
  const socket = clients.connectTo(line.url, undefined, { transports: ['websocket'], reconnectionDelay: 20, reconnectionDelayMax: 50 });
  await once(socket, 'connect');
  assert.equal((await ask(socket, 'auth', { token: ann.accessToken })).success, true);
  await ask(socket, 'join-conversation', { conversationId });
  const sender = await clients.signedIn(bob, 1);
  for (const at of [1, 0]) {
    line.to(gateways[at]);
    line.lose();
    await once(socket, 'disconnect');
    await flood(sender, conversationId, 2, 'missed');
    if (!socket.connected) {
      await once(socket, 'connect');
    }
    assert.equal(socket.recovered, true);
  }
  await until('all is heard', () => heard(socket, 'new-message').length >= 4);
  assert.deepEqual(heard(socket, 'new-message').map(({ seq }) => seq), upTo(4));
});
