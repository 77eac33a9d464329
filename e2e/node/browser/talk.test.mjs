// Two people in two windows on two gateways talk through the web client.
//
// CHATTERBOX_STATE names the state file of the stack under test.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { Clients, call, direct, person } from '../support.mjs';
import { Windows, composer, fill, launch, message, missing, say, serious, texts, tool, until } from './page.mjs';

const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC',
  'base64',
);
const options = { skip: missing };
const state = process.env.CHATTERBOX_STATE;
let browser;

before(async () => {
  browser = missing ? undefined : await launch();
});
after(() => browser?.close());

/** Two people who look at their conversation, each on a gateway of their own. */
async function pair(t) {
  const [ann, bob] = await Promise.all([person('ann'), person('bob')]);
  const { _id } = await direct(ann, bob);
  const windows = new Windows(browser, t);
  const path = `/#/c/${_id}`;
  const pages = await Promise.all([windows.open(ann, 0, { path }), windows.open(bob, 1, { path })]);
  await Promise.all(pages.map((page) => page.getByRole('region', { name: 'Messages' }).waitFor()));
  return { ann, bob, windows, conversationId: _id, annPage: pages[0], bobPage: pages[1] };
}

test('two people sign up, find each other, talk and see what was seen', options, async (t) => {
  const windows = new Windows(browser, t);
  const [one, other] = [await windows.open(undefined, 0), await windows.open(undefined, 1)];
  const names = [`ann_${randomBytes(4).toString('hex')}`, `bob_${randomBytes(4).toString('hex')}`];
  for (const [page, name] of [[one, names[0]], [other, names[1]]]) {
    await page.getByRole('button', { name: 'Create an account' }).click();
    await page.getByLabel('Name').fill(name);
    await page.getByLabel('E-mail').fill(`${name}@example.org`);
    await page.getByLabel('Password').fill('correct horse battery');
    await page.getByRole('button', { name: 'Create the account' }).click();
    await page.getByRole('heading', { name: 'Pick a conversation' }).waitFor();
  }
  await one.getByRole('navigation').getByRole('button', { name: 'New conversation' }).click();
  await one.getByPlaceholder('Search by name').fill(names[1]);
  await one.getByRole('button', { name: names[1] }).click();
  await one.getByRole('button', { name: 'Start' }).last().click();
  await say(one, 'Hello Bob');
  const link = other.getByRole('link', { name: new RegExp(names[0]) });
  await link.getByLabel('1 unread').waitFor();
  await message(one, 'Hello Bob').getByLabel('Sent').waitFor();
  await link.click();
  await message(other, 'Hello Bob').waitFor();
  await message(one, 'Hello Bob').getByLabel('Seen').waitFor();
  await until('nothing is unread', () => link.getByLabel(/unread/).count(), (count) => count === 0);
  await say(other, 'Hello Ann');
  await message(one, 'Hello Ann').waitFor();
});

test('what is written fast stands in one order for both', options, async (t) => {
  const { annPage, bobPage } = await pair(t);
  const wanted = Array.from({ length: 20 }, (_, i) => `fast ${i + 1}`);
  for (const text of wanted) {
    await say(annPage, text);
  }
  for (const page of [annPage, bobPage]) {
    await message(page, 'fast 20').waitFor();
    await until('all is sent', () => annPage.getByLabel('Sending').count(), (count) => count === 0);
    const shown = (await texts(page)).filter((text) => text.startsWith('fast'));
    assert.deepEqual(shown, wanted.slice(-shown.length));
    assert.ok(shown.length > 5);
  }
});

test('typing is seen, and ends with the message', options, async (t) => {
  const { bob, annPage, bobPage } = await pair(t);
  await composer(bobPage).pressSequentially('I am');
  await annPage.locator('.typing').getByText(`${bob.username} is typing`).waitFor();
  await composer(bobPage).press('Enter');
  await message(annPage, 'I am').waitFor();
  await until('nobody is typing', () => annPage.locator('.typing').textContent(), (text) => text === '');
});

test('reactions, answers, edits and deletions come to the other side', options, async (t) => {
  const { annPage, bobPage } = await pair(t);
  await say(annPage, 'one');
  await say(annPage, 'two');
  await message(bobPage, 'two').waitFor();
  await tool(bobPage, 'one', 'React');
  await bobPage.getByRole('menuitem', { name: '🎉' }).click();
  await message(annPage, 'one').getByRole('button', { name: /^🎉/ }).waitFor();
  await message(bobPage, 'one').getByRole('button', { name: /^🎉.*you/ }).click();
  await until('the reaction is gone', () => annPage.getByLabel('Reactions').count(), (count) => count === 0);

  await tool(bobPage, 'two', 'Reply');
  await say(bobPage, 'an answer');
  await message(annPage, 'an answer').locator('.quote').getByText('two').waitFor();

  await tool(annPage, 'one', 'More');
  await annPage.getByRole('menuitem', { name: 'Edit' }).click();
  const field = composer(annPage);
  await until('the text is there to be changed', () => field.inputValue(), (text) => text === 'one');
  await field.fill('one, better');
  await field.press('Enter');
  await message(bobPage, 'one, better').getByText('edited').waitFor();

  await tool(annPage, 'two', 'More');
  await annPage.getByRole('menuitem', { name: 'Delete' }).click();
  await annPage.getByRole('menuitem', { name: 'Delete for everyone?' }).click();
  await message(bobPage, 'This message was deleted').waitFor();
});

test('a picture is sent with a preview and shown as one', options, async (t) => {
  const { annPage, bobPage } = await pair(t);
  await annPage.getByLabel('Files', { exact: true }).setInputFiles({ name: 'blue.png', mimeType: 'image/png', buffer: PICTURE });
  await annPage.getByRole('list', { name: 'Files to send' }).getByText('blue.png').waitFor();
  await composer(annPage).fill('look at this');
  const send = annPage.getByRole('button', { name: 'Send', exact: true });
  await until('it can be sent', () => send.isEnabled());
  await send.click();
  const picture = message(bobPage, 'look at this').getByRole('img', { name: 'blue.png' });
  await picture.waitFor();
  await until('the picture is loaded', () => picture.evaluate(({ naturalWidth }) => naturalWidth));
});

test('whoever is removed from a group while looking at it sees that', options, async (t) => {
  const { ann, bob, annPage, bobPage } = await pair(t);
  const made = await call('POST', '/api/conversations/group', {
    token: ann.accessToken,
    body: { name: 'The crew', participants: [bob._id] },
  });
  for (const page of [annPage, bobPage]) {
    await page.getByRole('link', { name: /The crew/ }).click();
    await page.getByRole('heading', { name: 'The crew', level: 1 }).waitFor();
  }
  await say(annPage, 'for members only');
  await message(bobPage, 'for members only').waitFor();
  await annPage.getByRole('button', { name: 'Details' }).click();
  await annPage.getByRole('button', { name: `Change ${bob.username}` }).click();
  await annPage.getByRole('menuitem', { name: 'Remove from the group' }).click();
  await bobPage.getByRole('heading', { name: 'You are not in this conversation' }).waitFor();
  await bobPage.getByText('You were removed from The crew.').waitFor();
  assert.equal(await bobPage.getByRole('link', { name: /The crew/ }).count(), 0);
  assert.equal(await bobPage.getByText('for members only').count(), 0);
  assert.equal(made.status, 201);
});

test('the assistant answers as it streams, and stops when it is told to', options, async (t) => {
  const { annPage, bobPage } = await pair(t);
  await annPage.getByRole('button', { name: 'Ask the assistant' }).click();
  const question = annPage.getByRole('textbox', { name: 'Question to the assistant' });
  await question.fill('a long story please');
  await question.press('Enter');
  for (const page of [annPage, bobPage]) {
    await page.locator('.answer[aria-busy] .markdown').getByText('demonstration provider').waitFor();
  }
  await bobPage.getByRole('button', { name: 'Stop answering' }).click();
  for (const page of [annPage, bobPage]) {
    await page.locator('.answer:not([aria-busy]) .markdown').getByText('demonstration provider').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Stop answering' }).count(), 0);
  }
});

test('script in a message stays text', options, async (t) => {
  const { annPage, bobPage } = await pair(t);
  const bad = '<img src=x onerror="document.title=1"><script>document.title=1</script> [x](javascript:document.title=1)';
  await say(annPage, bad);
  await message(bobPage, bad).waitFor();
  // the demonstration repeats the question in its answer, which is read as Markdown
  await annPage.getByRole('button', { name: 'Ask the assistant' }).click();
  const question = annPage.getByRole('textbox', { name: 'Question to the assistant' });
  await question.fill(bad);
  await question.press('Enter');
  for (const page of [annPage, bobPage]) {
    const answer = page.locator('.answer:not([aria-busy]) .markdown');
    await answer.getByText('<script>').waitFor();
    assert.equal(await page.locator('.messages script, .messages img, .messages a').count(), 0);
    assert.match(await page.title(), /ChatterBox$/);
  }
});

test('history comes as one scrolls, and what is read stays where it is', options, async (t) => {
  const clients = new Clients(t);
  const [ann, bob] = await Promise.all([person('ann'), person('bob')]);
  const { _id } = await direct(ann, bob);
  await fill(await clients.signedIn(bob), _id, 1, 260);
  const page = await new Windows(browser, t).open(ann, 0, { path: `/#/c/${_id}` });
  await message(page, 'number 260').waitFor();
  await page.getByRole('region', { name: 'Messages' }).hover();
  const jumps = [];
  for (let first = 260; first > 1; ) {
    await page.mouse.wheel(0, -700);
    jumps.push(...(await page.evaluate(watch)));
    first = Number(await page.locator('article.message').first().getAttribute('data-seq'));
    assert.ok((await page.locator('article.message').count()) < 120);
  }
  assert.deepEqual(jumps.filter((jump) => jump > 3), []);
  assert.ok(jumps.length > 10);
  // what comes in meanwhile does not move it either
  const [, before] = [await message(page, 'number 9').scrollIntoViewIfNeeded(), await message(page, 'number 9').boundingBox()];
  await fill(await clients.signedIn(bob), _id, 261, 261);
  await page.getByRole('link', { name: /number 261/ }).waitFor();
  assert.deepEqual(await message(page, 'number 9').boundingBox(), before);
  await page.getByLabel('To the newest message').click();
  await message(page, 'number 261').waitFor();
});

test('what was searched for is shown in its place, and read on from there', options, async (t) => {
  const clients = new Clients(t);
  const [ann, bob] = await Promise.all([person('ann'), person('bob')]);
  const { _id } = await direct(ann, bob);
  await fill(await clients.signedIn(bob), _id, 1, 260);
  const page = await new Windows(browser, t).open(ann, 0);
  await page.getByLabel('Search all messages').fill('number 42');
  await page.getByRole('list', { name: 'Found messages' }).getByRole('button').click();
  const wanted = message(page, 'number 42');
  await wanted.waitFor();
  assert.match(await wanted.getAttribute('class'), /pointed/);
  await page.getByRole('region', { name: 'Messages' }).hover();
  await until('the end comes', async () => {
    await page.mouse.wheel(0, 1_500);
    return message(page, 'number 260').isVisible();
  });
});

test('a name is completed and the one who is named is pointed out', options, async (t) => {
  const { bob, annPage, bobPage } = await pair(t);
  await composer(annPage).pressSequentially('hi @bo');
  await annPage.getByRole('option', { name: `@${bob.username}` }).waitFor();
  await composer(annPage).press('Enter');
  await until('the name is there', () => composer(annPage).inputValue(), (text) => text === `hi @${bob.username} `);
  await composer(annPage).press('Enter');
  await bobPage.locator('.mention.me').getByText(`@${bob.username}`).waitFor();
});

test('people in a room see each other come, talk and go', options, async (t) => {
  const [ann, bob] = await Promise.all([person('ann'), person('bob')]);
  const windows = new Windows(browser, t);
  const name = `room-${randomBytes(4).toString('hex')}`;
  const here = await windows.open(ann, 0);
  await here.getByRole('button', { name: 'New room' }).click();
  await here.getByLabel('Name').fill(name);
  await here.getByRole('button', { name: 'Create the room' }).click();
  await here.getByText('1 person here').waitFor();
  const there = await windows.open(bob, 1, { path: `/#/r/${name}` });
  await here.getByText('2 people here').waitFor();
  await say(there, 'hello room');
  await message(here, 'hello room').waitFor();
  await here.getByRole('button', { name: 'Details' }).click();
  await here.getByRole('list', { name: 'People in this room' }).getByText(bob.username).waitFor();
  await there.goto('/#/r/general');
  await here.getByText('1 person here').first().waitFor();
});

test('what is refused is shown as failed, can be tried again and be discarded', options, async (t) => {
  const { bob, annPage } = await pair(t);
  await call('DELETE', '/api/auth/me', { token: bob.accessToken, body: { password: 'correct horse battery' } });
  const failed = message(annPage, 'are you there?');
  await until('the account is gone', async () => {
    await say(annPage, 'are you there?');
    return (await failed.last().getByText('Not sent.').waitFor({ timeout: 1_500 }).then(() => true, () => false));
  });
  const before = await failed.count();
  await failed.last().getByRole('button', { name: 'Retry' }).click();
  await failed.last().getByText('Not sent.').waitFor();
  await failed.last().getByRole('button', { name: 'Discard' }).click();
  await until('it is gone', () => failed.count(), (count) => count === before - 1);
});

test('a forgotten password is set anew with the code of the letter', { skip: missing || (state ? false : 'CHATTERBOX_STATE names no stack') }, async (t) => {
  const ann = await person('ann');
  const page = await new Windows(browser, t).open(undefined, 1);
  await page.getByRole('button', { name: 'Forgot the password?' }).click();
  await page.getByLabel('E-mail').fill(ann.email);
  await page.getByRole('button', { name: 'Send the letter' }).click();
  const code = await until('the letter comes', () => codeFor(ann.email));
  await page.getByLabel('Code from the letter').fill(code);
  await page.getByLabel('New password').fill('another battery');
  await page.getByRole('button', { name: 'Set the password' }).click();
  await page.getByText('The password is set.').waitFor();
  await page.getByLabel('E-mail').fill(ann.email);
  await page.getByLabel('Password').fill('another battery');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Pick a conversation' }).waitFor();
});

/** The code in the last letter to an address: the local stack prints letters in a log. */
function codeFor(email) {
  const folder = join(dirname(state), 'logs');
  const logs = readdirSync(folder).filter((name) => name.startsWith('auth-'));
  return logs
    .map((name) => readFileSync(join(folder, name), 'utf8').split(email))
    .map((parts) => (parts.length > 1 ? /use this token:\s+(\S+)/.exec(parts.at(-1))?.[1] : undefined))
    .find(Boolean);
}

/** In the page: how far any message moves on the screen by itself, while nobody scrolls. */
async function watch() {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const scroller = document.querySelector('.scroller');
  const tops = () =>
    new Map([...document.querySelectorAll('article[data-seq]')].map((one) => [one.dataset.seq, one.querySelector('.bubble').getBoundingClientRect().top]));
  let still = 0;
  for (let last = scroller.scrollTop; still < 2; last = scroller.scrollTop) {
    await frame();
    still = scroller.scrollTop === last ? still + 1 : 0;
  }
  const jumps = [];
  let before = tops();
  for (let i = 0; i < 10; i++) {
    await frame();
    const now = tops();
    for (const [seq, top] of now) {
      const was = before.get(seq);
      if (was !== undefined && was > -200 && was < innerHeight) {
        jumps.push(Math.abs(top - was));
      }
    }
    before = now;
  }
  return [Math.max(0, ...jumps)];
}

test('two tabs that renew one token stay signed in', options, async (t) => {
  const ann = await person('ann');
  const windows = new Windows(browser, t);
  const expired = `x.${Buffer.from(JSON.stringify({ exp: 1 })).toString('base64')}.y`;
  const page = await windows.open({ ...ann, accessToken: expired });
  const others = await Promise.all([1, 2].map(() => windows.tab(page.context())));
  for (const tab of [page, ...others]) {
    await tab.getByLabel('Settings', { exact: true }).waitFor();
    await tab.locator('.self .dot').waitFor();
  }
});

test('a session that is ended from another window is signed out before one looks', options, async (t) => {
  const ann = await person('ann');
  const windows = new Windows(browser, t);
  const here = await windows.open(ann, 0);
  const there = await windows.open(undefined, 1);
  await there.getByLabel('E-mail').fill(ann.email);
  await there.getByLabel('Password').fill('correct horse battery');
  await there.getByRole('button', { name: 'Sign in' }).click();
  await there.getByRole('heading', { name: 'Pick a conversation' }).waitFor();
  await here.getByRole('button', { name: 'Settings', exact: true }).click();
  await here.getByRole('button', { name: 'Devices' }).click();
  await here.getByRole('listitem').getByRole('button', { name: 'Sign out' }).click();
  await there.getByText('You were signed out on this device.').waitFor();
  await there.getByRole('heading', { name: 'Sign in' }).waitFor();
  await here.locator('.self .dot').waitFor({ state: 'attached' });
});

test('axe has no serious finding, in light and in dark, wide and narrow', options, async (t) => {
  const { conversationId, ann, annPage, bobPage, windows } = await pair(t);
  await say(annPage, 'Hello `code`, see https://example.org');
  await bobPage.locator('article.message').hover();
  await bobPage.getByRole('button', { name: 'React' }).click();
  await bobPage.getByRole('menuitem', { name: '👍' }).click();
  await annPage.getByLabel('Reactions').waitFor();
  assert.deepEqual(await serious(annPage), []);
  await annPage.emulateMedia({ colorScheme: 'dark' });
  assert.deepEqual(await serious(annPage), []);
  await annPage.getByRole('button', { name: 'Details' }).click();
  await annPage.getByRole('button', { name: 'Settings', exact: true }).click();
  await annPage.getByRole('dialog').waitFor();
  assert.deepEqual(await serious(annPage), []);
  const narrow = await windows.open(ann, 0, { path: `/#/c/${conversationId}`, viewport: { width: 390, height: 780 } });
  await narrow.locator('article.message').first().waitFor();
  assert.deepEqual(await serious(narrow), []);
  await narrow.getByRole('button', { name: 'Back to all conversations' }).click();
  await narrow.getByRole('list', { name: 'Conversations' }).waitFor();
  assert.deepEqual(await serious(narrow), []);
  const door = await windows.open(undefined, 0);
  await door.getByRole('heading', { name: 'Sign in' }).waitFor();
  assert.deepEqual(await serious(door), []);
});
