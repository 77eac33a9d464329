// Groups, profiles, files that are dropped or pasted, and who has seen what, in the web client.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Clients, ask, call, direct, person } from '../support.mjs';
import { Windows, composer, launch, message, missing, say, tool, until } from './page.mjs';

const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC';
const options = { skip: missing };
let browser;

before(async () => {
  browser = missing ? undefined : await launch();
});
after(() => browser?.close());

/** A group of two people, made by the first, who look at it on a gateway each. */
async function group(t) {
  const [ann, bob] = await Promise.all([person('ann'), person('bob')]);
  const made = await call('POST', '/api/conversations/group', {
    token: ann.accessToken,
    body: { name: 'The crew', participants: [bob._id] },
  });
  const windows = new Windows(browser, t);
  const path = `/#/c/${made.body.data._id}`;
  const pages = [await windows.open(ann, 0, { path }), await windows.open(bob, 1, { path })];
  for (const page of pages) {
    await page.getByRole('heading', { name: 'The crew', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Details' }).click();
  }
  return { ann, bob, windows, annPage: pages[0], bobPage: pages[1] };
}

const members = (page) => page.getByRole('list', { name: 'Members' });
const admins = (page) => members(page).getByText('admin', { exact: true });

test('a group is renamed, gets more people and other admins, and is left', options, async (t) => {
  const { bob, annPage, bobPage } = await group(t);
  const cora = await person('cora');

  await annPage.getByRole('button', { name: 'Rename' }).click();
  await annPage.getByLabel('Name').fill('The ship');
  await annPage.getByLabel('Description').fill('All hands');
  await annPage.getByRole('button', { name: 'Save' }).click();
  await bobPage.getByRole('heading', { name: 'The ship', level: 1 }).waitFor();
  await bobPage.getByText('All hands').waitFor();
  await bobPage.getByRole('link', { name: /The ship/ }).waitFor();

  await annPage.getByRole('button', { name: 'Add people' }).click();
  await annPage.getByPlaceholder('Search by name').fill(cora.username);
  await annPage.getByRole('list', { name: 'People found' }).getByRole('button', { name: cora.username }).click();
  await annPage.getByRole('button', { name: 'Add', exact: true }).click();
  await members(bobPage).getByText(cora.username).waitFor();

  assert.equal(await bobPage.getByRole('button', { name: `Change ${cora.username}` }).count(), 0);
  await annPage.getByRole('button', { name: `Change ${bob.username}` }).click();
  await annPage.getByRole('menuitem', { name: 'Make admin' }).click();
  await bobPage.getByRole('button', { name: `Change ${cora.username}` }).waitFor();
  await until('there are two admins', () => admins(annPage).count(), (count) => count === 2);

  await annPage.getByRole('button', { name: 'Leave the group' }).click();
  await annPage.getByRole('button', { name: 'Really leave the group?' }).click();
  await until('the leaver is out', () => admins(bobPage).count(), (count) => count === 1);
  await annPage.getByRole('heading', { name: 'Pick a conversation' }).waitFor();
  assert.equal(await annPage.getByRole('link', { name: /The ship/ }).count(), 0);
});

test('a message is forwarded to another conversation', options, async (t) => {
  const { ann, windows, annPage } = await group(t);
  const cora = await person('cora');
  const { _id } = await direct(ann, cora);
  const coraPage = await windows.open(cora, 1, { path: `/#/c/${_id}` });
  await annPage.getByRole('link', { name: new RegExp(cora.username) }).waitFor();
  await say(annPage, 'pass it on');
  await message(annPage, 'pass it on').getByLabel(/Sent|Seen/).waitFor();
  await tool(annPage, 'pass it on', 'More');
  await annPage.getByRole('menuitem', { name: 'Forward' }).click();
  await annPage.getByRole('list', { name: 'Conversations' }).getByRole('button', { name: cora.username }).click();
  await annPage.getByRole('button', { name: 'Forward', exact: true }).last().click();
  await message(coraPage, 'pass it on').getByText(`Forwarded from ${ann.username}`).waitFor();
});

test('files are dropped on a conversation and pasted into it', options, async (t) => {
  const { annPage, bobPage } = await group(t);
  await annPage.evaluate((base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const carry = (name) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], name, { type: 'image/png' }));
      return transfer;
    };
    const talk = document.querySelector('section.talk');
    const drop = { bubbles: true, cancelable: true, dataTransfer: carry('dropped.png') };
    talk.dispatchEvent(new DragEvent('dragover', drop));
    talk.dispatchEvent(new DragEvent('drop', drop));
    const paste = { bubbles: true, cancelable: true, clipboardData: carry('pasted.png') };
    document.querySelector('textarea').dispatchEvent(new ClipboardEvent('paste', paste));
  }, PICTURE);
  const waiting = annPage.getByRole('list', { name: 'Files to send' });
  await waiting.getByText('dropped.png').waitFor();
  await waiting.getByText('pasted.png').waitFor();
  await composer(annPage).fill('two of them');
  const send = annPage.getByRole('button', { name: 'Send', exact: true });
  await until('it can be sent', () => send.isEnabled());
  await send.click();
  for (const name of ['dropped.png', 'pasted.png']) {
    const picture = message(bobPage, 'two of them').getByRole('img', { name });
    await picture.waitFor();
    await until(`${name} is loaded`, () => picture.evaluate(({ naturalWidth }) => naturalWidth));
  }
});

test('a picture of oneself is shown to others, and removed again', options, async (t) => {
  // chat-service keeps a copy of names and pictures for minutes: these two have not met yet
  const [ann, dora] = await Promise.all([person('ann'), person('dora')]);
  const windows = new Windows(browser, t);
  const annPage = await windows.open(ann, 0);
  await annPage.getByRole('button', { name: 'Settings', exact: true }).click();
  await annPage.getByLabel('Picture', { exact: true }).setInputFiles({
    name: 'me.png',
    mimeType: 'image/png',
    buffer: Buffer.from(PICTURE, 'base64'),
  });
  const remove = annPage.getByRole('button', { name: 'Remove it' });
  await remove.waitFor();
  const { _id } = await direct(dora, ann);
  const doraPage = await windows.open(dora, 1, { path: `/#/c/${_id}` });
  await doraPage.getByRole('button', { name: 'Details' }).click();
  const face = doraPage.getByRole('complementary', { name: 'Details' }).locator('img');
  await until('the picture is loaded', () => face.evaluate(({ naturalWidth }) => naturalWidth));
  await remove.click();
  await until('it is gone', () => remove.count(), (count) => count === 0);
});

test('who has seen a message is known in a browser that was not there', options, async (t) => {
  const clients = new Clients(t);
  const [ann, bob] = await Promise.all([person('ann'), person('bob')]);
  const { _id: conversationId } = await direct(ann, bob);
  const [annSocket, bobSocket] = await Promise.all([clients.signedIn(ann), clients.signedIn(bob, 1)]);
  for (const content of ['read before', 'not read']) {
    assert.ok((await ask(annSocket, 'send-message', { conversationId, content })).success);
  }
  assert.ok((await ask(bobSocket, 'mark-read', { conversationId, upToSeq: 1 })).success);
  const page = await new Windows(browser, t).open(ann, 0, { path: `/#/c/${conversationId}` });
  await message(page, 'read before').getByLabel('Seen').waitFor();
  await message(page, 'not read').getByLabel('Sent').waitFor();
  assert.ok((await ask(bobSocket, 'mark-read', { conversationId, upToSeq: 2 })).success);
  await message(page, 'not read').getByLabel('Seen').waitFor();
});

test('an account is deleted, and every window of it is signed out', options, async (t) => {
  const ann = await person('ann');
  const windows = new Windows(browser, t);
  const here = await windows.open(ann, 0);
  const there = await windows.open(undefined, 1);
  const signIn = async (password) => {
    await there.getByLabel('E-mail').fill(ann.email);
    await there.getByLabel('Password').fill(password);
    await there.getByRole('button', { name: 'Sign in' }).click();
  };
  await signIn('correct horse battery');
  await there.getByRole('heading', { name: 'Pick a conversation' }).waitFor();
  await here.getByRole('button', { name: 'Settings', exact: true }).click();
  await here.getByRole('button', { name: 'Account' }).click();
  await here.getByLabel('Password').fill('not the password');
  await here.getByRole('button', { name: 'Delete my account' }).click();
  await here.getByRole('alert').waitFor();
  await here.getByLabel('Password').fill('correct horse battery');
  // that its session has ended may be answered last, and is not what is said in the end
  let tell;
  const told = new Promise((resolve) => (tell = resolve));
  await here.route('**/api/auth/refresh', async (route) => {
    const response = await route.fetch();
    await told;
    await route.fulfill({ response });
  });
  await here.getByRole('button', { name: 'Delete my account' }).click();
  await here.getByText('Your account was deleted.').waitFor();
  tell();
  await there.getByRole('heading', { name: 'Sign in' }).waitFor();
  await signIn('correct horse battery');
  await there.getByRole('alert').waitFor();
  await here.getByText('Your account was deleted.').waitFor();
});
