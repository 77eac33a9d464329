// What an administrator, or bad luck, does to a Redis of several processes: slots move, masters are
// replaced. Talks to each process alone and follows nothing elsewhere.
import net from 'node:net';
import { pause } from '../support.mjs';

const ANSWERS_WITHIN_MS = 5_000;
const REPLACED_WITHIN_MS = 30_000;
const KEYS_AT_ONCE = 10;
const BYTES = 'latin1';

/** {value, end} of what begins there; nothing when not all of it is here. Refusals are Errors. */
function read(data, at = 0) {
  const line = data.indexOf('\r\n', at);
  if (line < 0) {
    return undefined;
  }
  const rest = data.toString(BYTES, at + 1, line);
  let end = line + 2;
  switch (String.fromCharCode(data[at])) {
    case '+':
      return { value: rest, end };
    case ':':
      return { value: Number(rest), end };
    case '-':
      return { value: new Error(rest), end };
    case '$': {
      if (rest === '-1') {
        return { value: null, end };
      }
      const to = end + Number(rest);
      return to + 2 <= data.length ? { value: data.toString(BYTES, end, to), end: to + 2 } : undefined;
    }
    default: {
      const list = [];
      for (let i = 0; i < Number(rest); i++) {
        const one = read(data, end);
        if (!one) {
          return undefined;
        }
        list.push(one.value);
        end = one.end;
      }
      return { value: list, end };
    }
  }
}

/** Asks one process; rejects with what it refuses. */
export function ask(port, ...words) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1');
    let data = Buffer.alloc(0);
    socket.setTimeout(ANSWERS_WITHIN_MS, () => socket.destroy(new Error(`Redis does not answer ${words.join(' ')}`)));
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      data = Buffer.concat([data, chunk]);
      const answer = read(data);
      if (answer) {
        socket.destroy();
        (answer.value instanceof Error ? reject : resolve)(answer.value);
      }
    });
    socket.on('close', () => reject(new Error('the connection ended')));
    const parts = words.map((word) => Buffer.from(String(word), BYTES));
    socket.write(
      Buffer.concat([
        Buffer.from(`*${parts.length}\r\n`),
        ...parts.flatMap((part) => [Buffer.from(`$${part.length}\r\n`), part, Buffer.from('\r\n')]),
      ]),
    );
  });
}

/** The processes of a stack's Redis Cluster. */
export class Cluster {
  /** @param processes of the stack */
  constructor(processes) {
    this.processes = processes;
  }

  #nodes() {
    return this.processes.rows().filter((row) => row.service === 'redis' && row.state === 'ready');
  }

  /** Has the first that can say so. */
  async #any(...words) {
    let last;
    for (const { port } of this.#nodes()) {
      try {
        return await ask(port, ...words);
      } catch (error) {
        last = error;
      }
    }
    throw last ?? new Error('no Redis is ready');
  }

  /** The row of a key's master. */
  async masterOf(key) {
    const slot = await this.#any('CLUSTER', 'KEYSLOT', key);
    const ranges = await this.#any('CLUSTER', 'SLOTS');
    const [, , [, port]] = ranges.find(([from, to]) => from <= slot && slot <= to);
    return this.#nodes().find((row) => row.port === port);
  }

  /** Moves a key's slot to another master, with all that is in it. */
  async move(key) {
    const slot = await this.#any('CLUSTER', 'KEYSLOT', key);
    const ranges = await this.#any('CLUSTER', 'SLOTS');
    const ports = [...new Set(ranges.map(([, , [, port]]) => port))];
    const from = (await this.masterOf(key)).port;
    const to = ports.find((port) => port !== from);
    const [fromId, toId] = [await ask(from, 'CLUSTER', 'MYID'), await ask(to, 'CLUSTER', 'MYID')];
    await ask(to, 'CLUSTER', 'SETSLOT', slot, 'IMPORTING', fromId);
    await ask(from, 'CLUSTER', 'SETSLOT', slot, 'MIGRATING', toId);
    let moved = 0;
    for (;;) {
      const keys = await ask(from, 'CLUSTER', 'GETKEYSINSLOT', slot, KEYS_AT_ONCE);
      if (keys.length === 0) {
        break;
      }
      for (const one of keys) {
        await ask(from, 'MIGRATE', '127.0.0.1', to, one, 0, ANSWERS_WITHIN_MS);
        moved++;
        // so that what is half moved is met by those who use it
        await pause(20);
      }
    }
    for (const port of [to, from, ...ports]) {
      await ask(port, 'CLUSTER', 'SETSLOT', slot, 'NODE', toId);
    }
    return `slot ${slot}, ${moved} keys`;
  }

  /** Lets the replica of a key's master take over, as before maintenance. */
  async failOver(key) {
    const before = await this.masterOf(key);
    const replica = await this.#replicaOf(before);
    await ask(replica.port, 'CLUSTER', 'FAILOVER');
    await this.#replaced(key, before);
    return `redis at ${before.port}`;
  }

  /** Lets a key's master stand still until another one is in its place, and a little longer. */
  async freeze(key, ms) {
    const before = await this.masterOf(key);
    this.processes.signal(before, 'SIGSTOP');
    try {
      await this.#replaced(key, before);
      await pause(ms);
    } finally {
      this.processes.signal(before, 'SIGCONT');
    }
    return `redis at ${before.port}`;
  }

  async #replicaOf(master) {
    const id = await ask(master.port, 'CLUSTER', 'MYID');
    const lines = (await this.#any('CLUSTER', 'NODES')).trim().split('\n');
    const line = lines.map((each) => each.split(' ')).find(([, , , of]) => of === id);
    const port = Number(/:(\d+)@/.exec(line?.[1] ?? '')?.[1]);
    return this.#nodes().find((row) => row.port === port);
  }

  async #replaced(key, before) {
    const end = Date.now() + REPLACED_WITHIN_MS;
    const others = () => this.#nodes().filter((row) => row.port !== before.port);
    for (;;) {
      for (const { port } of others()) {
        const slot = await ask(port, 'CLUSTER', 'KEYSLOT', key);
        const ranges = await ask(port, 'CLUSTER', 'SLOTS');
        const [, , [, now]] = ranges.find(([from, to]) => from <= slot && slot <= to) ?? [0, 0, [0, before.port]];
        if (now !== before.port) {
          return;
        }
      }
      if (Date.now() > end) {
        throw new Error(`nobody took over from ${before.port}`);
      }
      await pause(100);
    }
  }
}
