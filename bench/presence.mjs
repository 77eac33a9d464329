// What presence costs on a running suite: Redis's work and round trips for each person who comes and
// goes, for heartbeats, and what one person's coming means to his contacts.
//
//   ./chatterbox bench presence [--people 500] [--contacts 400] [--seconds 20] [--json FILE]
//
// which starts a suite of its own, or on another one
//
//   CHATTERBOX_GATEWAYS=http://localhost:3000,http://localhost:3010 node bench/presence.mjs --state .chatterbox/state.json
//
// Numbers are of the whole suite less what it does when nobody does anything.
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { parseArgs } from 'node:util';
import { Processes } from '../e2e/node/check/faults.mjs';
import { Device, Watcher, acquaint, each, pause, register, until } from '../e2e/node/attacks/crowd.mjs';
import { gateways } from '../e2e/node/support.mjs';
import { Results } from './results.mjs';

const { values: options } = parseArgs({
  options: {
    state: { type: 'string', default: '.chatterbox/state.json' },
    people: { type: 'string', default: '500' },
    contacts: { type: 'string', default: '400' },
    seconds: { type: 'string', default: '20' },
    json: { type: 'string' },
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

const TICKS_PER_SECOND = 100;

/** Seconds of CPU that all replicas of a service have used so far. */
function cpuOf(service) {
  return processes
    .rows()
    .filter((row) => row.service === service && row.pid)
    .map((row) => readFileSync(`/proc/${row.pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' '))
    .reduce((sum, fields) => sum + (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND, 0);
}

const KEYS = ['cpu', 'gateway', 'presence', 'scripts', 'appended', 'published', 'subscribed'];

/** So far: seconds of Redis's CPU, commands outside of scripts, entries appended, messages published. */
async function spent() {
  const stats = await info('commandstats');
  const calls = (name) => Number(stats.match(new RegExp(`cmdstat_${name}:calls=(\\d+)`))?.[1] ?? 0);
  const cpu = await info('cpu');
  const seconds = (name) => Number(cpu.match(new RegExp(`${name}:([\\d.]+)`))?.[1] ?? 0);
  return {
    at: Date.now(),
    cpu: seconds('used_cpu_user') + seconds('used_cpu_sys'),
    gateway: cpuOf('gateway'),
    presence: cpuOf('presence'),
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
  for (const key of KEYS) {
    cost[key] = after[key] - before[key] - (idle?.[key] ?? 0) * elapsed;
  }
  return cost;
}

const results = new Results({
  bench: 'presence',
  title: 'Presence',
  about: `${people} people connect, send heartbeats and go, over two gateways and two presence-services; what the suite does when nobody does anything is taken off.`,
});

/** Prints what something cost, and keeps it for the report under the name `chart` where one is given. */
function print(what, cost, per, of, chart) {
  const values = {
    'Redis CPU µs': (cost.cpu * 1e6) / per,
    'gateways CPU µs': (cost.gateway * 1e6) / per,
    'presence CPU µs': (cost.presence * 1e6) / per,
    scripts: cost.scripts / per,
    'entries appended': cost.appended / per,
    'PUBLISH': cost.published / per,
  };
  for (const [name, value] of Object.entries(values)) {
    const isCpu = name.endsWith('CPU µs');
    const unit = isCpu ? `CPU-µs per ${of}` : `${name} per ${of}`;
    const measure = isCpu ? `${what}: ${name.replace(' CPU µs', '')}` : what;
    results.add('2 presence-services', { name: measure, unit, better: 'less', chart: isCpu ? chart : undefined }, value);
  }
  const row = Object.entries(values).map(([name, value]) => `${name} ${value.toFixed(2)}`);
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
  for (const key of KEYS) {
    idle[key] = nothing[key] / nothing.elapsed;
  }
  print('idle', nothing, nothing.elapsed, 'second');

  const devices = all.slice(1).map((someone) => new Device(someone));
  print('connect', await measure(async () => {
    await connect(devices);
    await pause(1_000);
  }, idle), devices.length, 'person', 'CPU time of one person who comes and goes');

  // signs of life are reported in turns of 32 s, so this is measured over a whole one
  let sent = 0;
  const beats = await measure(async () => {
    const end = Date.now() + 33_000;
    while (Date.now() < end) {
      await Promise.all(devices.map((device) => device.ask('heartbeat', {})));
      sent += devices.length;
      await pause(500);
    }
  }, idle);
  print(`heartbeats (${(sent / beats.elapsed / gateways.length).toFixed(0)} a second at each gateway)`,
    beats, beats.elapsed * gateways.length, 'gateway and second');

  print('disconnect', await measure(async () => {
    devices.forEach((device) => device.close());
    await pause(8_000);
  }, idle), devices.length, 'person', 'CPU time of one person who comes and goes');

  const watchers = company.map((someone) => new Watcher(someone, [star]));
  await connect(watchers);
  await until('all contacts are sure', () => watchers.every((watcher) => watcher.isSure));
  const one = new Device(star);
  one.connect(0);
  await until('all contacts know', () => watchers.every((watcher) => watcher.belief.get(star._id) === 'online'));
  await pause(5_000);
  const deliveries = watchers.reduce((sum, watcher) => sum + watcher.deliveries, 0);
  console.log(`one person with ${contacts} contacts comes: ${deliveries} deliveries`);
  results.write(options.json);
  [one, ...watchers].forEach((device) => device.close());
}

function connect(devices) {
  return each(devices, async (device, index) => {
    device.connect(index);
    await until('connected', () => device.isHere);
  });
}

main().then(() => process.exit(0), (error) => {
  console.error(error);
  process.exit(1);
});
