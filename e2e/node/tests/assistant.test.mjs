import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Clients, ask, call, direct, heard, next, person } from '../support.mjs';

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

test('who joins while an answer is given hears all so far and goes on without a hole', { skip: !enabled }, async (t) => {
  const clients = new Clients(t);
  const [ann, bob] = [await person('ann'), await person('bob')];
  const { _id: conversationId } = await direct(ann, bob);
  const asker = await clients.signedIn(ann, 0);
  await ask(asker, 'join-conversation', { conversationId });
  const content = 'demo:tokens=100 demo:pace=25';
  const { runId } = await ask(asker, 'ai-message', { conversationId, content });
  await next(asker, 'ai-stream', (part) => part.index >= 3);
  const late = await clients.signedIn(bob, 1);
  await ask(late, 'join-conversation', { conversationId });
  const complete = await next(late, 'ai-complete');
  const [first, ...rest] = heard(late, 'ai-stream');
  assert.equal(first.runId, runId);
  assert.equal(first.content, first.fullContent);
  assert.ok(rest.length > 0);
  assert.deepEqual(rest.map((part) => part.index), rest.map((_, i) => first.index + 1 + i));
  assert.equal([first, ...rest].map((part) => part.content).join(''), complete.content);
});

test('who comes back while an answer is given hears all so far again', { skip: !enabled }, async (t) => {
  const clients = new Clients(t);
  const [ann, bob] = [await person('ann'), await person('bob')];
  const { _id: conversationId } = await direct(ann, bob);
  const asker = await clients.signedIn(ann, 0);
  await ask(asker, 'join-conversation', { conversationId });
  const content = 'demo:tokens=150 demo:pace=25';
  const { runId } = await ask(asker, 'ai-message', { conversationId, content });
  await next(asker, 'ai-stream', (part) => part.index >= 3);
  asker.close();
  const again = await clients.signedIn(ann, 1);
  await ask(again, 'join-conversation', { conversationId });
  const complete = await next(again, 'ai-complete');
  const parts = heard(again, 'ai-stream');
  assert.equal(parts[0].content, parts[0].fullContent);
  assert.ok(parts.every((part) => part.runId === runId));
  // whoever reads `fullContent` as all so far has all of it, without a hole, at each moment
  parts.slice(1).forEach((part, i) => {
    assert.equal(part.index, part.fullContent === undefined ? parts[i].index + 1 : Math.max(part.index, parts[i].index));
  });
  assert.equal(parts.reduce((text, part) => part.fullContent ?? text + part.content, ''), complete.content);
});

test('a stop before the first part leaves no message', { skip: !enabled }, async (t) => {
  const clients = new Clients(t);
  const [ann, bob] = [await person('ann'), await person('bob')];
  const { _id: conversationId } = await direct(ann, bob);
  const asker = await clients.signedIn(ann, 0);
  const other = await clients.signedIn(bob, 1);
  const { runId } = await ask(asker, 'ai-message', { conversationId, content: 'demo:silent' });
  const stop = await ask(other, 'ai-stop', { conversationId, runId });
  assert.deepEqual([stop.success, stop.stopped], [true, true]);
  const complete = await next(asker, 'ai-complete');
  assert.deepEqual([complete.runId, complete.content, complete.stopped], [runId, '', true]);
  assert.equal('messageId' in complete, false);
  const joined = await ask(asker, 'join-conversation', { conversationId });
  assert.deepEqual(joined.messages.map((message) => message.type), ['text']);
});

test('one question at a time, the same one twice is one, and only participants are answered', { skip: !enabled }, async (t) => {
  const clients = new Clients(t);
  const [ann, bob, eve] = [await person('ann'), await person('bob'), await person('eve')];
  const { _id: conversationId } = await direct(ann, bob);
  const asker = await clients.signedIn(ann, 0);
  const other = await clients.signedIn(bob, 1);
  const stranger = await clients.signedIn(eve, 0);
  const question = { conversationId, content: 'a long story please', clientMessageId: 'one' };
  const first = await ask(asker, 'ai-message', question);
  const again = await ask(asker, 'ai-message', question);
  assert.deepEqual([again.runId, again.message._id], [first.runId, first.message._id]);
  assert.equal((await ask(other, 'ai-message', { conversationId, content: 'me too' })).error.code, 'CONFLICT');
  assert.equal((await ask(stranger, 'ai-message', { conversationId, content: 'hi' })).error.code, 'NOT_FOUND');
  assert.equal((await ask(stranger, 'ai-stop', { conversationId })).error.code, 'NOT_FOUND');
  assert.equal((await ask(asker, 'ai-message', { conversationId, content: ' ' })).error.code, 'VALIDATION_ERROR');
  assert.equal((await ask(asker, 'ai-stop', { conversationId })).stopped, true);
  await next(asker, 'ai-complete');
  assert.equal((await ask(other, 'ai-message', { conversationId, content: 'now me' })).success, true);
  await next(asker, 'notification', ({ message }) => message.type === 'ai');
});

test('what a provider does instead of answering is an ai-error without its text', { skip: !enabled }, async (t) => {
  const clients = new Clients(t);
  const [ann, bob] = [await person('ann'), await person('bob')];
  const { _id: conversationId } = await direct(ann, bob);
  const asker = await clients.signedIn(ann, 0);
  const other = await clients.signedIn(bob, 1);
  await ask(other, 'join-conversation', { conversationId });
  const { runId } = await ask(asker, 'ai-message', { conversationId, content: 'demo:status=401' });
  for (const socket of [asker, other]) {
    const error = await next(socket, 'ai-error');
    assert.deepEqual([error.conversationId, error.runId, error.code], [conversationId, runId, 'AI_PROVIDER_ERROR']);
    assert.doesNotMatch(error.message, /sk-/);
    assert.equal(heard(socket, 'ai-error').length, 1);
  }
});

test('a person sees who answers and what it has used', { skip: !enabled }, async () => {
  const ann = await person('ann');
  const status = await call('GET', '/api/ai/status', { token: ann.accessToken });
  assert.equal(status.body.data.enabled, true);
  assert.ok(status.body.data.model);
  const usage = await call('GET', '/api/ai/usage', { token: ann.accessToken });
  assert.match(usage.body.data.day, /^\d{4}-\d\d-\d\d$/);
  assert.deepEqual([usage.body.data.runs, usage.body.data.promptTokens], [0, 0]);
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
