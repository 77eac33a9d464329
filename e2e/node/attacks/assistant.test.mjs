// The assistant while the replica that answers dies or stands still, and Redis forgets: each run ends
// once, soon, and with what was shown.
//
// CHATTERBOX_STATE names the state file of the stack under test, which has the demonstration provider.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Processes } from '../check/faults.mjs';
import { Clients, ask, call, direct, heard, pause, person } from '../support.mjs';

const processes = new Processes(process.env.CHATTERBOX_STATE);
const ENDS_WITHIN_MS = 10_000;
const HEALS_WITHIN_MS = 60_000;
const STANDS_STILL_MS = 8_000;
const ENDS = ['ai-complete', 'ai-error'];

/** Resolves to the first answer that is something, asked for again and again. */
async function until(what, ms, question) {
  for (const end = Date.now() + ms; Date.now() < end; await pause(50)) {
    const answer = await question();
    if (answer) {
      return answer;
    }
  }
  throw new Error(`not within ${ms} ms: ${what}`);
}

const replicas = () => processes.rows().filter((row) => row.service === 'ai');

/** How many answers a replica gives at the moment; undefined when it does not say. */
async function answering({ port }) {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/q/metrics`, { signal: AbortSignal.timeout(1_000) });
    return Number((await response.text()).match(/^chatterbox_ai_runs_active(?:\{.*\})? ([\d.]+)/m)[1]);
  } catch {
    return undefined;
  }
}

async function areIdle() {
  const counts = await Promise.all(replicas().map(answering));
  return counts.every((count) => count === 0);
}

const ends = (socket, runId) =>
  ENDS.flatMap((name) => heard(socket, name).map((data) => ({ name, ...data }))).filter((end) => end.runId === runId);

/** What a socket has shown of a run. */
const shown = (socket, runId) =>
  heard(socket, 'ai-stream')
    .filter((part) => part.runId === runId)
    .reduce((text, part) => part.fullContent ?? text + part.content, '');

/** A run that was seen to begin on both gateways, and the replica that carries it out. */
async function begin(t, content) {
  await processes.whole(HEALS_WITHIN_MS);
  await until('nothing else is answered', HEALS_WITHIN_MS, areIdle);
  const clients = new Clients(t);
  const [ann, bob] = await until('people sign up', HEALS_WITHIN_MS, () =>
    Promise.all([person('ann'), person('bob')]).catch(() => undefined));
  const { _id: conversationId } = await direct(ann, bob);
  const sockets = [await clients.signedIn(ann, 0), await clients.signedIn(bob, 1)];
  for (const socket of sockets) {
    await ask(socket, 'join-conversation', { conversationId });
  }
  const { runId } = await until('the question is taken', HEALS_WITHIN_MS, async () => {
    const answer = await ask(sockets[0], 'ai-message', { conversationId, content, clientMessageId: 'one' });
    return answer.success && answer;
  });
  await until('both see it', ENDS_WITHIN_MS, () => sockets.every((socket) => shown(socket, runId).length > 20));
  const carrier = await until('somebody answers', ENDS_WITHIN_MS, async () => {
    const counts = await Promise.all(replicas().map(answering));
    return replicas()[counts.indexOf(1)];
  });
  return { ann, conversationId, sockets, runId, carrier };
}

/** Both sockets hear of the end in time. */
async function endsSoon({ sockets, runId }, within = ENDS_WITHIN_MS) {
  const began = Date.now();
  await until('the run ends', within, () => sockets.every((socket) => ends(socket, runId).length > 0));
  return Date.now() - began;
}

/** When everything is well again, there is one end, and what is stored begins with what was shown. */
async function endedOnce({ ann, conversationId, sockets, runId }) {
  await processes.whole(HEALS_WITHIN_MS);
  await until('nobody answers any more', HEALS_WITHIN_MS, areIdle);
  // another run in the same conversation: whatever else was to be said of the first comes before it
  const next = await until('the next question is taken', HEALS_WITHIN_MS, async () => {
    const answer = await ask(sockets[1], 'ai-message', {
      conversationId,
      content: 'demo:tokens=5',
      clientMessageId: 'two',
    });
    return answer.success && answer;
  });
  await until('it is answered', ENDS_WITHIN_MS, () => sockets.every((socket) => ends(socket, next.runId).length > 0));
  const { body } = await call('GET', `/api/conversations/${conversationId}/messages`, { token: ann.accessToken });
  const answers = body.data.messages.filter((message) => message.type === 'ai');
  for (const socket of sockets) {
    const [end, ...more] = ends(socket, runId);
    assert.deepEqual(more, []);
    const stored = answers.filter((message) => message._id === end.messageId);
    const text = stored.map((message) => message.content).join('');
    assert.ok(text.startsWith(shown(socket, runId)), `shown ${shown(socket, runId).length}, stored ${text.length}`);
  }
  // the first run's and the next one's
  assert.equal(answers.length, 2);
  return ends(sockets[0], runId)[0];
}

const LONG = 'demo:tokens=700 demo:pace=40';

before(() => processes.whole(HEALS_WITHIN_MS));
after(() => processes.whole(HEALS_WITHIN_MS));

test('a run whose replica is killed ends once, with what was shown', async (t) => {
  const run = await begin(t, LONG);
  processes.signal(run.carrier, 'SIGKILL');
  t.diagnostic(`ended after ${await endsSoon(run)} ms`);
  const end = await endedOnce(run);
  assert.deepEqual([end.name, end.code], ['ai-error', 'SERVER_ERROR']);
});

test('a run whose replica stands still for 8 s ends once, and the replica says nothing more when it goes on', async (t) => {
  const run = await begin(t, LONG);
  const since = Date.now();
  processes.signal(run.carrier, 'SIGSTOP');
  try {
    t.diagnostic(`ended after ${await endsSoon(run)} ms`);
    await pause(STANDS_STILL_MS - (Date.now() - since));
  } finally {
    processes.signal(run.carrier, 'SIGCONT');
  }
  const end = await endedOnce(run);
  assert.deepEqual([end.name, end.code], ['ai-error', 'SERVER_ERROR']);
});

test('a run of a replica that stands still is ended by a stop', async (t) => {
  const run = await begin(t, LONG);
  processes.signal(run.carrier, 'SIGSTOP');
  try {
    const stop = await until('the stop is taken', ENDS_WITHIN_MS, async () => {
      const answer = await ask(run.sockets[1], 'ai-stop', { conversationId: run.conversationId });
      return answer.success && answer;
    });
    t.diagnostic(`stopped ${stop.stopped}, ended after ${await endsSoon(run)} ms`);
  } finally {
    processes.signal(run.carrier, 'SIGCONT');
  }
  await endedOnce(run);
});

test('a run goes on to its end when Redis forgets everything', async (t) => {
  const run = await begin(t, 'demo:tokens=250 demo:pace=50');
  await processes.flush();
  t.diagnostic(`ended after ${await endsSoon(run)} ms`);
  const end = await endedOnce(run);
  assert.deepEqual([end.name, end.stopped], ['ai-complete', false]);
  for (const socket of run.sockets) {
    assert.equal(shown(socket, run.runId), end.content);
  }
});
