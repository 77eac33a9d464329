// A load balancer as stands before gateways: each new TCP connection goes to the next gateway that
// takes it, whatever went where before. So nothing here is sticky.
import net from 'node:net';

const LOOK_MS = 200;

/** Whether a gateway says that it wants to be sent to. */
async function isReady(url) {
  try {
    const answer = await fetch(`${url}/q/health/ready`, { signal: AbortSignal.timeout(5 * LOOK_MS) });
    return answer.ok;
  } catch {
    return false;
  }
}

/**
 * Listens on a free loopback port; resolves to {url, cut(share), close()}.
 *
 * @param asksWhoIsReady whether gateways that say that they are not ready are passed over
 */
export function balance(gateways, { asksWhoIsReady = false } = {}) {
  const all = gateways.map((url) => {
    const { hostname, port } = new URL(url);
    return { url, to: { host: hostname, port: Number(port) }, isReady: true };
  });
  const open = new Set();
  let turn = 0;

  function reach(client, tries) {
    const ready = all.filter((each) => each.isReady);
    const targets = ready.length > 0 ? ready : all;
    const upstream = net.connect(targets[turn++ % targets.length].to);
    upstream.once('error', () => {
      if (tries > 1 && !client.destroyed) {
        reach(client, tries - 1);
      } else {
        client.destroy();
      }
    });
    upstream.once('connect', () => {
      upstream.removeAllListeners('error');
      upstream.on('error', () => client.destroy());
      client.on('error', () => upstream.destroy());
      client.on('close', () => upstream.destroy());
      upstream.on('close', () => client.destroy());
      client.pipe(upstream).pipe(client);
    });
  }

  const server = net.createServer((client) => {
    open.add(client);
    client.on('error', () => client.destroy());
    client.on('close', () => open.delete(client));
    reach(client, all.length);
  });
  const look = () => all.forEach(async (each) => (each.isReady = await isReady(each.url)));
  const looking = asksWhoIsReady ? setInterval(look, LOOK_MS) : undefined;
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({
        url: `http://127.0.0.1:${server.address().port}`,
        /** Cuts every connection without a word, as a network does. */
        cut: (share = 1) => open.forEach((socket) => Math.random() < share && socket.destroy()),
        close: () => {
          clearInterval(looking);
          server.close();
          open.forEach((socket) => socket.destroy());
        },
      }),
    );
  });
}
