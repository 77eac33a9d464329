import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Clients, ask, call, direct, gateways, heard, next, person } from '../support.mjs';

async function group(admin, ...members) {
  const answer = await call('POST', '/api/conversations/group', {
    token: admin.accessToken,
    body: { name: 'Friends', description: 'of ours', participants: members.map((one) => one._id) },
  });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body.data;
}

const rest = (who, method, path, body, gateway = 1) =>
  call(method, `/api/conversations/${path}`, {
    token: who.accessToken,
    body,
    gateway: gateways[gateway % gateways.length],
  });

test('a group tells everybody what changes, joined or not', async (t) => {
  const clients = new Clients(t);
  const [ann, bob, cleo, dan] = await Promise.all(['ann', 'bob', 'cleo', 'dan'].map(person));
  const sockets = {
    ann: await clients.signedIn(ann, 0),
    bob: await clients.signedIn(bob, 1),
    dan: await clients.signedIn(dan, 1),
  };
  const made = await group(ann, bob, cleo, bob);
  const id = made._id;
  assert.deepEqual(
    [made.type, made.name, made.description, made.unread, made.lastMessage],
    ['group', 'Friends', 'of ours', 0, null],
  );
  assert.deepEqual(
    made.participants.map(({ _id, role }) => [_id, role]),
    [[ann._id, 'admin'], [bob._id, 'member'], [cleo._id, 'member']],
  );
  const created = await next(sockets.bob, 'conversation-updated', (event) => event.conversationId === id);
  assert.deepEqual([created.change, created.user._id, created.conversation._id], ['participant-added', bob._id, id]);

  await ask(sockets.ann, 'send-message', { conversationId: id, content: 'before dan' });
  const added = await rest(ann, 'POST', `${id}/participants`, { userIds: [dan._id, bob._id] });
  assert.deepEqual([added.status, added.body.data.participants.length], [200, 4]);
  const mine = await next(sockets.dan, 'conversation-updated', (event) => event.conversationId === id);
  assert.deepEqual([mine.change, mine.by, mine.conversation.unread], ['participant-added', ann._id, 0]);
  const others = await next(sockets.bob, 'conversation-updated', (event) => event.user?._id === dan._id);
  assert.equal(others.change, 'participant-added');
  assert.equal('conversation' in others, false);

  const renamed = await rest(ann, 'PATCH', id, { name: ' Family ', description: null });
  assert.deepEqual([renamed.body.data.name, renamed.body.data.description], ['Family', null]);
  const rename = await next(sockets.dan, 'conversation-updated', (event) => event.change === 'renamed');
  assert.deepEqual([rename.name, rename.description, rename.by], ['Family', null, ann._id]);

  const promoted = await rest(ann, 'PATCH', `${id}/participants/${bob._id}`, { role: 'admin' });
  assert.equal(promoted.status, 200);
  const role = await next(sockets.dan, 'conversation-updated', (event) => event.change === 'role-changed');
  assert.deepEqual([role.user._id, role.role], [bob._id, 'admin']);
});

test('whoever is removed hears and reads nothing more, on live sockets at once', async (t) => {
  const clients = new Clients(t);
  const [ann, bob, cleo] = await Promise.all(['ann', 'bob', 'cleo'].map(person));
  const { _id: conversationId } = await group(ann, bob, cleo);
  const one = await clients.signedIn(ann, 0);
  const gone = [await clients.signedIn(bob, 0), await clients.signedIn(bob, 1)];
  const stays = await clients.signedIn(cleo, 1);
  for (const socket of [one, gone[0], stays]) {
    assert.equal((await ask(socket, 'join-conversation', { conversationId })).success, true);
  }
  await ask(one, 'send-message', { conversationId, content: 'one' });
  await next(gone[1], 'notification', ({ message }) => message.content === 'one');
  const removed = await rest(ann, 'DELETE', `${conversationId}/participants/${bob._id}`);
  assert.equal(removed.status, 200);
  await ask(one, 'send-message', { conversationId, content: 'two' });
  await next(stays, 'new-message', (message) => message.content === 'two');
  for (const socket of gone) {
    const last = await next(socket, 'conversation-updated', (event) => event.change === 'participant-removed');
    assert.deepEqual([last.user._id, last.by], [bob._id, ann._id]);
    const about = socket.heard.filter(([, data]) => JSON.stringify(data)?.includes(conversationId));
    assert.equal(about.at(-1)[1].change, 'participant-removed');
  }
  for (const [event, payload] of [
    ['send-message', { content: 'x' }],
    ['join-conversation', {}],
    ['mark-read', { upToSeq: 1 }],
    ['typing', {}],
    ['add-reaction', { messageId: `conversation:${conversationId}:2`, emoji: '👍' }],
    ['edit-message', { messageId: `conversation:${conversationId}:2`, content: 'x' }],
    ['delete-message', { messageId: `conversation:${conversationId}:2` }],
  ]) {
    const answer = await ask(gone[0], event, { conversationId, ...payload });
    assert.equal(answer.error?.code, 'NOT_FOUND', event);
  }
  for (const path of ['', '/messages', '/search?q=one']) {
    assert.equal((await rest(bob, 'GET', `${conversationId}${path}`)).status, 404, path);
  }
  await rest(ann, 'POST', `${conversationId}/participants`, { userIds: [bob._id] });
  await ask(one, 'send-message', { conversationId, content: 'three' });
  await next(gone[0], 'notification', ({ message }) => message.content === 'three');
  assert.deepEqual(heard(gone[0], 'new-message').map(({ content }) => content), ['one']);
});

test('the last admin who leaves is followed by the oldest member', async (t) => {
  const clients = new Clients(t);
  const [ann, bob, cleo] = await Promise.all(['ann', 'bob', 'cleo'].map(person));
  const { _id: id } = await group(ann, bob, cleo);
  const stays = await clients.signedIn(cleo, 1);
  const demoted = await rest(ann, 'PATCH', `${id}/participants/${ann._id}`, { role: 'member' });
  assert.deepEqual([demoted.status, demoted.body.error.code], [409, 'CONFLICT']);
  const left = await rest(ann, 'POST', `${id}/leave`);
  assert.deepEqual([left.status, left.body.success, typeof left.body.message], [200, true, 'string']);
  await next(stays, 'conversation-updated', (event) => event.change === 'role-changed');
  const changes = heard(stays, 'conversation-updated').filter((event) => event.conversationId === id);
  assert.deepEqual(
    changes.map(({ change, user, by }) => [change, user._id, by]).slice(-2),
    [['participant-removed', ann._id, ann._id], ['role-changed', bob._id, ann._id]],
  );
  for (const one of [bob, cleo]) {
    assert.equal((await rest(one, 'DELETE', `${id}/participants/${one._id}`)).status, 200);
  }
  assert.equal((await rest(cleo, 'GET', id)).status, 404);
});

test('members change nothing, and bad input is refused', async () => {
  const [ann, bob, eve] = await Promise.all(['ann', 'bob', 'eve'].map(person));
  const { _id: id } = await group(ann, bob);
  const cases = [
    [bob, 'POST', `${id}/participants`, { userIds: [eve._id] }, 403],
    [bob, 'DELETE', `${id}/participants/${ann._id}`, undefined, 403],
    [bob, 'PATCH', `${id}/participants/${ann._id}`, { role: 'member' }, 403],
    [bob, 'PATCH', id, { name: 'Mine' }, 403],
    [eve, 'POST', `${id}/participants`, { userIds: [eve._id] }, 404],
    [eve, 'POST', `${id}/leave`, undefined, 404],
    [ann, 'POST', `${id}/participants`, { userIds: ['nobody'] }, 404],
    [ann, 'POST', `${id}/participants`, { userIds: [] }, 400],
    [ann, 'POST', `${id}/participants`, { userIds: eve._id }, 400],
    [ann, 'POST', `${id}/participants`, { userIds: [{ $gt: '' }] }, 400],
    [ann, 'POST', `${id}/participants`, { userIds: [null] }, 400],
    [ann, 'POST', `${id}/participants`, { userIds: Array.from({ length: 10_000 }, (_, i) => `u${i}`) }, 400],
    [ann, 'POST', `${id}/participants`, {}, 400],
    [ann, 'PATCH', id, { name: '' }, 400],
    [ann, 'PATCH', id, { name: 'x'.repeat(101) }, 400],
    [ann, 'PATCH', id, { name: 7 }, 400],
    [ann, 'PATCH', id, { description: 7 }, 400],
    [ann, 'PATCH', id, { description: 'x'.repeat(501) }, 400],
    [ann, 'PATCH', `${id}/participants/${bob._id}`, { role: 'owner' }, 400],
    [ann, 'PATCH', `${id}/participants/${bob._id}`, {}, 400],
    [ann, 'PATCH', `${id}/participants/nobody`, { role: 'admin' }, 404],
    [ann, 'DELETE', `${id}/participants/nobody`, undefined, 404],
    [ann, 'POST', 'group', { name: 'x', participants: [] }, 400],
    [ann, 'POST', 'group', { name: 'x', participants: [ann._id] }, 400],
    [ann, 'POST', 'group', { name: ' ', participants: [bob._id] }, 400],
    [ann, 'POST', 'group', { participants: [bob._id] }, 400],
    [ann, 'POST', 'group', { name: 'x', participants: [bob._id, 'nobody'] }, 404],
    [ann, 'POST', 'group', { name: 'x', description: 'x'.repeat(501), participants: [bob._id] }, 400],
  ];
  for (const [who, method, path, body, status] of cases) {
    const answer = await rest(who, method, path, body);
    assert.equal(answer.status, status, `${method} ${path} ${JSON.stringify(body)?.slice(0, 60)} ${JSON.stringify(answer.body)}`);
    assert.equal(answer.body.success, false);
  }
  const { body } = await rest(ann, 'GET', id);
  assert.deepEqual([body.data.name, body.data.participants.length], ['Friends', 2]);
});

test('a deleted account leaves its groups, and nobody writes to it any more', async (t) => {
  const clients = new Clients(t);
  const [ann, bob, cleo] = await Promise.all(['ann', 'bob', 'cleo'].map(person));
  const { _id: id } = await group(ann, bob, cleo);
  const { _id: conversationId } = await direct(ann, bob);
  const one = await clients.signedIn(ann, 0);
  const stays = await clients.signedIn(bob, 1);
  await ask(one, 'send-message', { conversationId, content: 'farewell' });
  const gone = await call('DELETE', '/api/auth/me', {
    token: ann.accessToken,
    body: { password: 'correct horse battery' },
  });
  assert.equal(gone.status, 200, JSON.stringify(gone.body));
  const left = await next(stays, 'conversation-updated', (event) => event.change === 'participant-removed');
  assert.deepEqual([left.conversationId, left.user._id, left.by], [id, ann._id, ann._id]);
  const promoted = await next(stays, 'conversation-updated', (event) => event.change === 'role-changed');
  assert.deepEqual([promoted.user._id, promoted.role], [bob._id, 'admin']);
  let answer;
  for (let tries = 0; tries < 500 && answer?.error?.code !== 'FORBIDDEN'; tries++) {
    answer = await ask(stays, 'send-message', { conversationId, content: 'are you there?' });
  }
  assert.equal(answer.error.code, 'FORBIDDEN');
  const { body } = await rest(bob, 'GET', `${conversationId}/messages`);
  assert.ok(body.data.messages.some(({ content }) => content === 'farewell'));
});
