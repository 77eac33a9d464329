// Two people talk with the samples of the guides, while gateways are killed and the chat-service stands still.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { balance } from '../check/balancer.mjs';
import { Processes } from '../check/faults.mjs';
import { call, gateways, person } from '../support.mjs';
import { NoPython, commands } from './samples.mjs';
import { Terminal } from './terminal.mjs';

const READY_WITHIN_MS = 60_000;
const PASSWORD = 'correct horse battery';
/**
 * What a client library logs by itself when its connection is cut. python-engineio stops its writer by an entry in its queue; when a cut
 * comes while the writer takes another one, the writer misses it, and says so 30 s later.
 */
const LOGGED = { python: ['packet queue is empty, aborting'] };
const processes = new Processes(process.env.CHATTERBOX_STATE);

for (const [language, command] of Object.entries(commands)) {
  test(`the sample in ${language} talks, renews, recovers and signs out`, async (t) => {
    let start;
    try {
      start = command();
    } catch (error) {
      if (!(error instanceof NoPython)) {
        throw error;
      }
      return t.skip(error.message);
    }
    await processes.whole(READY_WITHIN_MS);
    const balancer = await balance(gateways);
    t.after(() => balancer.close());
    const [ann, bob] = [await person('ann'), await person('bob')];
    const open = (me, other, line) =>
      new Terminal(t, [...line, balancer.url, me.email, other.username], {
        env: { ...process.env, CHATTERBOX_PASSWORD: PASSWORD },
      });
    const hers = open(ann, bob, start);
    const his = open(bob, ann, commands.javascript());
    await Promise.all([hers.line('* joined'), his.line('* joined')]);

    const transcript = [];
    const said = (who, text) => transcript.push(`${transcript.length + 1} ${who.username}: ${text}`);
    /** Both have seen all that was said, in this order and nothing else. */
    const agree = async () => {
      for (const terminal of [hers, his]) {
        await terminal.until(`message ${transcript.length}`, () => terminal.transcript().length >= transcript.length);
        assert.deepEqual(terminal.transcript(), transcript);
      }
    };
    const says = async (terminal, who, text) => {
      terminal.type(text);
      said(who, text);
      await agree();
    };

    await says(hers, ann, 'Hello Bob ☺');
    await says(his, bob, 'Hello "Ann"\\n');

    const picture = join(tmpdir(), `${ann.username}.txt`);
    writeFileSync(picture, 'what a file holds');
    hers.type(`/file ${picture}`);
    said(ann, `${ann.username}.txt [${ann.username}.txt, 17 bytes]`);
    await agree();

    hers.type(' ');
    await hers.line('! VALIDATION_ERROR');

    // every gateway is killed once, so each socket is cut, while she goes on talking and he answers
    for (const gateway of ['first', 'second']) {
      const row = processes.row('gateway', gateway === 'first' ? 1 : 2);
      const lines = Array.from({ length: 8 }, (_, i) => `${gateway} ${i}`);
      hers.type(...lines.slice(0, 3));
      processes.signal(row, 'SIGKILL');
      hers.type(...lines.slice(3));
      lines.forEach((line) => said(ann, line));
      await agree();
      await says(his, bob, `I am here after the ${gateway}`);
      await processes.whole(READY_WITHIN_MS);
    }

    // nothing is known of what is sent now, so it is sent again, and is one message
    const printed = hers.lines.length;
    processes.signal(processes.row('chat'), 'SIGSTOP');
    hers.type('is anybody there?');
    await hers.line('* UNAVAILABLE: trying again', printed).finally(() => processes.signal(processes.row('chat'), 'SIGCONT'));
    said(ann, 'is anybody there?');
    await agree();

    // tokens live for 65 s in this suite, so `token-expiring` comes after 5 s
    await hers.line('* renewed');

    await says(his, bob, 'good bye');
    hers.type('/quit');
    assert.equal(await hers.end(), 0, hers.errors);
    assert.equal(hers.lines.filter((line) => line === '* signed out').length, 1);
    const signedIn = await call('POST', '/api/auth/login', { body: { email: ann.email, password: PASSWORD } });
    const sessions = await call('GET', '/api/auth/sessions', { token: signedIn.body.data.accessToken });
    assert.equal(sessions.body.data.sessions.length, 2, 'the one of registering and this one');
    const wrong = hers.errors.split('\n').filter((line) => line !== '' && !LOGGED[language]?.includes(line));
    assert.deepEqual(wrong, []);
  });
}
