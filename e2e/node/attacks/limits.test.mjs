// The rate of sending, and what it must not touch.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Clients, ask, direct, person } from '../support.mjs';

test('a retry of what is stored is never too fast: the same answer on every socket', async (t) => {
  const clients = new Clients(t);
  const [ann, ben] = [await person('ann'), await person('ben')];
  const { _id: conversationId } = await direct(ann, ben);
  const sockets = await Promise.all([0, 1, 0, 1, 0].map((gateway) => clients.signedIn(ann, gateway)));
  const send = (socket, id) =>
    ask(socket, 'send-message', { conversationId, content: `as ${id}`, clientMessageId: id });
  const first = await send(sockets[0], 'first');
  assert.equal(first.success, true);
  let fast;
  for (let i = 0; i < 200 && fast?.error?.code !== 'RATE_LIMITED'; i++) {
    fast = await send(sockets[0], `fast ${i}`);
  }
  assert.equal(fast.error?.code, 'RATE_LIMITED');
  assert.ok(fast.error.retryAfterMs > 0);
  const again = await Promise.all(sockets.flatMap((socket) => [send(socket, 'first'), send(socket, 'first')]));
  again.forEach((answer) => assert.deepEqual(answer, first));
});
