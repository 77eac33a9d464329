// Attacks on order, exactly-once and membership that need a plan; what only needs load is in `check`.
//
// CHATTERBOX_STATE names the state file of the stack under test, CHATTERBOX_PROXIES the proxies before
// its stores; CHATTERBOX_CYCLES is how often somebody joins and leaves under fire.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, afterEach, before, test } from 'node:test';
import { Processes, partitionOf } from '../check/faults.mjs';
import { Proxies } from '../proxies/control.mjs';
import { Clients, ask, call, direct, gateways, heard, next, pause, person } from '../support.mjs';
import { until } from './crowd.mjs';

const processes = new Processes(process.env.CHATTERBOX_STATE);
const proxies = new Proxies(process.env.CHATTERBOX_PROXIES);
const CYCLES = Number(process.env.CHATTERBOX_CYCLES ?? 1_000);
const DENSE_WITHIN_MS = 5_000;
const SUBSCRIBING_MS = [5, 150];
let ann, ben, cay;

before(async () => {
  await processes.whole(120_000);
  [ann, ben, cay] = [await person('ann'), await person('ben'), await person('cay')];
});

afterEach(async () => {
  await proxies.redis();
  await proxies.mongo();
});

after(() => processes.whole(120_000));

const conversation = async (one = ann, other = ben) => (await direct(one, other))._id;

/** A socket that has joined a conversation. */
async function joined(clients, someone, gateway, conversationId) {
  const socket = await clients.signedIn(someone, gateway);
  const answer = await ask(socket, 'join-conversation', { conversationId });
  assert.equal(answer.success, true, JSON.stringify(answer));
  return socket;
}

function send(socket, conversationId, content, clientMessageId = randomUUID()) {
  const answer = ask(socket, 'send-message', { conversationId, content, clientMessageId });
  // a test that fails meanwhile has said enough
  answer.catch(() => {});
  return answer;
}

async function stored(conversationId, someone = ann) {
  const answer = await call('GET', `/api/conversations/${conversationId}/messages?limit=100`, {
    token: someone.accessToken,
    gateway: gateways[1],
  });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body.data.messages.reverse();
}

const contents = (socket, conversationId) =>
  heard(socket, 'new-message').filter((one) => one.conversationId === conversationId).map((one) => one.content);

async function group(admin, others) {
  const answer = await call('POST', '/api/conversations/group', {
    token: admin.accessToken,
    body: { name: 'attacked', participants: others.map((one) => one._id) },
  });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body.data._id;
}

// ---- the same id, and order

test('five sockets send the same id at two gateways: one message, one answer', async (t) => {
  const clients = new Clients(t);
  const conversationId = await conversation();
  const sockets = await Promise.all([0, 1, 0, 1, 0].map((gateway) => joined(clients, ann, gateway, conversationId)));
  const hearing = await joined(clients, ben, 1, conversationId);
  for (let round = 0; round < 10; round++) {
    const id = randomUUID();
    // twice from each, so that both stand in one entry where the first of an entry is on its way
    const answers = await Promise.all(
      sockets.flatMap((socket, index) => [1, 2, 3].map((time) => send(socket, conversationId, `${round} ${index} ${time}`, id))),
    );
    const [{ message }] = answers;
    answers.forEach((answer) => assert.deepEqual(answer, { success: true, message }));
    const edited = await ask(sockets[0], 'edit-message', { conversationId, messageId: message._id, content: `${round} edited` });
    const late = await send(sockets[1], conversationId, 'late', id);
    assert.deepEqual(late, edited);
  }
  const all = (await stored(conversationId)).map(({ seq, content }) => [seq, content]);
  assert.deepEqual(all, Array.from({ length: 10 }, (_, round) => [round + 1, `${round} edited`]));
  await until('Ben heard each once', () => contents(hearing, conversationId).length >= 10);
  assert.equal(contents(hearing, conversationId).length, 10);
});

test('500 sent without waiting arrive as 1 to 500 everywhere', async (t) => {
  const clients = new Clients(t);
  const conversationId = await conversation(ann, cay);
  const listening = await Promise.all([0, 1].flatMap((gateway) => [ann, cay].map((who) => joined(clients, who, gateway, conversationId))));
  const sender = await joined(clients, ann, 0, conversationId);
  const wanted = Array.from({ length: 500 }, (_, index) => String(index + 1));
  const answers = await Promise.all(wanted.map((content) => send(sender, conversationId, content, `all ${content}`)));
  assert.deepEqual(answers.map((answer) => [answer.message?.content, answer.message?.seq]), wanted.map((content) => [content, Number(content)]));
  for (const socket of [...listening, sender]) {
    await until('all are heard', () => contents(socket, conversationId).length >= 500);
    assert.deepEqual(contents(socket, conversationId), wanted);
  }
});

// ---- a deaf bus

test('the last message is published to nobody, and beats and replies are lost: all have it within 5 s', async (t) => {
  const clients = new Clients(t);
  const conversationId = await conversation();
  const sockets = await Promise.all([0, 1].flatMap((gateway) => [ann, ben].map((who) => joined(clients, who, gateway, conversationId))));
  const partition = partitionOf(`conversation:${conversationId}`);
  for (const round of [1, 2, 3]) {
    const last = `the last ${randomUUID()}`;
    await proxies.redis({
      drop: [
        { channel: `:channel:conversation:${conversationId}$`, body: last },
        { channel: `^{chat:${partition}}:beats$`, times: 2 * gateways.length },
        { channel: '^{reply:', body: last, times: 2 },
      ],
    });
    const answers = Array.from({ length: 10 }, (_, index) => send(sockets[0], conversationId, `${round} ${index}`));
    answers.push(send(sockets[0], conversationId, last));
    await until('it is lost', async () => (await proxies.about()).lost[0] >= gateways.length, 11_000);
    const began = Date.now();
    await until('everybody has it', () => sockets.every((socket) => contents(socket, conversationId).includes(last)), 20_000);
    const took = Date.now() - began;
    t.diagnostic(`after ${took} ms`);
    assert.ok(took < DENSE_WITHIN_MS, `it took ${took} ms`);
    (await Promise.all(answers)).forEach((answer) => assert.equal(answer.success, true));
  }
  const all = (await stored(conversationId)).map((message) => message.content);
  for (const socket of sockets) {
    // those from before they joined were in the answer
    const own = contents(socket, conversationId);
    assert.deepEqual(own, all.slice(-own.length));
    assert.equal(own.length, 33);
  }
});

test('removed and let in again, and nobody heard of it: who joins then hears each message once', async (t) => {
  const clients = new Clients(t);
  const conversationId = await group(ann, [ben, cay]);
  const socket = await joined(clients, ben, 0, conversationId);
  const sender = await joined(clients, cay, 1, conversationId);
  const live = [];
  socket.on('new-message', (message) => live.push(message.seq));
  await proxies.redis({ drop: [{ channel: `:channel:conversation:${conversationId}$` }, { channel: ':beats$' }] });
  for (const content of ['1', '2', '3']) {
    assert.equal((await send(sender, conversationId, content)).success, true);
  }
  const path = `/api/conversations/${conversationId}/participants`;
  assert.equal((await call('DELETE', `${path}/${ben._id}`, { token: ann.accessToken })).status, 200);
  assert.equal((await call('POST', path, { token: ann.accessToken, body: { userIds: [ben._id] } })).status, 200);
  const answer = await new Promise((resolve) => {
    socket.emit('join-conversation', { conversationId }, (answered) => {
      // what came before belongs to when he was in
      live.splice(0);
      resolve(answered);
    });
  });
  assert.deepEqual(answer.messages?.map((message) => message.seq), [1, 2, 3]);
  await proxies.redis();
  for (const content of ['4', '5']) {
    assert.equal((await send(sender, conversationId, content)).success, true);
  }
  await until('he hears what follows', () => live.includes(5), 10_000);
  assert.deepEqual(live, [4, 5]);
});

test('an owner is heard no more: all have the last message all the same', async (t) => {
  const clients = new Clients(t);
  const conversationId = await conversation();
  const sockets = await Promise.all([0, 1].map((gateway) => joined(clients, ben, gateway, conversationId)));
  const sender = await clients.signedIn(ann, 0);
  const last = `unheard ${randomUUID()}`;
  await proxies.redis({ drop: [{ channel: `:channel:conversation:${conversationId}$` }, { channel: ':beats$' }] });
  assert.equal((await send(sender, conversationId, last)).success, true);
  const began = Date.now();
  await until('both have it', () => sockets.every((socket) => contents(socket, conversationId).includes(last)), 20_000);
  t.diagnostic(`after ${Date.now() - began} ms`);
});

test('the hint of a removal is lost: the removed hears and reads nothing after it', async (t) => {
  const clients = new Clients(t);
  for (const everything of [false, true]) {
    const conversationId = await group(ann, [ben, cay]);
    const removed = await Promise.all([0, 1].map((gateway) => joined(clients, ben, gateway, conversationId)));
    const staying = await Promise.all([0, 1].map((gateway) => joined(clients, cay, gateway, conversationId)));
    const before = await send(staying[0], conversationId, 'before');
    assert.equal(before.success, true);
    await until('all are listening', () => [...removed, ...staying].every((socket) => contents(socket, conversationId).includes('before')));
    const drop = [{ channel: ':channel:', body: 'participant-removed' }];
    await proxies.redis({ drop: everything ? [...drop, { channel: `:channel:conversation:${conversationId}$` }] : drop });
    const answer = await call('DELETE', `/api/conversations/${conversationId}/participants/${ben._id}`, { token: ann.accessToken });
    assert.equal(answer.status, 200);
    for (let i = 0; i < 5; i++) {
      assert.equal((await send(staying[i % 2], conversationId, `after ${i}`)).success, true);
    }
    for (const [index, socket] of removed.entries()) {
      for (const [event, body] of [
        ['join-conversation', {}],
        ['send-message', { content: 'not any more' }],
        ['add-reaction', { messageId: before.message._id, emoji: '👍' }],
        ['mark-read', { upToSeq: 2 }],
      ]) {
        const refused = await ask(socket, event, { conversationId, ...body });
        assert.equal(refused.error?.code, 'NOT_FOUND', event);
      }
      const read = await call('GET', `/api/conversations/${conversationId}/messages`, { token: ben.accessToken, gateway: gateways[index] });
      assert.equal(read.status, 404);
    }
    const wanted = ['before', ...Array.from({ length: 5 }, (_, i) => `after ${i}`)];
    await until('who stays hears everything', () => staying.every((socket) => contents(socket, conversationId).length >= wanted.length), DENSE_WITHIN_MS);
    staying.forEach((socket) => assert.deepEqual(contents(socket, conversationId), wanted));
    for (const socket of removed) {
      await next(socket, 'conversation-updated', (update) => update.change === 'participant-removed' && update.conversationId === conversationId);
      const about = socket.heard.filter(([, data]) => data?.conversationId === conversationId);
      assert.equal(about.at(-1)[1].change, 'participant-removed');
      assert.deepEqual(contents(socket, conversationId), ['before']);
    }
    await proxies.redis();
  }
});

// ---- joining

/** Joins and leaves; what the answer holds and what is heard after it is without a hole, and nothing comes twice. */
async function cycles(socket, { join, leave, event, body, of }, count) {
  let live = [];
  socket.on(event, (message) => of(message) && live.push(message.seq));
  /** The answer, and what was heard before it. */
  const asked = (name) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${name} was not answered`)), 12_000);
      socket.emit(name, body, (answer) => {
        clearTimeout(timer);
        const earlier = live;
        live = [];
        resolve({ answer, earlier });
      });
    });
  let most = 0;
  for (let i = 0; i < count; i++) {
    const { answer, earlier } = await asked(join);
    assert.equal(answer.success, true, JSON.stringify(answer));
    assert.deepEqual(earlier, [], `cycle ${i}: heard while not joined`);
    const paged = answer.messages.map((message) => message.seq);
    await pause(20 + Math.random() * 60);
    const { answer: bye, earlier: heardLive } = await asked(leave);
    assert.equal(bye.success, true);
    const all = [...paged, ...heardLive];
    // of the last page, the first may be anything
    assert.deepEqual(all, all.map((_, index) => all[0] + index), `cycle ${i}: ${paged.slice(-3)} | ${heardLive}`);
    most = Math.max(most, heardLive.length);
  }
  return most;
}

test(`${CYCLES} joins under fire, subscriptions confirmed late: no hole and nothing twice`, async (t) => {
  const clients = new Clients(t);
  const rooms = [];
  for (const letter of ['a', 'b']) {
    const name = `fire-${letter}-${randomUUID().slice(0, 8)}`;
    await call('POST', '/api/rooms', { token: ann.accessToken, body: { name } });
    rooms.push(name);
  }
  const conversationId = await conversation();
  const sender = await joined(clients, ann, 0, conversationId);
  for (const roomName of rooms) {
    assert.equal((await ask(sender, 'join-room', { roomName })).success, true);
  }
  let firing = true;
  let count = 0;
  const fire = async (event, body) => {
    while (firing) {
      assert.equal((await ask(sender, event, { ...body, content: `${++count}` })).success, true);
    }
  };
  const fires = [
    ...[1, 2].flatMap(() => rooms.map((roomName) => fire('send-room-message', { roomName }))),
    ...[1, 2].map(() => fire('send-message', { conversationId })),
  ];
  await proxies.redis({ delaySubscribe: SUBSCRIBING_MS });
  const room = (roomName) => ({
    join: 'join-room',
    leave: 'leave-room',
    event: 'room-message',
    body: { roomName },
    of: (message) => message.roomName === roomName,
  });
  const chat = {
    join: 'join-conversation',
    leave: 'leave-conversation',
    event: 'new-message',
    body: { conversationId },
    of: (message) => message.conversationId === conversationId,
  };
  // alone at a gateway, so that it subscribes anew each time; among others; and as a participant
  const kinds = [[1, cay, room(rooms[0])], [1, cay, room(rooms[1])], [0, ben, room(rooms[1])], [1, ben, room(rooms[1])], [1, ben, chat]];
  const most = await Promise.all(
    kinds.map(async ([gateway, who, place]) => cycles(await clients.signedIn(who, gateway), place, Math.ceil(CYCLES / kinds.length))),
  ).finally(() => (firing = false));
  await Promise.all(fires);
  t.diagnostic(`${count} sent meanwhile; at most ${most} heard live in one cycle`);
  assert.ok(most.every((heardLive) => heardLive > 0));
});

// ---- quiet traps

/** Emits bytes that no client would write. */
function raw(socket, event, json) {
  return new Promise((resolve, reject) => {
    const id = 1_000_000 + Math.floor(Math.random() * 1_000_000);
    const timer = setTimeout(() => reject(new Error(`no answer to ${json}`)), 12_000);
    socket.acks[id] = (answer) => {
      clearTimeout(timer);
      resolve(answer);
    };
    socket.io.engine.write(`2${id}["${event}",${json}]`);
  });
}

test('a conversation named twice, once in escaped letters, is refused and nothing is stored', async (t) => {
  const clients = new Clients(t);
  const dan = await person('dan');
  const own = await conversation(dan, ann);
  const foreign = await conversation(ben, await person('eve'));
  const socket = await joined(clients, dan, 0, own);
  const plain = '"conversationId"';
  const escaped = '"\\u0063onversationId"';
  assert.equal((await raw(socket, 'send-message', `{${escaped}:"${own}","content":"good"}`)).success, true);
  for (const [first, second] of [[own, foreign], [foreign, own], [own, own]]) {
    for (const [one, other] of [[plain, plain], [plain, escaped], [escaped, plain], [escaped, escaped]]) {
      const answer = await raw(socket, 'send-message', `{${one}:"${first}",${other}:"${second}","content":"bad"}`);
      assert.equal(answer.success, false);
      assert.ok(['VALIDATION_ERROR', 'NOT_FOUND'].includes(answer.error.code), answer.error.code);
    }
  }
  assert.equal((await send(socket, own, 'alive')).success, true);
  assert.deepEqual((await stored(own)).map((message) => message.content), ['good', 'alive']);
  assert.deepEqual(await stored(foreign, ben), []);
});

// ---- a command that kills

test('a command that kills its process ends in the dead letters, and everything else goes on', async (t) => {
  const clients = new Clients(t);
  const conversationId = await conversation(ann, cay);
  const others = [await conversation(ann, ben), await conversation(ben, cay)];
  const poisoned = await joined(clients, ann, 0, conversationId);
  const well = await clients.signedIn(ben, 1);
  const key = `conversation:${conversationId}`;
  const marker = `poison ${randomUUID()}`;
  const letters = await processes.deadLetters();
  await proxies.mongo({ poison: { marker, key } });
  const answer = ask(poisoned, 'send-message', { conversationId, content: marker });
  const began = Date.now();
  let isBuried = false;
  const sent = others.map(async (other) => {
    for (let count = 0; !isBuried; count++) {
      const id = `beside ${conversationId.slice(0, 20)} ${count}`;
      let done;
      do {
        done = await send(well, other, String(count), id);
      } while (done.error?.code === 'UNAVAILABLE');
      assert.equal(done.success, true, JSON.stringify(done));
      await pause(100);
    }
  });
  await until('it is given up', async () => (await processes.deadLetters()) > letters, 60_000).finally(() => (isBuried = true));
  t.diagnostic(`given up after ${Date.now() - began} ms, killed ${(await proxies.about()).kills}`);
  assert.ok(['UNAVAILABLE', 'SERVER_ERROR'].includes((await answer).error?.code));
  await Promise.all(sent);
  assert.equal(await processes.deadLetters(), letters + 1);
  const { kills } = await proxies.about();
  assert.ok(kills.length >= 2 && kills.length <= 4, kills.join());
  await processes.whole(60_000);
  assert.equal((await proxies.about()).kills.length, kills.length);
  let after;
  do {
    after = await send(poisoned, conversationId, 'after it');
  } while (after.error?.code === 'UNAVAILABLE');
  assert.equal(after.success, true);
  assert.ok((await stored(conversationId)).every((message) => !message.content.includes(marker)));
  // whoever looks after this finds none
  await processes.redis(`DEL {chat:${partitionOf(key)}}:dead`);
});
