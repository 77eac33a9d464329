// Takes the pictures of the web client that the README shows.
//
// node browser/pictures.mjs FOLDER, with CHATTERBOX_GATEWAYS; without limits, with the operator Mira, and best on
// data of its own.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { io } from 'socket.io-client';
import { ask, call, gateways, pause } from '../support.mjs';
import { composer, executable, launch, missing } from './page.mjs';

const folder = process.argv[2];
if (missing || !folder) {
  console.error(missing || 'Say where the pictures go.');
  process.exit(1);
}
mkdirSync(folder, { recursive: true });

const password = 'correct horse battery';
async function person(username, index) {
  const email = `${username.toLowerCase()}@example.org`;
  const made = await call('POST', '/api/auth/register', { body: { username, email, password } });
  const { data } = made.status === 201 ? made.body : (await call('POST', '/api/auth/login', { body: { email, password } })).body;
  const socket = io(gateways[index % gateways.length], { auth: { token: data.accessToken }, forceNew: true });
  await new Promise((resolve) => socket.once('authenticated', resolve));
  return { ...data.user, ...data, socket };
}

const [mira, jonas, leila, tom] = await Promise.all(['Mira', 'Jonas', 'Leila', 'Tom'].map(person));
const post = async (who, path, body) => (await call('POST', path, { token: who.accessToken, body })).body.data;
const say = async (who, conversationId, content, more = {}) =>
  (await ask(who.socket, 'send-message', { conversationId, content, ...more })).message;

/** A drawing of hills, so that there is a picture to send. */
async function drawing(browser) {
  const page = await browser.newPage({ viewport: { width: 640, height: 400 } });
  await page.setContent(`<style>body{margin:0;background:linear-gradient(#f7c59f,#fbe8d3 55%,#9fb8ad)}
    div{position:absolute;border-radius:50%}</style>
    <div style="left:420px;top:70px;width:90px;height:90px;background:#ef6f4c"></div>
    <div style="left:-120px;top:230px;width:560px;height:420px;background:#5b8a72"></div>
    <div style="left:260px;top:260px;width:620px;height:420px;background:#3c6e5c"></div>`);
  const bytes = await page.screenshot();
  await page.close();
  return bytes;
}

const browser = await launch();
const form = new FormData();
form.append('file', new Blob([await drawing(browser)], { type: 'image/png' }), 'ridge.png');
const uploaded = await fetch(`${gateways[0]}/api/files/upload`, {
  method: 'POST',
  headers: { Authorization: `Bearer ${leila.accessToken}` },
  body: form,
});
const picture = (await uploaded.json()).data;

const withJonas = (await post(jonas, '/api/conversations/direct', { participantId: mira._id }))._id;
const withTom = (await post(tom, '/api/conversations/direct', { participantId: mira._id }))._id;
const trip = (await post(leila, '/api/conversations/group', {
  name: 'Autumn trip',
  description: 'Three days, two huts, one forgotten tent.',
  participants: [mira._id, jonas._id, tom._id],
}))._id;

await say(tom, withTom, 'The invoice is through, thanks for the quick look!');
await say(jonas, withJonas, 'Morning! Did the new build go out?');
await say(mira, withJonas, 'Yes, at nine. `p99` is at 18 ms and quiet since.');
await say(jonas, withJonas, 'Lovely. Coffee at three?');
await say(leila, trip, 'I have the huts! Two nights, both with a stove.');
await say(tom, trip, 'You are the best. I bring the map and far too much chocolate.');
const hills = await say(leila, trip, 'The ridge on Saturday, if the weather holds:', { attachments: [picture._id] });
await say(mira, trip, 'That light! Count me in.', { replyTo: hills._id });
for (const [who, emoji] of [[mira, '❤️'], [tom, '❤️'], [jonas, '🔥']]) {
  await ask(who.socket, 'add-reaction', { conversationId: trip, messageId: hills._id, emoji });
}
await say(jonas, trip, '@Mira can you take the early train? Tickets: https://trains.example.org/saturday');
await say(mira, trip, 'Booked. 7:42, carriage 5.');
for (const who of [jonas, leila, tom]) {
  await ask(who.socket, 'mark-read', { conversationId: trip, upToSeq: 1_000 });
  await ask(who.socket, 'join-room', { roomName: 'general' });
}
await ask(jonas.socket, 'send-room-message', { roomName: 'general', content: 'Welcome to the server, everyone.' });
await ask(tom.socket, 'send-room-message', { roomName: 'general', content: 'The new client feels good. Dark mode too!' });

async function window(options, path) {
  const context = await browser.newContext({ baseURL: gateways[0], deviceScaleFactor: 1.5, reducedMotion: 'reduce', ...options });
  const pair = { user: { _id: mira._id, username: 'Mira' }, accessToken: mira.accessToken, refreshToken: mira.refreshToken };
  if (path) {
    await context.addInitScript((kept) => localStorage.setItem('chatterbox.session', JSON.stringify(kept)), pair);
  }
  const page = await context.newPage();
  page.on('pageerror', (error) => console.error(error));
  page.on('console', (message) => message.type() === 'error' && console.error(message.text()));
  await page.goto(path ?? '/');
  await pause(1_800);
  return page;
}
const shoot = (page, name) => page.screenshot({ path: join(folder, `${name}.png`) });
const wide = { viewport: { width: 1180, height: 760 } };

const main = await window(wide, `/#/c/${trip}`);
await say(jonas, trip, 'Perfect, see you on platform 2!');
await ask(jonas.socket, 'mark-read', { conversationId: trip, upToSeq: 1_000 });
await ask(jonas.socket, 'typing', { conversationId: trip });
await say(tom, withTom, 'One more thing: lunch on Thursday?');
await pause(700);
await shoot(main, 'conversation');

const dark = await window({ ...wide, colorScheme: 'dark' }, `/#/c/${withJonas}`);
await dark.getByRole('button', { name: 'Ask the assistant' }).click();
await dark.getByRole('textbox', { name: 'Question to the assistant' }).fill('What is a good packing list for three days in the hills?');
await dark.getByRole('textbox', { name: 'Question to the assistant' }).press('Enter');
await pause(1_200);
await shoot(dark, 'assistant-dark');
await dark.getByRole('button', { name: 'Stop answering' }).click({ timeout: 2_000 }).catch(() => undefined);

await main.getByRole('button', { name: 'Details' }).click();
await pause(400);
await shoot(main, 'group');
await main.getByRole('button', { name: 'Settings', exact: true }).click();
await main.getByRole('button', { name: 'Devices' }).click();
await pause(600);
await shoot(main, 'devices');

const room = await window(wide, '/#/r/general');
await room.getByRole('button', { name: 'Details' }).click();
await pause(500);
await shoot(room, 'room');
await room.goto('/#/');
await pause(400);
await room.getByRole('navigation').getByRole('button', { name: 'New conversation' }).click();
await pause(900);
await shoot(room, 'new-conversation');

const phone = await window({ viewport: { width: 390, height: 780 }, deviceScaleFactor: 2 }, `/#/c/${trip}`);
await composer(phone).fill('On my way');
await pause(300);
await shoot(phone, 'phone');
await phone.getByRole('button', { name: 'Back to all conversations' }).click();
await pause(400);
await shoot(phone, 'phone-list');

const ops = await window({ viewport: { width: 1280, height: 860 } }, '/ops');
for (let second = 0; second < 45; second++) {
  const many = 3 + Math.round(6 * Math.abs(Math.sin(second / 6)));
  for (let i = 0; i < many; i++) {
    await say([jonas, leila, tom][i % 3], [withJonas, trip, withTom][i % 3], `Good to know (${second}.${i})`);
  }
  await pause(1_000);
}
await ops.getByRole('button', { name: /^Jonas/ }).click();
await ops.locator('.ops').evaluate((element) => element.scrollTo(0, 0));
await pause(500);
await shoot(ops, 'ops');

const door = await window(wide);
await shoot(door, 'sign-in');

await browser.close();
[mira, jonas, leila, tom].forEach(({ socket }) => socket.close());
