// A gateway dies while somebody writes in the web client.
//
// CHATTERBOX_STATE names the state file of the stack under test.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Processes } from '../check/faults.mjs';
import { Clients, ask, direct, gateways, next, person } from '../support.mjs';
import { Windows, composer, launch, message, missing, say, texts, until } from './page.mjs';

const skip = missing || (process.env.CHATTERBOX_STATE ? false : 'CHATTERBOX_STATE names no stack');
let browser;

before(async () => {
  browser = skip ? undefined : await launch();
});
after(() => browser?.close());

test('nothing is lost when a gateway is killed while one writes', { skip }, async (t) => {
  const processes = new Processes(process.env.CHATTERBOX_STATE);
  const clients = new Clients(t);
  const [ann, bob] = await Promise.all([person('ann'), person('bob')]);
  const { _id: conversationId } = await direct(ann, bob);
  const other = await clients.signedIn(bob, 1);
  await ask(other, 'join-conversation', { conversationId });
  const page = await new Windows(browser, t).open(ann, 0, { path: `/#/c/${conversationId}` });
  await page.getByRole('region', { name: 'Messages' }).waitFor();
  await say(page, 'before');
  await message(page, 'before').getByLabel('Sent').waitFor();

  await composer(page).pressSequentially('half a sen');
  const port = Number(new URL(gateways[0]).port);
  const row = processes.rows().find((each) => each.service === 'gateway' && each.port === port);
  processes.signal(row, 'SIGKILL');
  await page.getByText('Connection lost. Reconnecting…').waitFor();
  assert.equal(await composer(page).inputValue(), 'half a sen');
  for (const content of ['missed 1', 'missed 2', 'missed 3']) {
    assert.equal((await ask(other, 'send-message', { conversationId, content })).success, true);
  }
  await composer(page).pressSequentially('tence');
  await composer(page).press('Enter');
  await message(page, 'half a sentence').getByLabel('Sending').waitFor();

  await processes.whole(60_000);
  await page.getByText('Caught up: 3 messages').waitFor();
  await message(page, 'half a sentence').getByLabel('Sent').waitFor();
  const heard = await next(other, 'new-message', ({ content }) => content === 'half a sentence');
  assert.equal(heard.seq, 5);
  const wanted = ['before', 'missed 1', 'missed 2', 'missed 3', 'half a sentence'];
  await until('all stands there in order', () => texts(page), (shown) => JSON.stringify(shown) === JSON.stringify(wanted));
});
