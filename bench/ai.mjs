// What the assistant costs: many answers at once over the demonstration provider, on one replica of
// each service. Starts a stack of its own and stops it.
//
//   ./chatterbox bench ai [--runs 200] [--tokens 500] [--pace 50] [--rounds 3] [--json FILE]
//
// The first round warms up and is not counted. CPU is user and system time of each process.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Results } from './results.mjs';

const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    tokens: { type: 'string', default: '500' },
    pace: { type: 'string', default: '50' },
    rounds: { type: 'string', default: '3' },
    json: { type: 'string' },
  },
});
const [runs, tokens, pace, rounds] = ['runs', 'tokens', 'pace', 'rounds'].map((name) => Number(options[name]));
const home = fileURLToPath(new URL('..', import.meta.url));
const data = `${home}.chatterbox/bench-ai`;
const state = `${data}/state.json`;
const STARTS_WITHIN_MS = 180_000;
const ENDS_WITHIN_MS = 120_000;
const TICKS_PER_SECOND = 100;
const AT_A_TIME = 20;

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function rows() {
  try {
    return JSON.parse(readFileSync(state, 'utf8'));
  } catch {
    return [];
  }
}

async function start() {
  rmSync(state, { force: true });
  mkdirSync(data, { recursive: true });
  const set = {
    'chatterbox.auth.password.memory-kib': 64,
    'chatterbox.auth.password.iterations': 1,
    'chatterbox.ai.runs.most': runs,
  };
  const stack = spawn(
    `${home}chatterbox`,
    ['up', '--data', data, '--reset', '--free-ports', '--no-limits', '--demo-ai'].concat(
      Object.entries(set).flatMap(([key, value]) => ['--set', `${key}=${value}`]),
    ),
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise((resolve) => stack.once('exit', resolve));
  let isThere = false;
  stack.stdout.on('data', (text) => (isThere ||= String(text).includes('is ready: ')));
  for (const end = Date.now() + STARTS_WITHIN_MS; !isThere; await sleep(200)) {
    if (stack.exitCode !== null || Date.now() > end) {
      stack.kill();
      throw new Error('the stack does not start');
    }
  }
  return {
    pid: stack.pid,
    stop() {
      stack.kill();
      return ended;
    },
  };
}

/** Seconds of CPU so far. */
function cpu(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

const megabytes = (pid) => Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]) / 1024;

const percentile = (values, share) => values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)];

async function inTurns(list, work) {
  const results = [];
  for (let i = 0; i < list.length; i += AT_A_TIME) {
    results.push(...(await Promise.all(list.slice(i, i + AT_A_TIME).map(work))));
  }
  return results;
}

/** All ask at once; resolves when all are answered. */
async function round(askers, content) {
  const firsts = [];
  const taken = [];
  const failed = [];
  let events = 0;
  let stored = 0;
  const began = Date.now();
  await Promise.all(
    askers.map(async ({ socket, conversationId }) => {
      const asked = Date.now();
      let isFirst = true;
      const hear = () => {
        events++;
        if (isFirst) {
          firsts.push(Date.now() - asked);
          isFirst = false;
        }
      };
      socket.on('ai-stream', hear);
      const end = new Promise((resolve, reject) => {
        setTimeout(() => reject(new Error('an answer does not end')), ENDS_WITHIN_MS).unref();
        socket.once('ai-complete', resolve);
        socket.once('ai-error', resolve);
      });
      const answer = await socket.timeout(ENDS_WITHIN_MS).emitWithAck('ai-message', { conversationId, content });
      taken.push(Date.now() - asked);
      if (!answer.success) {
        failed.push(answer.error.code);
      } else {
        const { code, usage } = await end;
        stored += usage?.completionTokens ?? 0;
        failed.push(...(code ? [code] : []));
      }
      socket.off('ai-stream', hear);
    }),
  );
  return { seconds: (Date.now() - began) / 1000, events, firsts, taken, failed, tokens: stored };
}

/** What the report says of a round. */
function record(results, result, processes) {
  const name = `${runs} answers at once, ${pace} tokens/s each`;
  const add = (unit, value, better, chart) => results.add('1 ai-service', { name, unit, better, chart }, value);
  add('tokens/s', result.tokens / result.seconds, 'more');
  add('ai-stream/s', result.events / result.seconds, 'more');
  add('ms to the acknowledgement, p99', percentile(result.taken, 0.99), 'less');
  add('ms to the first part, p99', percentile(result.firsts, 0.99), 'less');
  for (const [service, micros] of processes) {
    const measure = { name: service, unit: 'CPU-µs per token', better: 'less', chart: 'CPU time for each token' };
    results.add('1 ai-service', measure, micros);
  }
}

async function main() {
  const results = new Results({
    bench: 'ai',
    title: 'The assistant',
    about: `${runs} people ask at the same moment and are answered ${tokens} tokens each by a demonstration provider, over one replica of each service.`,
  });
  const stack = await start();
  const gateways = rows().filter((row) => row.service === 'gateway');
  process.env.CHATTERBOX_GATEWAYS = gateways.map(({ port }) => `http://127.0.0.1:${port}`).join(',');
  try {
    const { direct, person } = await import('../e2e/node/support.mjs');
    const { io } = await import('../e2e/node/node_modules/socket.io-client/build/esm/index.js');
    const hub = await person('hub');
    const askers = await inTurns(Array.from({ length: runs }), async () => {
      const someone = await person('asker');
      const { _id: conversationId } = await direct(someone, hub);
      const socket = io(process.env.CHATTERBOX_GATEWAYS, {
        auth: { token: someone.accessToken },
        transports: ['websocket'],
        forceNew: true,
      });
      await new Promise((resolve) => socket.once('authenticated', resolve));
      return { socket, conversationId };
    });
    const watched = rows().filter((row) => row.pid && ['ai', 'gateway', 'chat', 'redis', 'mongodb'].includes(row.service));
    watched.push({ service: 'provider and supervisor', pid: stack.pid }, { service: 'clients', pid: process.pid });
    for (let i = 0; i < rounds; i++) {
      const before = watched.map(({ pid }) => cpu(pid));
      const result = await round(askers, `demo:tokens=${tokens} demo:pace=${pace}`);
      if (result.failed.length > 0) {
        console.log(`failed: ${result.failed}`);
      }
      if (i === 0) {
        continue;
      }
      const seconds = result.seconds.toFixed(1);
      console.log(`\n${runs} answers of ${tokens} tokens at ${pace}/s in ${seconds} s (at the least ${tokens / pace} s)\n`);
      console.log(`- tokens/s: ${(result.tokens / result.seconds).toFixed(0)}, ai-stream/s: ${(result.events / result.seconds).toFixed(0)}`);
      const spread = (values) => `p50 ${percentile(values, 0.5)} ms, p99 ${percentile(values, 0.99)} ms`;
      console.log(`- from asking to the acknowledgement: ${spread(result.taken)}`);
      console.log(`- from asking to the first part: ${spread(result.firsts)}\n`);
      console.log('| process | CPU-µs per token | share of a core | resident MB |\n|---|---|---|---|');
      const perToken = [];
      watched.forEach(({ service, pid }, index) => {
        const spent = cpu(pid) - before[index];
        perToken.push([service, (spent * 1e6) / result.tokens]);
        const cells = [(spent * 1e6) / result.tokens, (spent / result.seconds) * 100, megabytes(pid)];
        console.log(`| ${service} | ${cells[0].toFixed(1)} | ${cells[1].toFixed(0)} % | ${cells[2].toFixed(0)} |`);
      });
      record(results, result, perToken);
    }
    results.write(options.json);
    askers.forEach(({ socket }) => socket.close());
  } finally {
    await stack.stop();
  }
}

main().then(() => process.exit(0), (error) => {
  console.error(error);
  process.exit(1);
});
