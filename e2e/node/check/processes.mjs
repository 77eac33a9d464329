// The processes of a running stack, and what may be done to them from outside.
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { dirname } from 'node:path';
import { pause, pick } from '../support.mjs';

const PARTITIONS = 32;
const ANSWERS_WITHIN_MS = 5_000;

/** The processes of a running stack, as its state file tells them. */
export class Processes {
  /** @param stateFile where `./chatterbox status --json` reads too */
  constructor(stateFile) {
    this.stateFile = stateFile;
    /** When gateways stood still, as [from, to]: nobody can answer then. */
    this.silences = [];
  }

  rows() {
    return JSON.parse(readFileSync(this.stateFile, 'utf8'));
  }

  /** One service's or store's row. */
  row(service, replica = 1) {
    const row = this.rows().find((each) => each.service === service && each.replica === replica);
    if (!row) {
      throw new Error(`there is no ${service}-${replica}`);
    }
    return row;
  }

  one(service) {
    const row = pick(this.rows().filter((each) => each.service === service && each.state === 'ready' && each.pid));
    if (!row) {
      throw new Error(`no ${service} is ready`);
    }
    return row;
  }

  signal(row, name) {
    try {
      process.kill(row.pid, name);
    } catch (error) {
      if (error.code !== 'ESRCH') {
        throw error;
      }
    }
  }

  /** Kills a replica as a crash does; the stack starts it again. */
  kill(service) {
    return this.end(this.one(service), 'SIGKILL');
  }

  /** The replicas of a service. */
  all(service) {
    return this.rows().filter((each) => each.service === service);
  }

  /** Lets a process stand still for some time. */
  async freeze(service, ms) {
    const row = this.one(service);
    const silence = [Date.now(), Infinity];
    if (service === 'gateway') {
      this.silences.push(silence);
    }
    this.signal(row, 'SIGSTOP');
    await pause(ms);
    this.signal(row, 'SIGCONT');
    silence[1] = Date.now();
    return `${service}-${row.replica}`;
  }

  /** Tells a replica to end as a rolling update does; the stack starts it again. */
  drain(service) {
    return this.end(this.one(service), 'SIGTERM');
  }

  /** Ends a process so; resolves when the stack has seen that it is no more. */
  async end(row, signal) {
    this.signal(row, signal);
    while (this.rows().some((each) => each.pid === row.pid && each.state === 'ready')) {
      await pause(50);
    }
    return `${row.service}-${row.replica}`;
  }

  /** Waits until every process is ready. */
  async whole(ms) {
    const end = Date.now() + ms;
    while (this.rows().some((row) => row.state !== 'ready' && row.state !== 'external')) {
      if (Date.now() > end) {
        throw new Error(`not ready: ${this.rows().filter((row) => row.state !== 'ready').map((row) => row.service)}`);
      }
      await pause(200);
    }
  }

  /** Whether Redis is a cluster. */
  get isCluster() {
    return this.all('redis').length > 1;
  }

  /** Has Redis do something, as it is written on a line; resolves to the last line of its answer. */
  async redis(line) {
    const ports = this.all('redis').map((row) => row.port);
    for (const port of ports.slice(0, -1)) {
      const answer = await this.#say(port, line).catch(() => '-MOVED');
      if (!/^-(MOVED|ASK|READONLY|CLUSTERDOWN)/.test(answer)) {
        return answer;
      }
    }
    return this.#say(ports.at(-1), line);
  }

  #say(port, line) {
    return new Promise((resolve, reject) => {
      const socket = net.connect(port, '127.0.0.1', () => socket.write(`${line}\r\n`));
      socket.setTimeout(ANSWERS_WITHIN_MS, () => socket.destroy(new Error(`Redis does not answer ${line}`)));
      socket.once('data', (answer) => {
        socket.destroy();
        resolve(answer.toString().trimEnd().split('\r\n').at(-1));
      });
      socket.once('error', reject);
    });
  }

  /** Has Redis forget everything. */
  async flush() {
    const ports = this.all('redis').map((row) => row.port);
    // replicas refuse, and forget with their masters
    await Promise.all(ports.map((port) => this.#say(port, 'FLUSHALL')));
  }

  /** The row of the chat-service that writes what belongs to a key, or nothing. */
  async ownerOf(key) {
    const owner = await this.redis(`GET {chat:${partitionOf(key)}}:owner`);
    const replica = /^chat-(\d+)-/.exec(owner)?.[1];
    return replica && this.row('chat', Number(replica));
  }

  /** The folder of the stack's data. */
  get data() {
    return dirname(this.stateFile);
  }

  /** How many commands were given up for good. */
  async deadLetters() {
    let sum = 0;
    for (let partition = 0; partition < PARTITIONS; partition++) {
      sum += Number((await this.redis(`XLEN {chat:${partition}}:dead`)).slice(1));
    }
    return sum;
  }
}

/** As the contract's Service does it, which counts with numbers of 32 bits. */
export function partitionOf(key) {
  let hash = 0;
  for (let i = 0; i < key.length; i++) {
    hash = (Math.imul(hash, 31) + key.charCodeAt(i)) | 0;
  }
  hash ^= Math.imul(hash >>> 16, 0x9e3779b1);
  return hash & (PARTITIONS - 1);
}
