// What may happen to a suite: processes that are killed or stand still, stores that pause or forget,
// what proxies before the stores can do, floods, and clocks that jump.
import { pause, pick } from '../support.mjs';
import { allClocksAreOff, someClocksAreOff } from './clocks.mjs';
import { Cluster } from './cluster.mjs';
import { commandStreamFull, slowReader } from './floods.mjs';
import { Processes, partitionOf } from './processes.mjs';
import { storm } from './storm.mjs';

export { Processes, partitionOf };

const SERVICES = ['gateway', 'chat', 'presence', 'ai', 'auth'];
const STORES = ['redis', 'mongodb'];
const STEPS = ['inserted', 'applied', 'published', 'replied', 'before deleting'];

/**
 * Name → what is done, each with the number that the name holds; resolves when it is over, with what
 * it was done to.
 */
function known({ processes, balancer, proxies, scene }) {
  const seconds = (work) => (count) => work(count * 1_000);
  const frozen = (service) => seconds((ms) => processes.freeze(service, ms));
  const always = {
    ...Object.fromEntries([...SERVICES, ...STORES].map((each) => [`${each} killed`, () => processes.kill(each)])),
    ...Object.fromEntries([...SERVICES, ...STORES].map((each) => [`${each} stands still for 8 s`, frozen(each)])),
    ...Object.fromEntries(SERVICES.map((each) => [`${each} drained`, () => processes.drain(each)])),
    'connections cut': async () => balancer.cut(0.5),
    'redis emptied': () => processes.flush().then(() => undefined),
    'redis emptied and stands still for 20 s': seconds(async (ms) => {
      await processes.flush();
      return processes.freeze('redis', ms);
    }),
    'a command stream is full': () => commandStreamFull(processes, scene),
    'a slow reader in a flooded room': () => slowReader(scene),
    '2000 clients come back at once': (count) => storm(count, scene.people),
    'some clocks go an hour ahead for 10 s': seconds((ms) => someClocksAreOff(processes, 'PT1H', ms)),
    'some clocks go an hour back for 10 s': seconds((ms) => someClocksAreOff(processes, '-PT1H', ms)),
    'all clocks go an hour ahead for 10 s': seconds((ms) => allClocksAreOff(processes, 'PT1H', ms)),
  };
  if (processes.isCluster) {
    const cluster = new Cluster(processes);
    // where commands wait about one of the keys
    const stream = () => `{chat:${partitionOf(pick(scene.keys))}}:commands`;
    Object.assign(always, {
      'a slot moves': () => cluster.move(stream()),
      'a redis master fails over': () => cluster.failOver(stream()),
      'a redis master stands still until replaced and for 3 s': seconds((ms) => cluster.freeze(stream(), ms)),
    });
  }
  if (!proxies) {
    return always;
  }
  const struck = (at, flush) => async () => {
    const { killed } = await proxies.strike(at, pick(scene.keys), { flush });
    if (!killed) {
      throw new Error(`nothing was ${at}`);
    }
    return killed;
  };
  const under = (rules) =>
    seconds(async (ms) => {
      await proxies.redis(rules);
      await pause(ms);
      await proxies.redis();
    });
  return {
    ...always,
    ...Object.fromEntries(
      STEPS.flatMap((at) => {
        const name = at.startsWith('before') ? `chat killed ${at}` : `chat killed when it had ${at}`;
        return [
          [name, struck(at, false)],
          [`${name} and redis emptied`, struck(at, true)],
        ];
      }),
    ),
    'a third of what is published is lost for 10 s': under({ drop: [{ channel: '', share: 0.3 }] }),
    'subscriptions take long for 10 s': under({ delaySubscribe: [50, 500] }),
    'a gateway cut off from redis for 10 s': under({ cut: 'gone' }),
    'a gateway unheard by redis for 10 s': under({ cut: 'silent' }),
    'mongodb stopped for 15 s': seconds(async (ms) => {
      await proxies.mongo({ away: true });
      await processes.drain('mongodb');
      await pause(ms);
      await proxies.mongo();
    }),
  };
}

const NUMBER = /\d+/;
const unnumbered = (name) => name.replace(NUMBER, 'N');

/**
 * {names, find(name)}: the faults there are, and how to do one, with the number that its name holds.
 *
 * @param world {processes, balancer, proxies?, scene}
 */
export function faults(world) {
  const all = known(world);
  return {
    names: Object.keys(all),
    find(name) {
      const like = Object.keys(all).find((each) => unnumbered(each) === unnumbered(name));
      return like && (() => all[like](Number(NUMBER.exec(name)?.[0] ?? 0)));
    },
  };
}
