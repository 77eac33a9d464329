// What may happen to a suite: processes that are killed or stand still, stores that pause or forget.
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { pause, pick } from '../support.mjs';

/** The processes of a running stack, as its state file tells them. */
export class Processes {
  /** @param stateFile where `./chatterbox status --json` reads too */
  constructor(stateFile) {
    this.stateFile = stateFile;
  }

  rows() {
    return JSON.parse(readFileSync(this.stateFile, 'utf8'));
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
    return this.#end(service, 'SIGKILL');
  }

  /** Lets a process stand still for some time. */
  async freeze(service, ms) {
    const row = this.one(service);
    this.signal(row, 'SIGSTOP');
    await pause(ms);
    this.signal(row, 'SIGCONT');
    return `${service}-${row.replica}`;
  }

  /** Tells a replica to end as a rolling update does; the stack starts it again. */
  drain(service) {
    return this.#end(service, 'SIGTERM');
  }

  /** Resolves when the stack has seen that the process is no more. */
  async #end(service, signal) {
    const row = this.one(service);
    this.signal(row, signal);
    while (this.rows().some((each) => each.pid === row.pid && each.state === 'ready')) {
      await pause(50);
    }
    return `${service}-${row.replica}`;
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

  /** Has Redis forget everything. */
  flush() {
    const { port } = this.rows().find((row) => row.service === 'redis');
    return new Promise((resolve, reject) => {
      const socket = net.connect(port, '127.0.0.1', () => socket.write('FLUSHALL\r\n'));
      socket.once('data', () => {
        socket.destroy();
        resolve();
      });
      socket.once('error', reject);
    });
  }
}

/** Name → what is done; each resolves when it is over, with what it was done to. */
export function faults(processes, balancer) {
  return {
    'gateway killed': () => processes.kill('gateway'),
    'gateway stands still for 5 s': () => processes.freeze('gateway', 5_000),
    'gateway drained': () => processes.drain('gateway'),
    'connections cut': async () => balancer.cut(0.5),
    'chat killed': () => processes.kill('chat'),
    'chat stands still for 8 s': () => processes.freeze('chat', 8_000),
    'chat drained': () => processes.drain('chat'),
    'redis emptied': () => processes.flush(),
    'redis killed': () => processes.kill('redis'),
    'redis stands still for 5 s': () => processes.freeze('redis', 5_000),
    'mongodb killed': () => processes.kill('mongodb'),
    'mongodb stands still for 5 s': () => processes.freeze('mongodb', 5_000),
    'presence killed': () => processes.kill('presence'),
    'auth killed': () => processes.kill('auth'),
  };
}
