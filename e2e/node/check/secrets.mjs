// Does all that people do with secrets, well and badly, so that logs can be searched for them: a message's
// text, a password, tokens. Writes what must not be found, one in a line.
//
//   node check/secrets.mjs --out secrets.txt
import { writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { Clients, ask, call, direct, gateways, heard, next, person } from '../support.mjs';

const LONGEST = 8_000;
const { values: options } = parseArgs({ options: { out: { type: 'string' } } });
const mark = (what) => `${what}-${randomBytes(12).toString('hex')}`;
const secrets = { text: mark('text'), password: mark('password'), other: mark('other'), wrong: mark('wrong'), token: mark('token') };
const closing = [];
const clients = new Clients({ after: (work) => closing.push(work) });

async function account() {
  const username = `discreet_${randomBytes(5).toString('hex')}`;
  const body = { username, email: `${username}@example.org`, password: secrets.password };
  const made = await call('POST', '/api/auth/register', { body });
  if (made.status !== 201) {
    throw new Error(`register answered ${made.status}`);
  }
  return { ...body, ...made.body.data, _id: made.body.data.user._id };
}

/** Passwords and tokens, given rightly, wrongly and in bodies that cannot be read. */
async function signIns(someone) {
  const tokens = [someone.accessToken, someone.refreshToken];
  const post = (path, body, token) => call('POST', `/api/auth/${path}`, { body, token });
  const keep = ({ body }) => tokens.push(body?.data?.accessToken, body?.data?.refreshToken);
  keep(await post('login', { email: someone.email, password: secrets.password }));
  await post('login', { email: someone.email, password: secrets.wrong });
  await post('login', { email: someone.email, password: [secrets.wrong] });
  await post('register', { username: someone.username, email: someone.email, password: secrets.wrong });
  await post('register', { username: 'a', email: 'b', password: secrets.wrong });
  for (const gateway of gateways) {
    for (const path of ['login', 'register', 'refresh', 'reset-password']) {
      await fetch(`${gateway}/api/auth/${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: `{"password": "${secrets.wrong}", "refreshToken": "${secrets.token}", "token": "${secrets.token}", `,
      });
    }
    await call('GET', '/api/conversations', { token: secrets.token, gateway });
    await call('GET', '/api/conversations', { token: `${someone.accessToken}x`, gateway });
  }
  const refreshed = await post('refresh', { refreshToken: someone.refreshToken });
  keep(refreshed);
  await post('refresh', { refreshToken: secrets.token });
  await post('reset-password', { token: secrets.token, newPassword: secrets.wrong });
  const changed = { currentPassword: secrets.wrong, newPassword: secrets.other };
  await post('change-password', changed, refreshed.body.data.accessToken);
  keep(await post('change-password', { ...changed, currentPassword: secrets.password }, refreshed.body.data.accessToken));
  return tokens.filter((token) => token !== undefined);
}

/** A text that is sent, changed, looked for, refused and asked about, on both gateways. */
async function messages() {
  const [ann, bob] = [await person('ann'), await person('bob')];
  const { _id: conversationId } = await direct(ann, bob);
  const one = await clients.signedIn(ann, 0);
  const other = await clients.signedIn(bob, 1);
  const { text: content } = secrets;
  const roomName = mark('room');
  await call('POST', '/api/rooms', { token: ann.accessToken, body: { name: roomName } });
  for (const socket of [one, other]) {
    await ask(socket, 'join-conversation', { conversationId });
    await ask(socket, 'join-room', { roomName });
  }
  const sent = await ask(one, 'send-message', { conversationId, content });
  await next(other, 'new-message', (message) => message.content === content);
  const messageId = sent.message._id;
  await ask(one, 'edit-message', { conversationId, messageId, content: `${content} again` });
  await ask(one, 'send-room-message', { roomName, content });
  const asked = await ask(one, 'ai-message', { conversationId, content });
  if (asked.success) {
    await next(one, 'ai-complete', (end) => end.runId === asked.runId);
  }
  // what is refused, and what is no event at all
  await ask(one, 'send-message', { conversationId, content: content.repeat(LONGEST) });
  await ask(one, 'send-message', { conversationId: content, content });
  await ask(one, 'send-message', { conversationId, content: { content } });
  await ask(one, content, { content });
  await ask(one, 'auth', { token: secrets.token });
  for (const gateway of gateways) {
    await call('GET', `/api/search?q=${content}`, { token: ann.accessToken, gateway });
    await call('GET', `/api/conversations/${conversationId}/search?q=${content}`, { token: ann.accessToken, gateway });
  }
  return heard(other, 'new-message').length;
}

const someone = await account();
const tokens = await signIns(someone);
const seen = await messages();
closing.forEach((work) => work());
// the text was really on its way
if (seen === 0) {
  throw new Error('nothing was heard');
}
writeFileSync(options.out, [...new Set([...Object.values(secrets), ...tokens])].join('\n'));
