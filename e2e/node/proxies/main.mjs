// Stands between a stack and its stores, and does to them what attacks ask for.
//
//   node proxies/main.mjs --state .chatterbox/state.json --redis 7001 --mongo 7002 --control 7003 [--apart 7004]
//
// The stack is told of it by its settings quarkus.redis.hosts and quarkus.mongodb.connection-string. Who is
// told of --apart instead of --redis can be cut off from Redis alone.
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { Processes } from '../check/faults.mjs';
import { MongoProxy } from './mongo.mjs';
import { RedisProxy } from './redis.mjs';

const { values: options } = parseArgs({
  options: {
    state: { type: 'string' },
    redis: { type: 'string' },
    mongo: { type: 'string' },
    control: { type: 'string' },
    apart: { type: 'string' },
  },
});
const processes = new Processes(options.state);
const redis = new RedisProxy(() => portOf('redis'));
const mongo = new MongoProxy(() => portOf('mongodb'));

function portOf(store) {
  try {
    return processes.row(store).port;
  } catch {
    // nothing listens there: the client is told that nobody is here, and comes again
    return 1;
  }
}

/** Kills the replica that writes what belongs to that key. */
async function killOwnerOf(key) {
  const owner = await processes.ownerOf(key);
  console.log(`${new Date().toISOString()} kill ${owner ? `chat-${owner.replica} (${owner.pid})` : 'nobody'} for ${key}`);
  if (owner) {
    processes.signal(owner, 'SIGKILL');
  }
  return owner ? `chat-${owner.replica}` : 'nobody';
}

/** Resolves when the writer of the key was killed at that point, or with nothing after a while. */
function strike({ at, key, flush, within }) {
  return new Promise((resolve) => {
    const one = {
      at,
      key,
      id: key.slice(key.indexOf(':') + 1),
      hit: async () => {
        end();
        const killed = await killOwnerOf(key);
        if (flush) {
          await processes.flush();
        }
        resolve({ killed });
      },
    };
    const end = () => {
      clearTimeout(timer);
      redis.strike = undefined;
      mongo.strike = undefined;
    };
    const timer = setTimeout(() => {
      end();
      resolve({});
    }, within);
    redis.strike = one;
    mongo.strike = one;
  });
}

const kills = [];
const orders = {
  strike,
  redis: (rules) => redis.rules(rules),
  mongo: ({ away = false, poison }) => {
    mongo.away(away);
    kills.length = 0;
    mongo.poison = poison && { marker: poison.marker, hit: async () => kills.push(await killOwnerOf(poison.key)) };
  },
  about: () => ({ lost: redis.lost, kills }),
};

createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) {
    body += chunk;
  }
  try {
    const answer = await orders[request.url.slice(1)](JSON.parse(body));
    response.end(JSON.stringify(answer ?? {}));
  } catch (error) {
    response.statusCode = 500;
    response.end(JSON.stringify({ error: String(error) }));
  }
}).listen(Number(options.control), '127.0.0.1');
redis.listen(Number(options.redis));
if (options.apart) {
  redis.listen(Number(options.apart), true);
}
mongo.listen(Number(options.mongo));
// ends with whoever started it
const parent = process.ppid;
setInterval(() => process.ppid !== parent && process.exit(0), 500);
