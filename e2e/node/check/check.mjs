// Many clients send at once while things fail; then what was acknowledged, stored and heard is
// compared. Ends with 1 if anything is not as promised.
//
//   node check/check.mjs --seconds 30 --state .chatterbox/state.json [--faults 'chat killed,…'|all|none]
//     [--people 24] [--rate 4]
import { parseArgs } from 'node:util';
import { call, direct, gateways, pause, person, pick } from '../support.mjs';
import { balance } from './balancer.mjs';
import { Device } from './device.mjs';
import { Processes, faults } from './faults.mjs';
import { Place, Violations, compare } from './ledger.mjs';

const SETTLES_WITHIN_MS = 60_000;
const DENSE_WITHIN_MS = 20_000;
const HEALS_WITHIN_MS = 60_000;

// as an app does that does not let its user go on typing for ever
const MOST_PENDING = 8;

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    state: { type: 'string' },
    faults: { type: 'string', default: 'all' },
    people: { type: 'string', default: '24' },
    rate: { type: 'string', default: '4' },
  },
});
const seconds = Number(options.seconds);
const rate = Number(options.rate);
async function until(ms, claim) {
  const end = Date.now() + ms;
  while (!claim()) {
    if (Date.now() > end) {
      return false;
    }
    await pause(50);
  }
  return true;
}

async function setting() {
  const people = [];
  for (let i = 0; i < Number(options.people); i++) {
    people.push(await person(`p${i}`));
  }
  const places = [];
  for (let i = 0; i < people.length; i++) {
    const pair = [people[i], people[(i + 1) % people.length]];
    places.push(new Place('conversation', (await direct(...pair))._id, pair));
  }
  for (let i = 0; i < 3; i++) {
    const name = `check-${Date.now().toString(36)}-${i}`;
    await call('POST', '/api/rooms', { token: people[0].accessToken, body: { name } });
    places.push(new Place('room', name, people.filter((_, index) => index % 3 === i)));
  }
  return { people, places };
}

async function stored(place) {
  const messages = [];
  let after;
  let before;
  do {
    const query = before === undefined ? '?limit=100' : `?limit=100&before=${before}`;
    const answer = await call('GET', place.history + query, {
      token: place.people[0].accessToken,
      gateway: pick(gateways),
    });
    if (answer.status === 503) {
      await pause(500);
      continue;
    }
    if (answer.status !== 200) {
      throw new Error(`history answered ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    messages.push(...answer.body.data.messages);
    after = answer.body.data.pagination;
    before = after.hasMore ? after.before : undefined;
  } while (before !== undefined || after === undefined);
  return messages.reverse();
}

async function main() {
  const violations = new Violations();
  const processes = options.state ? new Processes(options.state) : undefined;
  const balancer = await balance(gateways);
  const { people, places } = await setting();
  const devices = people.flatMap((someone, index) =>
    ['a', 'b'].map((letter) =>
      new Device(
        `${index}${letter}`,
        someone,
        places.filter((place) => place.people.includes(someone)),
        balancer.url,
        violations,
        letter === 'b' && index % 4 === 0 ? { transports: ['polling'] } : {},
      ),
    ),
  );
  if (!(await until(SETTLES_WITHIN_MS, () => devices.every((device) => device.isWhole)))) {
    throw new Error('not everyone could join before anything failed');
  }

  const known = processes ? faults(processes, balancer) : {};
  const wanted = { all: Object.keys(known), none: [] }[options.faults] ?? options.faults.split(',');
  const unknown = wanted.filter((name) => !known[name]);
  if (unknown.length > 0) {
    throw new Error(`no such fault: ${unknown}; there are ${Object.keys(known)}`);
  }

  let running = true;
  const end = Date.now() + seconds * 1000;
  const talking = devices.map(async (device) => {
    while (running) {
      if (device.pending < MOST_PENDING) {
        device
          .send(pick(device.places), { again: Math.random() < 0.9 })
          .catch((error) => violations.add('failed', String(error)));
      }
      await pause((2_000 / rate) * Math.random());
    }
  });

  const table = [];
  for (let turn = 0; Date.now() < end; turn++) {
    if (wanted.length === 0) {
      await pause(Math.max(0, end - Date.now()));
      break;
    }
    const name = wanted[turn % wanted.length];
    const began = Date.now();
    const before = devices.reduce((sum, device) => sum + device.acknowledged, 0);
    const to = await known[name]();
    const over = Date.now();
    await processes.whole(HEALS_WITHIN_MS);
    // healed when every device is back and something that it sent after the fault was acknowledged
    const healed = await until(HEALS_WITHIN_MS, () =>
      devices.every((device) => device.isWhole && device.lastSentWell > over),
    );
    if (!healed) {
      violations.add('not healed', `${name}: ${devices.filter((device) => !device.isWhole || device.lastSentWell <= over).map((device) => device.standing)}`);
    }
    const acknowledged = devices.reduce((sum, device) => sum + device.acknowledged, 0) - before;
    table.push({ fault: name, of: to ?? '', lasted: over - began, healed: Date.now() - over, acknowledged });
    console.log(`${name}${to ? ` (${to})` : ''}: healed after ${Date.now() - over} ms, ${acknowledged} acknowledged meanwhile`);
    await pause(1_000);
  }
  running = false;
  await Promise.all(talking);

  if (!(await until(SETTLES_WITHIN_MS, () => devices.every((device) => device.idle)))) {
    violations.add('never settled', `${devices.filter((device) => !device.idle).map((device) => device.name)}`);
  }
  await until(HEALS_WITHIN_MS, () => devices.every((device) => device.isWhole));
  const denseBy = Date.now() + DENSE_WITHIN_MS;
  for (const place of places) {
    const messages = await stored(place);
    compare(place, messages, violations);
    const head = messages.length;
    const listeners = devices.filter((device) => device.places.includes(place));
    await until(denseBy - Date.now(), () => listeners.every((device) => device.hearings.get(place).last === head));
    for (const device of listeners) {
      const { last } = device.hearings.get(place);
      if (last !== head) {
        violations.add('not heard to the end', `${device.name} in ${place.id}: ${last} of ${head}`);
      }
    }
  }
  devices.forEach((device) => device.close());
  balancer.close();

  const sent = places.reduce((sum, place) => sum + place.sent.length, 0);
  const acknowledged = places.reduce((sum, place) => sum + place.sent.filter((each) => each.acknowledged).length, 0);
  console.log(`sent ${sent}, acknowledged ${acknowledged}, faults ${table.length}, violations ${violations.count}`);
  violations.lines().forEach((line) => console.log(line));
  process.exitCode = violations.count === 0 && acknowledged > 0 ? 0 : 1;
}

main().catch((error) => {
  console.error(error);
  process.exit(2);
});
