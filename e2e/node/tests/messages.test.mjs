import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Clients, ask, call, direct, gateways, heard, next, person } from '../support.mjs';

const rest = (who, method, path, body) =>
  call(method, `/api/conversations/${path}`, {
    token: who.accessToken,
    body,
    gateway: gateways.at(-1),
  });

async function talk(t) {
  const clients = new Clients(t);
  const [ann, bob] = [await person('ann'), await person('bob')];
  const { _id: conversationId } = await direct(ann, bob);
  const one = await clients.signedIn(ann, 0);
  const other = await clients.signedIn(bob, 1);
  for (const socket of [one, other]) {
    await ask(socket, 'join-conversation', { conversationId });
  }
  return { clients, ann, bob, conversationId, one, other };
}

test('edits, reactions and deletions reach the other gateway and the history', async (t) => {
  const { ann, bob, conversationId, one, other } = await talk(t);
  const { message } = await ask(one, 'send-message', { conversationId, content: 'helo', clientMessageId: 'a' });
  const messageId = message._id;
  const edited = await ask(one, 'edit-message', { conversationId, messageId, content: ` hello @${bob.username} ` });
  assert.deepEqual(
    [edited.success, edited.message.content, edited.message.mentions, edited.message.seq],
    [true, `hello @${bob.username}`, [bob._id], 1],
  );
  assert.match(edited.message.editedAt, /^\d{4}-.*\.\d{3}Z$/);
  const told = await next(other, 'message-edited');
  assert.deepEqual([told.conversationId, told.message.content], [conversationId, edited.message.content]);
  assert.equal(told.message.clientMessageId, undefined);
  assert.equal((await next(one, 'message-edited')).message.clientMessageId, 'a');

  const reacted = await ask(other, 'add-reaction', { conversationId, messageId, emoji: '❤' });
  assert.deepEqual(reacted.message.reactions, [{ emoji: '❤️', userIds: [bob._id] }]);
  const reaction = await next(one, 'message-reaction-added');
  assert.deepEqual(reaction, { conversationId, messageId, emoji: '❤️', userId: bob._id });
  assert.equal((await ask(other, 'add-reaction', { conversationId, messageId, emoji: '❤️' })).success, true);
  const back = await rest(bob, 'DELETE', `messages/${messageId}/reactions?emoji=${encodeURIComponent('❤')}`);
  assert.deepEqual([back.status, back.body.data.reactions], [200, []]);
  await next(one, 'message-reaction-removed');
  assert.equal(heard(one, 'message-reaction-added').length, 1);
  const again = await rest(bob, 'POST', `messages/${messageId}/reactions`, { emoji: '👍' });
  assert.deepEqual([again.status, again.body.data.reactions[0].emoji], [200, '👍']);

  const answer = await ask(other, 'send-message', { conversationId, content: 'hi', replyTo: messageId });
  assert.equal(answer.message.replyTo, messageId);
  const patched = await rest(ann, 'PATCH', `messages/${encodeURIComponent(messageId)}`, { content: 'hello' });
  assert.deepEqual([patched.status, patched.body.data.content], [200, 'hello']);

  const deleted = await ask(one, 'delete-message', { conversationId, messageId });
  assert.deepEqual(
    [deleted.message.content, deleted.message.reactions, deleted.message.mentions, deleted.message.seq],
    ['', [], [], 1],
  );
  const gone = await next(other, 'message-deleted');
  assert.deepEqual([gone.messageId, gone.seq, gone.by], [messageId, 1, ann._id]);
  assert.equal(gone.deletedAt, deleted.message.deletedAt);
  const { body } = await rest(bob, 'GET', `${conversationId}/messages`);
  assert.deepEqual(body.data.messages.map(({ seq, content }) => [seq, content]), [[2, 'hi'], [1, '']]);
  const late = await ask(one, 'edit-message', { conversationId, messageId, content: 'x' });
  assert.equal(late.error.code, 'NOT_FOUND');
  assert.equal((await rest(ann, 'DELETE', `messages/${messageId}`)).status, 200);
  assert.equal((await rest(bob, 'DELETE', `messages/${messageId}`)).status, 403);
  assert.equal(heard(other, 'message-deleted').length, 1);
});

test('a message is forwarded to all targets or to none', async (t) => {
  const { clients, ann, bob, conversationId, one } = await talk(t);
  const cleo = await person('cleo');
  const { _id: target } = await direct(ann, cleo);
  const { _id: foreign } = await direct(bob, cleo);
  const listening = await clients.signedIn(cleo, 1);
  const { message } = await ask(one, 'send-message', { conversationId, content: 'news' });
  const path = `messages/${message._id}/forward`;
  const some = await rest(ann, 'POST', path, { conversationIds: [target, foreign] });
  assert.equal(some.status, 404);
  const all = await rest(ann, 'POST', path, { conversationIds: [target, target, conversationId] });
  assert.equal(all.status, 201, JSON.stringify(all.body));
  assert.deepEqual(all.body.data.messages.map((copy) => copy.conversationId), [target, conversationId]);
  const origin = { messageId: message._id, sender: { _id: ann._id, username: ann.username } };
  const [copy] = all.body.data.messages;
  assert.deepEqual([copy.content, copy.seq, copy.forwardedFrom], ['news', 1, origin]);
  const told = await next(listening, 'notification', (event) => event.conversationId === target);
  assert.deepEqual(told.message.forwardedFrom, origin);
  const further = await rest(cleo, 'POST', `messages/${copy._id}/forward`, { conversationIds: [foreign] });
  assert.deepEqual(further.body.data.messages[0].forwardedFrom, origin);
  for (const [body, status] of [
    [{}, 400],
    [{ conversationIds: [] }, 400],
    [{ conversationIds: target }, 400],
    [{ conversationIds: [null] }, 400],
    [{ conversationIds: [{ $gt: '' }] }, 400],
    [{ conversationIds: Array.from({ length: 21 }, (_, i) => `c${i}`) }, 400],
    [{ conversationIds: ['none'] }, 404],
  ]) {
    assert.equal((await rest(ann, 'POST', path, body)).status, status, JSON.stringify(body));
  }
  assert.equal((await rest(bob, 'POST', `messages/${copy._id}/forward`, { conversationIds: [foreign] })).status, 404);
  await ask(one, 'delete-message', { conversationId, messageId: message._id });
  assert.equal((await rest(ann, 'POST', path, { conversationIds: [target] })).status, 404);
});

test('no field of a change takes what it should not', async (t) => {
  const { ann, conversationId, one } = await talk(t);
  const { message } = await ask(one, 'send-message', { conversationId, content: 'x' });
  const good = { conversationId, messageId: message._id, content: 'y', emoji: '👍' };
  const wrong = [undefined, null, 7, true, '', [], ['a'], {}, { $gt: '' }, 'a\ud800'];
  const fields = {
    'edit-message': ['conversationId', 'messageId', 'content'],
    'delete-message': ['conversationId', 'messageId'],
    'add-reaction': ['conversationId', 'messageId', 'emoji'],
    'remove-reaction': ['conversationId', 'messageId', 'emoji'],
  };
  for (const [event, names] of Object.entries(fields)) {
    for (const payload of [undefined, null, 'text', 7, [], [good]]) {
      const answer = await ask(one, event, payload);
      assert.equal(answer.error?.code, 'VALIDATION_ERROR', `${event} ${JSON.stringify(payload)}`);
    }
    for (const name of names) {
      for (const value of wrong) {
        const answer = await ask(one, event, { ...good, [name]: value });
        assert.equal(answer.error?.code, 'VALIDATION_ERROR', `${event} ${name} ${JSON.stringify(value)}`);
      }
    }
    for (const name of ['conversationId', 'messageId']) {
      for (const value of ['unknown', 'x'.repeat(10_000), 'conversation:none:2']) {
        const answer = await ask(one, event, { ...good, [name]: value });
        assert.equal(answer.error?.code, 'NOT_FOUND', `${event} ${name} ${value.slice(0, 20)}`);
      }
    }
  }
  const { body } = await rest(ann, 'GET', `${conversationId}/messages`);
  assert.deepEqual(body.data.messages.map(({ content, reactions }) => [content, reactions]), [['x', []]]);
});
