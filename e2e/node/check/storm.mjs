// Many clients that all lose their connections at the same moment, in a process of their own.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { io } from 'socket.io-client';
import { gateways, pause } from '../support.mjs';
import { balance } from './balancer.mjs';

const AT_ONCE = 50;
const AGAIN_MS = 250;
const ENDS_WITHIN_MS = 300_000;

/** Resolves, with what was seen, when all clients have come, lost their connections, and come back. */
export function storm(count, people) {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), ['--storm']);
    const timer = setTimeout(() => child.kill('SIGKILL'), ENDS_WITHIN_MS);
    let result;
    child.on('message', (message) => (result = message));
    child.on('exit', (code) => {
      clearTimeout(timer);
      if (result?.back) {
        resolve(result.back);
      } else {
        reject(new Error(`the clients have not all come back: ${result?.failed ?? `code ${code}`}`));
      }
    });
    child.send({ count, tokens: people.map((one) => one.accessToken) });
  });
}

async function blow({ count, tokens }) {
  const balancer = await balance(gateways);
  const clients = [];
  let here = 0;
  for (let i = 0; i < count; i++) {
    const socket = io(balancer.url, { auth: { token: tokens[i % tokens.length] }, transports: ['websocket'], forceNew: true });
    socket.on('authenticated', () => {
      here += socket.isHere ? 0 : 1;
      socket.isHere = true;
    });
    // a token that may be good, but could not be checked just now
    socket.on('error', ({ event }) => event === 'auth' && setTimeout(() => socket.connected && socket.emit('auth', socket.auth), AGAIN_MS));
    socket.on('disconnect', () => {
      here -= socket.isHere ? 1 : 0;
      socket.isHere = false;
    });
    clients.push(socket);
    while (i + 1 - here > AT_ONCE) {
      await pause(5);
    }
  }
  const all = async () => {
    while (here < count) {
      await pause(10);
    }
  };
  await all();
  const cut = Date.now();
  balancer.cut();
  while (here === count) {
    await pause(5);
  }
  await all();
  const back = `${count} were back after ${((Date.now() - cut) / 1_000).toFixed(1)} s`;
  clients.forEach((socket) => socket.close());
  balancer.close();
  return back;
}

if (process.argv[2] === '--storm') {
  process.once('message', async (order) => {
    try {
      process.send({ back: await blow(order) });
    } catch (error) {
      process.send({ failed: String(error) });
    }
    process.disconnect();
  });
}
