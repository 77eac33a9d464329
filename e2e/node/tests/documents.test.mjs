// The documents for client authors hold for everything there is: each call is made, each event heard.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asyncapi, callOf, openapi, wrongReply } from '../documents.mjs';
import { Clients, ask, call, direct, gateways, next, person } from '../support.mjs';

const enabled = process.env.CHATTERBOX_AI !== 'disabled';
const PASSWORD = 'correct horse battery';
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Makes calls, all answers of which are held against the document, and notes which. */
class Caller {
  made = new Set();

  async make(status, who, method, path, body) {
    const answer = await call(method, path, { token: who?.accessToken, body });
    assert.equal(answer.status, status, `${method} ${path}: ${JSON.stringify(answer.body)}`);
    this.note(method, path);
    return answer.body?.data;
  }

  async upload(who) {
    const form = new FormData();
    form.append('file', new Blob([PIXEL]), 'me.png');
    const headers = { Authorization: `Bearer ${who.accessToken}` };
    const response = await fetch(`${gateways[0]}/api/files/upload`, { method: 'POST', headers, body: form });
    const body = await response.json();
    assert.equal(wrongReply('POST', '/api/files/upload', response.status, body), undefined);
    assert.equal(response.status, 201);
    this.note('POST', '/api/files/upload');
    return body.data;
  }

  async bytes(path) {
    const response = await fetch(gateways[0] + path);
    await response.arrayBuffer();
    assert.equal(response.status, 200);
    this.note('GET', path);
  }

  note(method, path) {
    const [template, verb] = callOf(method, path) ?? assert.fail(`${method} ${path} is not in the document`);
    this.made.add(`${verb} ${template}`);
  }
}

test('every call of the document answers what it says', async (t) => {
  const calls = new Caller();
  const [ann, bob, cleo] = await Promise.all(['ann', 'bob', 'cleo'].map(person));
  const it = (status, method, path, body) => calls.make(status, ann, method, path, body);

  calls.note('POST', '/api/auth/register'); // by person()
  const again = await calls.make(200, undefined, 'POST', '/api/auth/login', { email: cleo.email, password: PASSWORD });
  await calls.make(200, undefined, 'POST', '/api/auth/refresh', { refreshToken: again.refreshToken });
  const { sessions } = await calls.make(200, cleo, 'GET', '/api/auth/sessions');
  await calls.make(200, cleo, 'DELETE', `/api/auth/sessions/${sessions.find(({ current }) => !current)._id}`);
  const passwords = { currentPassword: PASSWORD, newPassword: 'another horse battery' };
  const renewed = await calls.make(200, cleo, 'POST', '/api/auth/change-password', passwords);
  await calls.make(200, undefined, 'POST', '/api/auth/forgot-password', { email: 'nobody@example.org' });
  const reset = { token: 'none', newPassword: 'another horse battery' };
  await calls.make(401, undefined, 'POST', '/api/auth/reset-password', reset);

  await it(200, 'GET', '/api/auth/me');
  const avatar = await calls.upload(ann);
  await it(200, 'PATCH', '/api/auth/me', { avatar: avatar._id });
  await it(200, 'GET', `/api/users?q=${ann.username}`);
  await it(200, 'GET', `/api/users/${bob._id}`);
  await it(200, 'GET', `/api/users/${bob._id}/presence`);
  await it(404, 'GET', '/api/users/none');

  const { _id: pair } = await it(201, 'POST', '/api/conversations/direct', { participantId: bob._id });
  await it(200, 'POST', '/api/conversations/direct', { participantId: bob._id });
  const made = { name: 'Friends', description: 'of ours', participants: [bob._id] };
  const { _id: group } = await it(201, 'POST', '/api/conversations/group', made);
  await it(400, 'POST', '/api/conversations/group', { name: '' });
  await it(200, 'GET', '/api/conversations?type=group&limit=1');
  await it(200, 'GET', `/api/conversations/${group}`);
  await it(200, 'PATCH', `/api/conversations/${group}`, { description: null });
  await it(200, 'POST', `/api/conversations/${group}/participants`, { userIds: [cleo._id] });
  await it(200, 'PATCH', `/api/conversations/${group}/participants/${bob._id}`, { role: 'admin' });
  await it(200, 'DELETE', `/api/conversations/${group}/participants/${cleo._id}`);

  const file = await calls.upload(ann);
  const sender = await new Clients(t).signedIn(ann);
  const { message } = await ask(sender, 'send-message', {
    conversationId: group,
    content: 'document me',
    attachments: [file._id],
    clientMessageId: 'one',
  });
  await it(200, 'GET', `/api/conversations/${group}/messages?limit=1`);
  await it(200, 'GET', `/api/conversations/${group}/search?q=document`);
  await it(200, 'GET', '/api/search?q=document');
  await calls.make(200, bob, 'POST', `/api/conversations/${group}/read`, { upToSeq: 1 });
  await it(200, 'GET', `/api/conversations/${group}/read`);
  await calls.make(403, bob, 'PATCH', `/api/conversations/messages/${message._id}`, { content: 'mine' });
  await it(200, 'PATCH', `/api/conversations/messages/${message._id}`, { content: 'document me now' });
  await it(200, 'POST', `/api/conversations/messages/${message._id}/reactions`, { emoji: '👍' });
  await it(200, 'DELETE', `/api/conversations/messages/${message._id}/reactions?emoji=${encodeURIComponent('👍')}`);
  await it(201, 'POST', `/api/conversations/messages/${message._id}/forward`, { conversationIds: [pair] });
  await it(200, 'GET', `/api/files/${file._id}`);
  await calls.bytes(file.url);
  await it(200, 'DELETE', `/api/files/${file._id}`);
  await it(200, 'GET', `/api/conversations/${group}/messages`);
  await it(200, 'DELETE', `/api/conversations/messages/${message._id}`);
  await it(200, 'POST', `/api/conversations/${group}/leave`);

  const name = `room-${ann._id.slice(0, 8).toLowerCase()}`;
  await it(201, 'POST', '/api/rooms', { name, description: 'for this test' });
  await it(409, 'POST', '/api/rooms', { name });
  await it(200, 'GET', '/api/rooms?limit=2');
  await it(200, 'GET', `/api/rooms/${name}`);
  await it(404, 'GET', '/api/rooms/there-is-none');
  await it(200, 'GET', `/api/rooms/${name}/messages`);
  await it(200, 'GET', '/api/ai/status');
  await it(200, 'GET', '/api/ai/usage');
  await calls.make(200, undefined, 'GET', '/api/health');
  await calls.make(200, undefined, 'GET', '/.well-known/jwks.json');
  await calls.make(200, renewed, 'DELETE', '/api/auth/me', { password: 'another horse battery' });
  await it(200, 'POST', '/api/auth/logout');

  const all = Object.entries(openapi.paths).flatMap(([path, verbs]) => Object.keys(verbs).map((verb) => `${verb} ${path}`));
  assert.deepEqual(all.filter((one) => !calls.made.has(one)), []);
});

test('every event of the document is heard as it says', { skip: !enabled }, async (t) => {
  const clients = new Clients(t);
  const [ann, bob] = await Promise.all(['ann', 'bob'].map(person));
  const { _id: conversationId } = await direct(ann, bob);
  const one = await clients.signedIn(ann, 0);
  const other = await clients.signedIn(bob, 1);
  const idle = await clients.signedIn(bob, 0);
  const asked = new Set();
  const says = (socket, event, ...args) => {
    asked.add(event);
    return ask(socket, event, ...args);
  };
  const hears = async (event, act, socket = other) => {
    await act();
    await next(socket, event);
  };

  await says(one, 'auth', { token: ann.accessToken });
  await hears('unauthorized', () => says(one, 'auth', { token: 'none' }), one);
  await hears('error', () => one.emit('send-message', { conversationId, content: '' }), one);
  await says(one, 'join-conversation', { conversationId });
  await says(other, 'join-conversation', { conversationId, afterSeq: 0 });
  await hears('user-typing', () => says(one, 'typing', { conversationId }));
  await hears('user-stop-typing', () => says(one, 'stop-typing', { conversationId }));
  const { message } = await says(one, 'send-message', { conversationId, content: '@' + bob.username, clientMessageId: 'one' });
  const about = { conversationId, messageId: message._id };
  await next(other, 'new-message');
  await next(idle, 'notification');
  await hears('message-reaction-added', () => says(other, 'add-reaction', { ...about, emoji: '👍' }));
  await hears('message-reaction-removed', () => says(other, 'remove-reaction', { ...about, emoji: '👍' }));
  await hears('message-edited', () => says(one, 'edit-message', { ...about, content: 'otherwise' }));
  await hears('messages-read', () => says(other, 'mark-read', { conversationId, messageIds: [message._id] }));
  await says(other, 'mark-read', { conversationId, upToSeq: 1 });
  await hears('message-deleted', () => says(one, 'delete-message', about));

  const roomName = 'tech';
  await says(other, 'join-room', { roomName });
  await hears('user-joined-room', () => says(one, 'join-room', { roomName }));
  await hears('room-message', () => says(one, 'send-room-message', { roomName, content: 'hello' }));
  await hears('user-left-room', () => says(one, 'leave-room', { roomName }));

  await says(one, 'heartbeat', {});
  await hears('presence:status', () => says(one, 'update-status', { status: 'busy' }));
  await says(one, 'get-presence', { userIds: [ann._id, bob._id] });

  const { runId } = await says(one, 'ai-message', { conversationId, content: 'demo:tokens=200 demo:pace=20' });
  await next(other, 'ai-stream');
  await hears('ai-complete', () => says(other, 'ai-stop', { conversationId, runId }));
  await hears('ai-error', () => says(one, 'ai-message', { conversationId, content: 'demo:error' }));

  const group = await call('POST', '/api/conversations/group', {
    token: ann.accessToken,
    body: { name: 'Friends', participants: [bob._id] },
  });
  const changes = `/api/conversations/${group.body.data._id}`;
  await call('PATCH', changes, { token: ann.accessToken, body: { name: 'Old friends' } });
  await call('PATCH', `${changes}/participants/${bob._id}`, { token: ann.accessToken, body: { role: 'admin' } });
  await call('DELETE', `${changes}/participants/${bob._id}`, { token: ann.accessToken });
  for (const change of ['participant-added', 'renamed', 'role-changed', 'participant-removed']) {
    await next(other, 'conversation-updated', (event) => event.change === change);
  }

  await says(one, 'leave-conversation', { conversationId });
  one.close();
  await next(other, 'presence:offline');
  await clients.signedIn(ann, 0);
  await next(other, 'presence:online');

  const known = (action) =>
    Object.values(asyncapi.operations)
      .filter((operation) => operation.action === action)
      .map(({ title }) => title);
  const all = new Set([one, other, idle].flatMap((socket) => socket.heard.map(([event]) => event)));
  // of a token that is about to expire: authority.test.mjs
  assert.deepEqual(known('send').filter((event) => !all.has(event) && event !== 'token-expiring'), []);
  assert.deepEqual(known('receive').filter((event) => !asked.has(event)), []);
});
