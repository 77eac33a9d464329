// Many clients send, change and read at once while things fail; then what was acknowledged, stored and
// heard is compared. Ends with 1 if anything is not as promised.
//
//   node check/check.mjs --seconds 30 --state .chatterbox/state.json [--faults 'chat killed,…'|all|none]
//     [--once] [--people 24] [--rate 4]
//
// With --once each fault is done once, however long that takes. CHATTERBOX_PROXIES names the proxies
// before the stores, if there are any.
import { parseArgs } from 'node:util';
import { Proxies } from '../proxies/control.mjs';
import { gateways, pause } from '../support.mjs';
import { balance } from './balancer.mjs';
import { Processes, faults } from './faults.mjs';
import { Violations } from './ledger.mjs';
import { Scene } from './scene.mjs';

const HEALS_WITHIN_MS = 60_000;

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    state: { type: 'string' },
    faults: { type: 'string', default: 'all' },
    once: { type: 'boolean', default: false },
    people: { type: 'string', default: '24' },
    rate: { type: 'string', default: '4' },
  },
});

async function main() {
  const violations = new Violations();
  const processes = options.state ? new Processes(options.state) : undefined;
  const proxies = process.env.CHATTERBOX_PROXIES ? new Proxies(process.env.CHATTERBOX_PROXIES) : undefined;
  const balancer = await balance(gateways);
  const scene = await Scene.open(Number(options.people), {
    url: balancer.url,
    rate: Number(options.rate),
    violations,
    silences: processes?.silences,
  });

  const known = processes ? faults({ processes, balancer, proxies, scene }) : { names: [], find: () => {} };
  const wanted = { all: known.names, none: [] }[options.faults] ?? options.faults.split(',').map(trimmed);
  const unknown = wanted.filter((name) => !known.find(name));
  if (unknown.length > 0) {
    throw new Error(`no such fault: ${unknown}; there are\n${known.names.join('\n')}`);
  }

  scene.start();
  const end = Date.now() + Number(options.seconds) * 1000;
  let count = 0;
  const isOver = () => (options.once ? count >= wanted.length : Date.now() >= end);
  for (; wanted.length > 0 && !isOver(); count++) {
    const name = wanted[count % wanted.length];
    const before = scene.done;
    const to = await known.find(name)();
    const over = Date.now();
    await processes.whole(HEALS_WITHIN_MS);
    // healed when every device is back and something that it asked for after the fault was done
    await scene.healed(name, (device) => device.isWhole && device.lastDoneWell > over);
    console.log(
      `${name}${to ? ` (${to})` : ''}: healed after ${Date.now() - over} ms, ${scene.done - before} acknowledged meanwhile`,
    );
    await pause(1_000);
  }
  await pause(options.once ? 0 : Math.max(0, end - Date.now()));
  await scene.end();
  const letters = (await processes?.deadLetters()) ?? 0;
  if (letters > 0) {
    violations.add('given up for good', `${letters} commands`);
  }
  scene.close();
  balancer.close();

  console.log(`${scene.summary()}, faults ${count}, violations ${violations.count}`);
  violations.lines().forEach((line) => console.log(line));
  process.exitCode = violations.count === 0 && scene.acknowledged > 0 ? 0 : 1;
}

const trimmed = (text) => text.trim();

// whatever a fault has left open
main().then(
  () => process.exit(),
  (error) => {
    console.error(error);
    process.exit(2);
  },
);
