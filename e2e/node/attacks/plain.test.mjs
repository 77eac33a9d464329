// Plain WebSocket clients whose gateway dies or is told to stop.
//
// CHATTERBOX_STATE names the state file of the stack under test.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Processes } from '../check/faults.mjs';
import { Plain, address, documented } from '../plain.mjs';
import { Clients, ask, direct, gateways, heard, person } from '../support.mjs';
import { until } from './crowd.mjs';

const processes = new Processes(process.env.CHATTERBOX_STATE);
const MESSAGES = 300;

const gatewayRow = (index) =>
  processes.rows().find((row) => row.service === 'gateway' && row.port === Number(new URL(gateways[index]).port));

before(() => processes.whole(120_000));
after(() => processes.whole(120_000));

test('a plain client whose gateway is killed goes on over the other and misses nothing', async (t) => {
  const Chat = await documented();
  const [ann, bob] = [await person('ann'), await person('bob')];
  const { _id: conversationId } = await direct(ann, bob);
  const clients = new Clients(t);
  const stock = await clients.signedIn(bob, 1);
  await ask(stock, 'join-conversation', { conversationId });
  const messages = [];
  let attempts = 0;
  const chat = new Chat({
    url: () => address(attempts++),
    token: () => ann.accessToken,
    onEvent: (name, data) => name === 'new-message' && messages.push([data.seq, data.content]),
  });
  t.after(() => chat.close());
  await until('the client is ready', () => chat.isReady);
  await chat.join(conversationId);
  const row = gatewayRow(0);
  const all = [];
  let ended;
  for (let i = 0; i < MESSAGES; i++) {
    if (i === MESSAGES / 3) {
      ended = processes.end(row, 'SIGKILL');
    }
    // both sides at once, and ann's own may be cut off before its answer
    const [theirs, own] = await Promise.all([
      ask(stock, 'send-message', { conversationId, content: `b${i}` }),
      i % 10 === 0 ? chat.send(conversationId, `a${i}`) : undefined,
    ]);
    for (const answer of own ? [theirs, own] : [theirs]) {
      assert.equal(answer.success, true, JSON.stringify(answer));
      all.push([answer.message.seq, answer.message.content]);
    }
  }
  all.sort(([one], [other]) => one - other);
  await until('everything was heard', () => messages.length >= all.length && heard(stock, 'new-message').length >= all.length);
  assert.ok(attempts > 1);
  await ended;
  assert.deepEqual(messages, all);
  assert.deepEqual(all.map(([seq]) => seq), all.map((_, i) => i + 1));
  assert.deepEqual(heard(stock, 'new-message').map(({ seq, content }) => [seq, content]), all);
});

test('a gateway that is told to stop closes plain clients with 1012, and they go on over the other', async (t) => {
  await processes.whole(120_000);
  const ann = await person('ann');
  const row = gatewayRow(0);
  const devices = [];
  for (let i = 0; i < 10; i++) {
    devices.push(await Plain.signedIn(t, ann, 0));
  }
  const ended = processes.end(row, 'SIGTERM');
  for (const device of devices) {
    assert.equal((await device.closed).code, 1012);
  }
  const again = await Plain.signedIn(t, ann, 1);
  assert.equal((await again.ask('heartbeat')).success, true);
  await ended;
});
