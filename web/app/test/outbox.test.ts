import { expect, test } from 'vitest';
import type { Outgoing, Sent } from '../src/core/outbox';
import { Outbox } from '../src/core/outbox';
import { conversation } from '../src/core/target';

const target = conversation('c');
const outgoing = (id: string, where = target) => ({
  clientMessageId: id,
  target: where,
  content: id,
  attachments: [],
  asks: false,
  createdAt: '2026-01-01T00:00:00.000Z',
});

/** A server that answers with what stands in the list, and with `sent` after that. */
class Server {
  readonly tries: string[] = [];
  readonly outbox: Outbox;
  readonly waited: number[] = [];
  underWay = 0;
  most = 0;

  constructor(
    readonly answers: Sent[] = [],
    kept: readonly Outgoing[] = [],
  ) {
    this.outbox = new Outbox(
      {
        send: async ({ clientMessageId }) => {
          this.tries.push(clientMessageId);
          this.underWay += 1;
          this.most = Math.max(this.most, this.underWay);
          await Promise.resolve();
          this.underWay -= 1;
          return this.answers.shift() ?? { result: 'sent' };
        },
        changed: () => undefined,
        wait: (ms) => {
          this.waited.push(ms);
          return Promise.resolve();
        },
      },
      kept,
    );
  }

  async settled(): Promise<this> {
    await new Promise((resolve) => setTimeout(resolve));
    return this;
  }
}

test('messages of a conversation go one after the other, in the order in which they were written', async () => {
  const server = new Server();
  ['1', '2', '3'].forEach((id) => server.outbox.add(outgoing(id)));
  await server.settled();
  expect(server.tries).toEqual(['1', '2', '3']);
  expect(server.most).toBe(1);
  expect(server.outbox.all).toEqual([]);
});

test('what is not known is sent again with the same id, before what follows', async () => {
  const later: Sent = { result: 'later', afterMs: 70 };
  const server = new Server([later, later]);
  ['1', '2'].forEach((id) => server.outbox.add(outgoing(id)));
  await server.settled();
  expect(server.tries).toEqual(['1', '1', '1', '2']);
  expect(server.waited).toEqual([70, 70]);
});

test('a refused message fails, the next is sent, and a retry has the same id', async () => {
  const server = new Server([{ result: 'refused', message: 'No.' }]);
  ['1', '2'].forEach((id) => server.outbox.add(outgoing(id)));
  await server.settled();
  expect(server.outbox.all).toMatchObject([
    { clientMessageId: '1', state: 'failed', error: 'No.' },
  ]);
  server.outbox.retry('1');
  await server.settled();
  expect(server.tries).toEqual(['1', '2', '1']);
  expect(server.outbox.all).toEqual([]);
});

test('without a connection everything waits, and goes in order with the next', async () => {
  const server = new Server([{ result: 'offline' }, { result: 'offline' }]);
  ['1', '2'].forEach((id) => server.outbox.add(outgoing(id)));
  await server.settled();
  expect(server.outbox.all.map(({ state }) => state)).toEqual(['sending', 'sending']);
  server.tries.length = 0;
  server.answers.length = 0;
  server.outbox.flush();
  await server.settled();
  expect(server.tries).toEqual(['1', '2']);
});

test('what was kept from before the page was loaded is sent', async () => {
  const server = new Server([], [{ ...outgoing('kept'), state: 'sending' }]);
  server.outbox.flush();
  await server.settled();
  expect(server.tries).toEqual(['kept']);
});

test('a message that comes back as an event is not sent again', async () => {
  const server = new Server([{ result: 'later', afterMs: 1 }]);
  server.outbox.add(outgoing('1'));
  server.outbox.remove('1');
  await server.settled();
  expect(server.tries).toEqual(['1']);
});

test('a conversation does not wait for another', async () => {
  const server = new Server([{ result: 'offline' }]);
  server.outbox.add(outgoing('1'));
  server.outbox.add(outgoing('2', conversation('d')));
  await server.settled();
  expect(server.outbox.all.map(({ clientMessageId }) => clientMessageId)).toEqual(['1']);
});
