// Every fault once, each under people of its own, and a table of what it did. Ends with 1 if anything was
// not as promised.
//
//   node check/table.mjs --state .chatterbox/state.json [--faults 'chat killed,…'] [--people 12] [--rate 2]
//     [--out table.md]
//
// "Healed" is the first moment after the fault's end at which every device has sent something after that
// end and had it acknowledged, has heard something that was sent after it, and has no place to join left;
// and signing in, asking for presence and the assistant have worked. A process that was killed has not
// been waited for. CHATTERBOX_PROXIES names the proxies before the stores.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Proxies } from '../proxies/control.mjs';
import { gateways, pause } from '../support.mjs';
import { balance } from './balancer.mjs';
import { faults } from './faults.mjs';
import { Ghosts } from './ghosts.mjs';
import { Violations } from './ledger.mjs';
import { Probes } from './probes.mjs';
import { Processes } from './processes.mjs';
import { COLUMNS, markdown, sorted } from './rows.mjs';
import { Scene, until } from './scene.mjs';
import { SignOut } from './signout.mjs';

const WHOLE_WITHIN_MS = 120_000;
const HEALS_WITHIN_MS = 90_000;
const LEAVE_AFTER_MS = 500;

const { values: options } = parseArgs({
  options: {
    state: { type: 'string' },
    faults: { type: 'string', default: '' },
    people: { type: 'string', default: '12' },
    rate: { type: 'string', default: '2' },
    out: { type: 'string' },
  },
});
const processes = new Processes(options.state);
const proxies = process.env.CHATTERBOX_PROXIES ? new Proxies(process.env.CHATTERBOX_PROXIES) : undefined;

/** Does one fault and tells what came of it. */
async function suffer(name) {
  const violations = new Violations();
  await processes.whole(WHOLE_WITHIN_MS);
  const balancer = await balance(gateways);
  const letters = await processes.deadLetters();
  processes.silences.length = 0;
  const { silences } = processes;
  const scene = await Scene.open(Number(options.people), { url: balancer.url, rate: Number(options.rate), violations, silences });
  const ghosts = await Ghosts.of(balancer.url, scene);
  const probes = await Probes.of(balancer.url);
  const signOut = await SignOut.of(name.includes('redis'));
  const began = Date.now();
  scene.start();
  await until(HEALS_WITHIN_MS, () => illOf(scene, probes, began).length === 0);

  const fault = faults({ processes, balancer, proxies, scene }).find(name);
  const start = Date.now();
  const going = pause(LEAVE_AFTER_MS).then(() => ghosts.leave());
  signOut.start();
  const of = await fault().catch((error) => violations.add('the fault failed', String(error.stack)));
  const over = Date.now();
  await going;
  // whoever was ill at the last look is why it took so long
  let last = [];
  const isOver = () => {
    const ill = illOf(scene, probes, over);
    last = ill.length > 0 ? ill : last;
    return ill.length === 0;
  };
  if (!(await until(HEALS_WITHIN_MS, isOver))) {
    violations.add('not healed', `${last}`);
  }
  const healed = Date.now() - over;
  await processes.whole(WHOLE_WITHIN_MS);
  await signOut.stop();
  await probes.stop();
  await scene.end();
  (await ghosts.found()).forEach((words) => violations.add('ghost', words));
  ghosts.close();
  const lost = (await processes.deadLetters()) - letters;
  if (lost > 0) {
    violations.add('given up for good', `${lost} commands`);
  }
  for (const [way, count] of Object.entries(signOut.letIn)) {
    if (count > 0) {
      violations.add('revoked token let in', `${way} ${count} times, last ${signOut.latest} ms after`);
    }
  }
  scene.close();
  balancer.close();
  return { name, of: of ?? '', lasted: over - start, healed, last, acknowledged: scene.done, violations };
}

const isBack = (device, since) => device.isWhole && device.lastDoneWell > since && device.lastHeard > since;

/** Who has not healed yet, in words. */
function illOf(scene, probes, since) {
  const devices = scene.devices.filter((device) => !isBack(device, since));
  const lacks = (device) => [
    ...(device.isWhole ? [] : ['a place']),
    ...(device.lastDoneWell > since ? [] : ['an answer']),
    ...(device.lastHeard > since ? [] : ['a message']),
  ];
  return [...probes.ill(since), ...devices.map((device) => `${device.standing} (${lacks(device)})`)];
}

function failed(name, error) {
  const violations = new Violations();
  violations.add('not done', String(error.stack));
  return { name, of: '', lasted: 0, healed: 0, last: [], acknowledged: 0, violations };
}

async function main() {
  const all = faults({ processes, proxies });
  const wanted = options.faults === '' ? all.names : options.faults.split(',').map((name) => name.trim());
  const unknown = wanted.filter((name) => !all.find(name));
  if (unknown.length > 0) {
    throw new Error(`no such fault: ${unknown}; there are\n${all.names.join('\n')}`);
  }
  const rows = [];
  for (const name of wanted) {
    // the others are to be seen all the same
    const row = await suffer(name).catch((error) => failed(name, error));
    rows.push(row);
    const seconds = (row.healed / 1_000).toFixed(1);
    console.log(`${name}${row.of ? ` (${row.of})` : ''}: healed after ${seconds} s, last ${row.last[0]}, violations ${row.violations.count}`);
    row.violations.lines().forEach((line) => console.log(`    ${line}`));
    if (options.out) {
      writeFileSync(options.out, markdown(rows));
    }
  }
  console.log(markdown(rows));
  const isGood = rows.every((row) => COLUMNS.every((column) => sorted(row.violations, column) === 0));
  process.exitCode = isGood ? 0 : 1;
}

// whatever a fault has left open
main().then(
  () => process.exit(),
  (error) => {
    console.error(error);
    process.exit(2);
  },
);
