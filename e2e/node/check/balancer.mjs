// A load balancer as stands before gateways: each new TCP connection goes to the next gateway that
// takes it, whatever went where before. So nothing here is sticky.
import net from 'node:net';

/** Listens on a free loopback port; resolves to {url, close()}. */
export function balance(gateways) {
  const targets = gateways.map((url) => new URL(url)).map(({ hostname, port }) => ({ host: hostname, port: Number(port) }));
  const open = new Set();
  let turn = 0;

  function reach(client, tries) {
    const upstream = net.connect(targets[turn++ % targets.length]);
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
    reach(client, targets.length);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({
        url: `http://127.0.0.1:${server.address().port}`,
        /** Cuts every connection without a word, as a network does. */
        cut: (share = 1) => open.forEach((socket) => Math.random() < share && socket.destroy()),
        close: () => {
          server.close();
          open.forEach((socket) => socket.destroy());
        },
      }),
    );
  });
}
