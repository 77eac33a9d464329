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
import { call, direct, gateways, pause, person, pick } from '../support.mjs';
import { balance } from './balancer.mjs';
import { compare, misheard, unread } from './compare.mjs';
import { Device } from './device.mjs';
import { Processes, faults } from './faults.mjs';
import { Place, Violations } from './ledger.mjs';
import { Mover } from './mover.mjs';

const SETTLES_WITHIN_MS = 60_000;
const DENSE_WITHIN_MS = 20_000;
const HEALS_WITHIN_MS = 60_000;
const GROUPS = 2;
const GROUP_SIZE = 5;

// as an app does that does not let its user go on typing for ever
const MOST_PENDING = 8;

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
  for (let i = 0; i < GROUPS; i++) {
    const members = people.slice(i * GROUP_SIZE, (i + 1) * GROUP_SIZE);
    const made = await call('POST', '/api/conversations/group', {
      token: members[0].accessToken,
      body: { name: `check ${i}`, participants: members.slice(1).map((one) => one._id) },
    });
    places.push(new Place('conversation', made.body.data._id, members, members[0]));
  }
  for (let i = 0; i < 3; i++) {
    const name = `check-${Date.now().toString(36)}-${i}`;
    await call('POST', '/api/rooms', { token: people[0].accessToken, body: { name } });
    places.push(new Place('room', name, people.filter((_, index) => index % 3 === i)));
  }
  return { people, places };
}

/** What a person is told, at any gateway. */
async function asked(path, someone) {
  for (;;) {
    const answer = await call('GET', path, { token: someone.accessToken, gateway: pick(gateways) });
    if (answer.status === 200) {
      return answer.body.data;
    }
    if (answer.status < 500) {
      throw new Error(`${path} answered ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    await pause(500);
  }
}

async function stored(place) {
  const messages = [];
  let before = '';
  do {
    const page = await asked(`${place.history}?limit=100${before}`, place.witness);
    messages.push(...page.messages);
    before = page.pagination.hasMore ? `&before=${page.pagination.before}` : undefined;
  } while (before !== undefined);
  return messages.reverse();
}

async function checkUnread(place, messages, violations) {
  for (const someone of place.people.filter((each) => !place.isRoom && !place.wasEverOut(each))) {
    const { least, most } = place.pointers.get(someone._id);
    const found = (await asked(place.path, someone)).unread;
    if (found > unread(messages, someone, least) || found < unread(messages, someone, most)) {
      violations.add('unread', `${someone.username} in ${place.id}: ${found} with a pointer from ${least} to ${most}`);
    }
  }
}

/** Everybody hears to the end, and takes everything for what it is. */
async function checkHeard(place, messages, devices, denseBy, violations) {
  const head = messages.length;
  const hearings = devices.filter((device) => device.places.includes(place)).map((device) => device.hearings.get(place));
  await until(denseBy - Date.now(), () => hearings.every((one) => one.last === head && misheard(one, messages).length === 0));
  for (const hearing of hearings) {
    if (hearing.last !== head) {
      violations.add('not heard to the end', `${hearing.who} in ${place.name}: ${hearing.last} of ${head}`);
    }
    misheard(hearing, messages).forEach((words) => violations.add('taken for something else', `${hearing.who}: ${words}`));
  }
}

async function main() {
  const violations = new Violations();
  const processes = options.state ? new Processes(options.state) : undefined;
  const proxies = process.env.CHATTERBOX_PROXIES ? new Proxies(process.env.CHATTERBOX_PROXIES) : undefined;
  const balancer = await balance(gateways);
  const { people, places } = await setting();
  const devices = people.flatMap((someone, index) =>
    ['a', 'b'].map((letter) => {
      const own = places.filter((place) => place.people.includes(someone));
      return new Device(`${index}${letter}`, someone, own, {
        url: balancer.url,
        violations,
        silences: processes?.silences,
        emoji: letter === 'a' ? ['👍', '😂'] : ['🎉', '🔥'],
        options: letter === 'b' && index % 4 === 0 ? { transports: ['polling'] } : {},
      });
    }),
  );
  if (!(await until(SETTLES_WITHIN_MS, () => devices.every((device) => device.isWhole)))) {
    throw new Error('not everyone could join before anything failed');
  }

  const keys = places.filter((place) => !place.isRoom).map((place) => `conversation:${place.id}`);
  const known = processes ? faults(processes, balancer, proxies, keys) : { names: [], find: () => {} };
  const wanted = { all: known.names, none: [] }[options.faults] ?? options.faults.split(',').map(trimmed);
  const unknown = wanted.filter((name) => !known.find(name));
  if (unknown.length > 0) {
    throw new Error(`no such fault: ${unknown}; there are\n${known.names.join('\n')}`);
  }

  let running = true;
  const end = Date.now() + seconds * 1000;
  const talking = devices.map(async (device) => {
    while (running) {
      if (device.pending < MOST_PENDING) {
        device.act(pick(device.places)).catch((error) => violations.add('failed', String(error.stack)));
      }
      await pause((2_000 / rate) * Math.random());
    }
  });
  const movers = places.filter((place) => place.admin).map((place) => new Mover(place, devices, violations));
  movers.forEach((mover) => mover.start());

  const table = [];
  const isOver = (turn) => (options.once ? turn >= wanted.length : Date.now() >= end);
  for (let turn = 0; wanted.length > 0 && !isOver(turn); turn++) {
    const name = wanted[turn % wanted.length];
    const began = Date.now();
    const before = devices.reduce((sum, device) => sum + device.acknowledged, 0);
    const to = await known.find(name)();
    const over = Date.now();
    await processes.whole(HEALS_WITHIN_MS);
    // healed when every device is back and something that it asked for after the fault was done
    const isWell = (device) => device.isWhole && device.lastDoneWell > over;
    if (!(await until(HEALS_WITHIN_MS, () => devices.every(isWell)))) {
      violations.add('not healed', `${name}: ${devices.filter((device) => !isWell(device)).map((device) => device.standing)}`);
    }
    const acknowledged = devices.reduce((sum, device) => sum + device.acknowledged, 0) - before;
    table.push({ fault: name, of: to ?? '', lasted: over - began, healed: Date.now() - over, acknowledged });
    console.log(`${name}${to ? ` (${to})` : ''}: healed after ${Date.now() - over} ms, ${acknowledged} acknowledged meanwhile`);
    await pause(1_000);
  }
  await pause(options.once ? 0 : Math.max(0, end - Date.now()));
  running = false;
  await Promise.all([...talking, ...movers.map((mover) => mover.stop())]);

  if (!(await until(SETTLES_WITHIN_MS, () => devices.every((device) => device.idle)))) {
    violations.add('never settled', `${devices.filter((device) => !device.idle).map((device) => device.name)}`);
  }
  if (!(await until(HEALS_WITHIN_MS, () => devices.every((device) => device.isWhole)))) {
    violations.add('not healed', `${devices.filter((device) => !device.isWhole).map((device) => device.standing)}`);
  }
  const denseBy = Date.now() + DENSE_WITHIN_MS;
  for (const place of places) {
    const messages = await stored(place);
    compare(place, messages, violations);
    await checkHeard(place, messages, devices, denseBy, violations);
    await checkUnread(place, messages, violations);
  }
  const letters = (await processes?.deadLetters()) ?? 0;
  if (letters > 0) {
    violations.add('given up for good', `${letters} commands`);
  }
  devices.forEach((device) => device.close());
  balancer.close();

  const sent = places.reduce((sum, place) => sum + place.sent.length, 0);
  const done = devices.reduce((sum, device) => sum + device.acknowledged, 0);
  const acknowledged = places.reduce((sum, place) => sum + place.sent.filter((each) => each.acknowledged).length, 0);
  const moves = movers.reduce((sum, mover) => sum + mover.moves, 0);
  console.log(
    `sent ${sent}, acknowledged ${acknowledged} and ${done - acknowledged} changes, removals ${moves}, ` +
      `sessions taken up again ${devices.reduce((sum, device) => sum + device.returns, 0)}, ` +
      `faults ${table.length}, violations ${violations.count}`,
  );
  violations.lines().forEach((line) => console.log(line));
  process.exitCode = violations.count === 0 && acknowledged > 0 ? 0 : 1;
}

const trimmed = (text) => text.trim();

main().catch((error) => {
  console.error(error);
  process.exit(2);
});
