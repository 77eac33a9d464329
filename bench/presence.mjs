// What presence costs on a running suite: Redis's work and round trips for each person who comes and
// goes, for heartbeats, and what one person's coming means to his contacts.
//
//   ./chatterbox up --no-limits --replicas gateway=2 --set chatterbox.auth.password.memory-kib=64
//   CHATTERBOX_GATEWAYS=http://localhost:3000,http://localhost:3010 node bench/presence.mjs
//     [--state .chatterbox/state.json] [--people 500] [--contacts 500] [--seconds 20]
//
// Numbers are of the whole suite less what it does when nobody does anything.
import net from 'node:net';
import { parseArgs } from 'node:util';
import { Processes } from '../e2e/node/check/faults.mjs';
import { Device, Watcher, acquaint, each, pause, register, until } from '../e2e/node/attacks/crowd.mjs';
import { gateways } from '../e2e/node/support.mjs';

const { values: options } = parseArgs({
  options: {
    state: { type: 'string', default: '.chatterbox/state.json' },
    people: { type: 'string', default: '500' },
    contacts: { type: 'string', default: '500' },
    seconds: { type: 'string', default: '20' },
  },
});
const people = Number(options.people);
const contacts = Math.min(Number(options.contacts), people - 1);
const seconds = Number(options.seconds);
const processes = new Processes(options.state);

/** Redis's answer to a line of which the answer is one block of text. */
function info(section) {
  const { port } = processes.rows().find((row) => row.service === 'redis');
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = net.connect(port, '127.0.0.1', () => socket.write(`INFO ${section}\r\nQUIT\r\n`));
    socket.on('data', (data) => (text += data));
    socket.once('end', () => resolve(text));
    socket.once('error', reject);
  });
}

const APPENDED = 'xadd';

/** So far: seconds of Redis's CPU, commands outside of scripts, entries appended, messages published. */
async function spent() {
  const stats = await info('commandstats');
  const calls = (name) => Number(stats.match(new RegExp(`cmdstat_${name}:calls=(\\d+)`))?.[1] ?? 0);
  const cpu = await info('cpu');
  const seconds = (name) => Number(cpu.match(new RegExp(`${name}:([\\d.]+)`))?.[1] ?? 0);
  return {
    at: Date.now(),
    cpu: seconds('used_cpu_user') + seconds('used_cpu_sys'),
    scripts: calls('evalsha') + calls('eval'),
    appended: calls(APPENDED),
    published: calls('publish'),
    subscribed: calls('subscribe'),
  };
}

/** What the work takes, less what the same time costs when idle. */
async function measure(work, idle) {
  const before = await spent();
  await work();
  const after = await spent();
  const elapsed = (after.at - before.at) / 1000;
  const cost = { elapsed };
  for (const key of ['cpu', 'scripts', 'appended', 'published', 'subscribed']) {
    cost[key] = after[key] - before[key] - (idle?.[key] ?? 0) * elapsed;
  }
  return cost;
}

function print(what, cost, per, of) {
  const row = Object.entries({
    'Redis CPU µs': (cost.cpu * 1e6) / per,
    scripts: cost.scripts / per,
    'entries appended': cost.appended / per,
    'PUBLISH': cost.published / per,
  }).map(([name, value]) => `${name} ${value.toFixed(2)}`);
  console.log(`${what}, per ${of}: ${row.join(', ')} (${cost.elapsed.toFixed(1)} s)`);
}

async function main() {
  const all = await register(people, 'bench');
  const star = all[0];
  const company = all.slice(1, contacts + 1);
  await acquaint(star, company);
  await pause(5_000);
  const nothing = await measure(() => pause(seconds * 1_000));
  const idle = {};
  for (const key of ['cpu', 'scripts', 'appended', 'published', 'subscribed']) {
    idle[key] = nothing[key] / nothing.elapsed;
  }
  print('idle', nothing, nothing.elapsed, 'second');

  const devices = all.slice(1).map((someone, index) =>
    index < contacts ? new Watcher(someone, [star]) : new Device(someone));
  print('connect', await measure(async () => {
    await each(devices, async (device, index) => {
      device.connect(index);
      await until('connected', () => device.isHere);
    });
    await pause(1_000);
  }, idle), devices.length, 'person');

  const one = new Device(star);
  one.connect(0);
  const watchers = devices.slice(0, contacts);
  await until('all contacts know', () => watchers.every((watcher) => watcher.belief.get(star._id) === 'online'));
  const deliveries = devices.reduce((sum, device) => sum + (device.deliveries ?? 0), 0);
  console.log(`one person with ${contacts} contacts comes: ${deliveries} deliveries`);

  // signs of life are reported in turns of 32 s, so this is measured over a whole one
  const beats = await measure(async () => {
    const end = Date.now() + 33_000;
    let sent = 0;
    while (Date.now() < end) {
      await Promise.all(devices.map((device) => device.ask('heartbeat', {})));
      sent += devices.length;
      await pause(500);
    }
    console.log(`heartbeats: ${sent}`);
  }, idle);
  print('heartbeats', beats, beats.elapsed * gateways.length, 'gateway and second');

  print('disconnect', await measure(async () => {
    devices.forEach((device) => device.close());
    await pause(8_000);
  }, idle), devices.length, 'person');
  one.close();
}

main().then(() => process.exit(0), (error) => {
  console.error(error);
  process.exit(1);
});
