// What is asked in the end: is all that was acknowledged stored, and does everybody know it as it is?
import { call, gateways, pause, pick } from '../support.mjs';
import { compare, misheard, unread } from './compare.mjs';

const DENSE_WITHIN_MS = 20_000;
const LOOK_MS = 50;

/** Compares what every place holds with what was acknowledged in it and what every device heard. */
export async function judge(places, devices, violations) {
  const denseBy = Date.now() + DENSE_WITHIN_MS;
  for (const place of places) {
    const messages = await stored(place);
    compare(place, messages, violations);
    await checkHeard(place, messages, devices, denseBy, violations);
    await checkUnread(place, messages, violations);
  }
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
  const isDense = () => hearings.every((one) => one.last === head && misheard(one, messages).length === 0);
  while (!isDense() && Date.now() < denseBy) {
    await pause(LOOK_MS);
  }
  for (const hearing of hearings) {
    if (hearing.last !== head) {
      violations.add('not heard to the end', `${hearing.who} in ${place.name}: ${hearing.last} of ${head}`);
    }
    misheard(hearing, messages).forEach((words) => violations.add('taken for something else', `${hearing.who}: ${words}`));
  }
}
