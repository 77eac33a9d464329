// A MongoDB that goes away, and beside which a process ends while it waits for an answer. It
// understands where messages begin and end, and what the first field of a command is.
import net from 'node:net';

const REQUEST_ID = 4;
const RESPONSE_TO = 8;
const COMMAND = 26;

/** Splits a stream into whole messages. */
class Messages {
  #rest = Buffer.alloc(0);

  *of(chunk) {
    let data = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    while (data.length >= 4 && data.length >= data.readInt32LE(0)) {
      const length = data.readInt32LE(0);
      yield data.subarray(0, length);
      data = data.subarray(length);
    }
    this.#rest = data;
  }
}

/** Whether a message is this command on this collection. */
function is(message, command, collection) {
  const begin = `${command}\0`;
  const name = `${collection}\0`;
  const at = COMMAND + begin.length + 4;
  return (
    message.toString('latin1', COMMAND, COMMAND + begin.length) === begin &&
    message.toString('latin1', at, at + name.length) === name
  );
}

class Pair {
  #client;
  #upstream;
  #proxy;
  #requests = new Messages();
  #replies = new Messages();
  #awaited;
  #isCut = false;

  constructor(client, proxy) {
    this.#client = client;
    this.#proxy = proxy;
    this.#upstream = net.connect(proxy.upstreamPort(), '127.0.0.1');
    this.#upstream.setNoDelay(true);
    client.setNoDelay(true);
    client.on('data', (chunk) => this.#asked(chunk));
    this.#upstream.on('data', (chunk) => this.#answered(chunk));
    client.on('close', () => {
      proxy.open.delete(client);
      this.#upstream.end();
    });
    client.on('error', () => client.destroy());
    this.#upstream.on('close', () => client.destroy());
    this.#upstream.on('error', () => client.destroy());
  }

  #asked(chunk) {
    for (const message of this.#requests.of(chunk)) {
      if (this.#isCut) {
        return;
      }
      this.#pass(message);
    }
  }

  #pass(message) {
    const { strike, poison } = this.#proxy;
    if (poison && is(message, 'insert', 'log') && message.includes(poison.marker)) {
      this.#isCut = true;
      poison.hit();
      return;
    }
    if (strike && !this.#awaited && this.#isStruck(message, strike)) {
      this.#awaited = { strike, id: message.readInt32LE(REQUEST_ID) };
    }
    this.#upstream.write(message);
  }

  #isStruck(message, strike) {
    switch (strike.at) {
      case 'inserted':
        return is(message, 'insert', 'log') && message.includes(strike.key);
      case 'applied':
        return is(message, 'update', 'conversations') && message.includes(strike.id);
      default:
        return false;
    }
  }

  #answered(chunk) {
    for (const message of this.#replies.of(chunk)) {
      if (this.#awaited?.id === message.readInt32LE(RESPONSE_TO)) {
        const { strike } = this.#awaited;
        this.#awaited = undefined;
        if (this.#proxy.strike === strike) {
          // done, and never known to who asked for it
          this.#isCut = true;
          strike.hit();
        }
      }
      if (!this.#isCut) {
        this.#client.write(message);
      }
    }
  }
}

export class MongoProxy {
  /** What is to be struck, or nothing. */
  strike;
  /** {marker, hit()}: what kills whoever is about to store it, or nothing. */
  poison;
  open = new Set();
  #isAway = false;

  /** @param upstreamPort where the real one is, asked for each connection */
  constructor(upstreamPort) {
    this.upstreamPort = upstreamPort;
  }

  listen(port) {
    net
      .createServer((client) => {
        if (this.#isAway) {
          client.destroy();
          return;
        }
        this.open.add(client);
        new Pair(client, this);
      })
      .listen(port, '127.0.0.1');
  }

  away(isAway) {
    this.#isAway = isAway;
    if (isAway) {
      this.open.forEach((client) => client.destroy());
    }
  }
}
