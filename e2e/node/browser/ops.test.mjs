// The operator's page in a real browser, on two gateways and two of each service.
//
// CHATTERBOX_STATE names the state file of the stack under test, whose setting
// chatterbox.gateway.operators names olga.ops.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Processes, partitionOf } from '../check/faults.mjs';
import { Clients, ask, call, direct, heard, next, person } from '../support.mjs';
import { Windows, launch, missing, serious, until } from './page.mjs';

const skip = missing || (process.env.CHATTERBOX_STATE ? false : 'CHATTERBOX_STATE names no stack');
const credentials = { email: 'olga.ops@example.org', password: 'correct horse battery' };
let browser;
let olga;

before(async () => {
  if (skip) {
    return;
  }
  browser = await launch();
  const made = await call('POST', '/api/auth/register', { body: { username: 'olga.ops', ...credentials } });
  const { data } = made.status === 201 ? made.body : (await call('POST', '/api/auth/login', { body: credentials })).body;
  olga = { ...data.user, ...data };
});
after(() => browser?.close());

const processRow = (page, name) => page.locator(`tr[data-process="${name}"]`);
const state = (page, name) => processRow(page, name).locator('.state').textContent();

/** The number that stands beside a line's name. */
async function figure(page, title, label) {
  const plot = page.locator('figure.plot').filter({ has: page.getByRole('heading', { name: title, exact: true }) });
  const text = await plot.locator('li').filter({ hasText: label }).locator('strong').textContent();
  return Number.parseFloat(text.replaceAll(',', ''));
}

test('an operator signs in on the page and sees figures of all processes move', { skip }, async (t) => {
  const clients = new Clients(t);
  const [ann, bob] = await Promise.all([person('ann'), person('bob')]);
  const page = await new Windows(browser, t).open(undefined, 0, { path: '/ops' });
  await page.getByLabel('E-mail').fill(credentials.email);
  await page.getByLabel('Password').fill(credentials.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Live, from gateway-1').waitFor();
  for (const service of ['gateway', 'auth', 'chat', 'presence', 'ai']) {
    for (const replica of [1, 2]) {
      await until(`${service}-${replica} is up`, () => state(page, `${service}-${replica}`), (word) => word === 'up');
    }
  }
  const before = await figure(page, 'Connections by gateway', 'gateway-2');
  const { _id: conversationId } = await direct(ann, bob);
  const [one, other] = await Promise.all([clients.signedIn(ann, 0), clients.signedIn(bob, 1)]);
  await ask(other, 'join-conversation', { conversationId });
  await until('one more is connected there', () => figure(page, 'Connections by gateway', 'gateway-2'), (n) => n > before);
  const wanted = ['events', 'deliveries'].map((label) => ['Events and deliveries a second', label]);
  for (const [title, label] of [...wanted, ['From emit to acknowledgement', 'p99']]) {
    await until(`${label} move`, async () => {
      await ask(one, 'send-message', { conversationId, content: 'hello' });
      return figure(page, title, label);
    }, (value) => value > 0);
  }
  // drawn, not only told
  const isDrawn = await page.locator('.plot canvas').first().evaluate((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return data.some((value) => value !== 0);
  });
  assert.equal(isDrawn, true);
  assert.deepEqual(await serious(page), []);
});

test('who is no operator is told so', { skip }, async (t) => {
  const page = await new Windows(browser, t).open(await person('eve'), 0, { path: '/ops' });
  await page.getByRole('heading', { name: 'Not an operator' }).waitFor();
  assert.equal(await page.locator('.plot').count(), 0);
});

test('the sockets of an account are seen on both gateways and cut', { skip }, async (t) => {
  const clients = new Clients(t);
  const ann = await person('ann');
  const sockets = await Promise.all([clients.signedIn(ann, 0), clients.signedIn(ann, 1)]);
  const reasons = sockets.map((socket) => new Promise((resolve) => socket.once('disconnect', resolve)));
  const page = await new Windows(browser, t).open(olga, 0, { path: '/ops' });
  await page.getByLabel('Find an account').fill(ann.username);
  const found = page.getByRole('button', { name: new RegExp(`^${ann.username}`) });
  await found.filter({ hasText: '2 sockets' }).waitFor();
  // by keyboard alone
  await found.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: `Sockets of ${ann.username}` }).waitFor();
  await until(
    'one on each gateway',
    () => page.locator('.sockets li').evaluateAll((items) => items.map((item) => item.dataset.gateway).sort()),
    (names) => JSON.stringify(names) === '["gateway-1","gateway-2"]',
  );
  assert.deepEqual(await serious(page), []);
  await page.getByRole('button', { name: 'Cut all' }).click();
  await page.getByText('2 sockets cut.').waitFor();
  // plainly disconnected: the session has not ended
  assert.deepEqual(await Promise.all(reasons), ['io server disconnect', 'io server disconnect']);
  sockets.forEach((socket) => assert.equal(heard(socket, 'unauthorized').length, 0));
  await page.getByText('None.', { exact: true }).waitFor();
  await clients.signedIn(ann, 1);
});

test('a dead letter is sent again and done once, or dropped', { skip }, async (t) => {
  const clients = new Clients(t);
  const [ann, bob] = await Promise.all([person('ann'), person('bob')]);
  const { _id: conversationId } = await direct(ann, bob);
  const socket = await clients.signedIn(bob, 1);
  await ask(socket, 'join-conversation', { conversationId });
  const again = await bury(ann, conversationId, 'said at last');
  const dropped = await bury(ann, conversationId, 'never said');
  const page = await new Windows(browser, t).open(olga, 0, { path: '/ops' });
  const letter = (id) => page.locator(`li[data-letter="${id}"]`);
  await letter(again).getByText('for a test').waitFor();
  assert.doesNotMatch(await page.locator('main').textContent(), /said at last|never said/);
  await letter(again).getByRole('button', { name: 'Send send-message again' }).click();
  const { content, seq } = await next(socket, 'new-message', (message) => message.content === 'said at last');
  assert.deepEqual([content, seq], ['said at last', 1]);
  await letter(dropped).getByRole('button', { name: 'Drop send-message' }).click();
  await letter(dropped).waitFor({ state: 'detached' });
  await letter(again).waitFor({ state: 'detached' });
  const { message } = await ask(socket, 'send-message', { conversationId, content: 'after' });
  assert.equal(message.seq, 2);
  assert.equal(heard(socket, 'new-message').filter((each) => each.content === 'said at last').length, 1);
});

test('a process that is killed is shown as down and then as up again', { skip }, async (t) => {
  const processes = new Processes(process.env.CHATTERBOX_STATE);
  const page = await new Windows(browser, t).open(olga, 0, { path: '/ops' });
  await until('it is up', () => state(page, 'gateway-2'), (word) => word === 'up');
  const row = processes.rows().find((each) => each.service === 'gateway' && each.replica === 2);
  processes.signal(row, 'SIGSTOP');
  await until('it is down', () => state(page, 'gateway-2'), (word) => word === 'down');
  await page.getByText('1 down').waitFor();
  processes.signal(row, 'SIGKILL');
  await until('the stack has seen it', () => processes.rows().some(({ pid, state: word }) => pid === row.pid && word === 'ready'), (still) => !still);
  await processes.whole(60_000);
  await until('it is up again', () => state(page, 'gateway-2'), (word) => word === 'up');
});

test('the page is usable on a phone and in the dark', { skip }, async (t) => {
  const page = await new Windows(browser, t).open(olga, 0, {
    path: '/ops',
    viewport: { width: 390, height: 780 },
    colorScheme: 'dark',
  });
  await page.getByRole('heading', { name: 'Dead letters' }).scrollIntoViewIfNeeded();
  await until('processes are listed', () => page.locator('tr[data-process]').count(), (count) => count >= 10);
  const width = await page.locator('.ops').evaluate((element) => element.scrollWidth);
  assert.ok(width <= 390, `${width} pixels wide`);
  assert.deepEqual(await serious(page), []);
});

/** Leaves a message among the dead letters of its conversation's partition, as if it had failed. */
async function bury(sender, conversationId, content) {
  const id = randomUUID();
  const caller = { userId: sender._id, username: sender.username, sessionId: 'none', socketId: '' };
  const body = { conversationId, content, clientMessageId: id };
  const key = `conversation:${conversationId}`;
  const fields = {
    key,
    caller: JSON.stringify(caller),
    id,
    event: 'send-message',
    body: JSON.stringify(body),
    tries: 3,
    reason: 'for a test',
  };
  const words = Object.entries(fields).flat().map((word) => JSON.stringify(String(word)));
  await new Processes(process.env.CHATTERBOX_STATE).redis(`XADD {chat:${partitionOf(key)}}:dead * ${words.join(' ')}`);
  return id;
}
