import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Clients, ask, direct, heard, next, person } from '../support.mjs';

// The stack under test has a local OpenAI-compatible provider, or none (CHATTERBOX_AI=disabled).
const enabled = process.env.CHATTERBOX_AI !== 'disabled';

test('the assistant streams its answer to everyone who joined', { skip: !enabled }, async (t) => {
  const clients = new Clients(t);
  const [ann, bob] = [await person('ann'), await person('bob')];
  const { _id: conversationId } = await direct(ann, bob);
  const asker = await clients.signedIn(ann, 0);
  const other = await clients.signedIn(bob, 1);
  for (const socket of [asker, other]) {
    await ask(socket, 'join-conversation', { conversationId });
  }
  const question = await ask(asker, 'ai-message', { conversationId, content: 'Help me write a function' });
  assert.equal(question.success, true);
  assert.equal(question.message.content, 'Help me write a function');
  for (const socket of [asker, other]) {
    const complete = await next(socket, 'ai-complete');
    assert.equal(complete.conversationId, conversationId);
    assert.equal(complete.runId, question.runId);
    assert.equal(complete.stopped, false);
    const parts = heard(socket, 'ai-stream').filter((part) => part.fullContent === undefined);
    assert.ok(parts.length > 0);
    assert.deepEqual(parts.map((part) => part.index), parts.map((_, i) => i));
    assert.equal(parts.map((part) => part.content).join(''), complete.content);
    const answer = heard(socket, 'new-message').find((message) => message.type === 'ai');
    assert.equal(answer._id, complete.messageId);
    assert.equal(answer.content, complete.content);
    assert.deepEqual(answer.sender, { _id: 'ai', username: 'assistant' });
    assert.equal(heard(socket, 'ai-complete').length, 1);
  }
});

test('stopping keeps what was shown', { skip: !enabled }, async (t) => {
  const clients = new Clients(t);
  const [ann, bob] = [await person('ann'), await person('bob')];
  const { _id: conversationId } = await direct(ann, bob);
  const asker = await clients.signedIn(ann, 0);
  const other = await clients.signedIn(bob, 1);
  await ask(other, 'join-conversation', { conversationId });
  await ask(asker, 'ai-message', { conversationId, content: 'a long story please' });
  await next(asker, 'ai-stream');
  const stop = await ask(other, 'ai-stop', { conversationId });
  assert.deepEqual([stop.success, stop.stopped], [true, true]);
  const complete = await next(asker, 'ai-complete');
  assert.equal(complete.stopped, true);
  assert.equal((await ask(other, 'ai-stop', { conversationId })).stopped, false);
});

test('without a provider the assistant says so and nothing is stored', { skip: enabled }, async (t) => {
  const clients = new Clients(t);
  const [ann, bob] = [await person('ann'), await person('bob')];
  const { _id: conversationId } = await direct(ann, bob);
  const socket = await clients.signedIn(ann, 0);
  const answer = await ask(socket, 'ai-message', { conversationId, content: 'hello?' });
  assert.deepEqual([answer.success, answer.error.code], [false, 'AI_DISABLED']);
  const error = await next(socket, 'ai-error');
  assert.deepEqual([error.conversationId, error.code], [conversationId, 'AI_DISABLED']);
  const joined = await ask(socket, 'join-conversation', { conversationId });
  assert.deepEqual(joined.messages, []);
});
