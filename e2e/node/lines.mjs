// A line between a client and gateways that can be laid anew, cut, or left lying: what happens to
// connections between a phone and a data centre.
import net from 'node:net';

/** One client's line. It lies to one gateway at a time; connections that are open stay where they are. */
export class Line {
  #server;
  #target;
  #open = new Set();

  /** Listens on a free loopback port; resolves to the line. */
  static lay(gateway) {
    const line = new Line();
    line.to(gateway);
    line.#server = net.createServer((client) => line.#connected(client));
    return new Promise((resolve) => line.#server.listen(0, '127.0.0.1', () => resolve(line)));
  }

  get url() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  /** New connections go there. */
  to(gateway) {
    const { hostname, port } = new URL(gateway);
    this.#target = { host: hostname, port: Number(port) };
  }

  #connected(client) {
    const gateway = net.connect(this.#target);
    const pair = { client, gateway, lost: false };
    this.#open.add(pair);
    client.on('error', () => client.destroy());
    gateway.on('error', () => client.destroy());
    client.on('close', () => {
      if (!pair.lost) {
        gateway.destroy();
      }
    });
    gateway.on('close', () => {
      this.#open.delete(pair);
      client.destroy();
    });
    client.pipe(gateway).pipe(client);
  }

  /** Cuts every connection without a word to either side. */
  cut() {
    this.#open.forEach(({ client, gateway }) => {
      client.destroy();
      gateway.destroy();
    });
  }

  /** Cuts it on the client's side: the gateway hears no more of it, and takes it for open. */
  lose() {
    this.#open.forEach((pair) => {
      pair.lost = true;
      pair.client.unpipe();
      pair.gateway.unpipe();
      // taken in, and given to nobody
      pair.gateway.resume();
      pair.client.destroy();
    });
  }

  /** The client takes nothing in any more, as in a tunnel; what the gateway sends piles up. */
  stall() {
    this.#open.forEach(({ client, gateway }) => {
      gateway.unpipe(client);
      gateway.pause();
    });
  }

  close() {
    this.#server.close();
    this.cut();
  }
}
