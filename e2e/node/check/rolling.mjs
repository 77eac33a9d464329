// Every process of a suite is told to end, one after the other, as a rolling update does it, while
// people talk. Nothing acknowledged is lost, doubled or reordered, and nobody is away for long. Ends
// with 1 if that is not so.
//
//   node check/rolling.mjs --state .chatterbox/state.json [--people 100] [--rate 0.1] [--away 5000]
//
// The balancer before the gateways asks them whether they are ready, as one does in production. Clients
// come back as stock clients do that were told nothing.
import { parseArgs } from 'node:util';
import { gateways } from '../support.mjs';
import { balance } from './balancer.mjs';
import { Processes } from './faults.mjs';
import { Violations } from './ledger.mjs';
import { Scene } from './scene.mjs';

const SERVICES = ['gateway', 'chat', 'presence', 'ai', 'auth'];
const READY_WITHIN_MS = 120_000;
// what a gateway leaves between two, and the most that it takes for all
const PACE_MS = 50;
const DRAIN_MS = 10_000;
const FEW = 8;
const STOCK = { reconnectionDelay: 1_000, reconnectionDelayMax: 5_000 };

const { values: options } = parseArgs({
  options: {
    state: { type: 'string' },
    people: { type: 'string', default: '100' },
    rate: { type: 'string', default: '0.1' },
    away: { type: 'string', default: '5000' },
  },
});

/** Notes who was away for longer than that, or was told to stay away. */
function checkAbsences(devices, longest, violations) {
  for (const device of devices) {
    for (const { reason, ms, connecting } of device.absences) {
      if (ms > longest) {
        violations.add('away for long', `${device.name} for ${ms} ms after ${reason}, of them ${connecting} until it was connected`);
      }
      if (reason === 'io server disconnect') {
        violations.add('told to stay away', device.name);
      }
    }
  }
}

/** A gateway that ends closes its sockets one after the other, so that a fleet does not come back at once. */
function checkPace(name, devices, since, violations) {
  const times = devices
    .flatMap((device) => device.absences)
    .filter(({ at, reason }) => at >= since && reason === 'transport close')
    .map(({ at }) => at);
  const spread = Math.max(...times) - Math.min(...times);
  if (times.length >= FEW && spread < Math.min(times.length * PACE_MS, DRAIN_MS) / 2) {
    violations.add('closed at once', `${name}: ${times.length} sockets within ${spread} ms`);
  }
}

async function main() {
  const violations = new Violations();
  const processes = new Processes(options.state);
  const balancer = await balance(gateways, { asksWhoIsReady: true });
  const scene = await Scene.open(Number(options.people), {
    url: balancer.url,
    rate: Number(options.rate),
    violations,
    silences: processes.silences,
    options: STOCK,
  });
  scene.start();
  const turns = SERVICES.flatMap((service) => processes.rows().filter((row) => row.service === service));
  for (const row of turns) {
    const name = `${row.service}-${row.replica}`;
    const began = Date.now();
    const before = scene.devices.reduce((sum, device) => sum + device.absences.length, 0);
    const done = scene.done;
    await processes.end(row, 'SIGTERM');
    const ended = Date.now() - began;
    await processes.whole(READY_WITHIN_MS);
    await scene.healed(name, (device) => device.isWhole);
    if (row.service === 'gateway') {
      checkPace(name, scene.devices, began, violations);
    }
    const moved = scene.devices.reduce((sum, device) => sum + device.absences.length, 0) - before;
    console.log(`${name}: ended after ${ended} ms, all whole after ${Date.now() - began} ms, ${moved} came back, ${scene.done - done} acknowledged`);
  }
  await scene.end();
  checkAbsences(scene.devices, Number(options.away), violations);
  const letters = await processes.deadLetters();
  if (letters > 0) {
    violations.add('given up for good', `${letters} commands`);
  }
  scene.close();
  balancer.close();

  const absences = scene.devices.flatMap((device) => device.absences);
  const most = (share, of) => absences.map(of).sort((a, b) => a - b)[Math.floor(share * (absences.length - 1))];
  console.log(
    `${turns.length} processes, ${scene.devices.length} clients; away ${absences.length} times, half of them for ` +
      `${most(0.5, ({ ms }) => ms)} ms at most (connected after ${most(0.5, ({ connecting }) => connecting)}), ` +
      `all for ${most(1, ({ ms }) => ms)} ms at most`,
  );
  console.log(`${scene.summary()}, violations ${violations.count}`);
  violations.lines().forEach((line) => console.log(line));
  process.exitCode = violations.count === 0 && scene.acknowledged > 0 ? 0 : 1;
}

// whatever a fault has left open
main().then(
  () => process.exit(),
  (error) => {
    console.error(error);
    process.exit(2);
  },
);
