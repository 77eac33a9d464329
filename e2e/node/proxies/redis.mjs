// A Redis as it may be on a bad day: messages to subscribers are lost, subscriptions take long, and a
// process ends between two requests of its own. It understands as much of RESP2 as that takes.
import net from 'node:net';

const BULK = 0x24;
const ARRAY = 0x2a;

/** Splits a stream into whole values. */
class Values {
  #rest = Buffer.alloc(0);

  *of(chunk) {
    const data = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let start = 0;
    for (let end = endOf(data, 0); end > 0; end = endOf(data, start)) {
      yield data.subarray(start, end);
      start = end;
    }
    this.#rest = data.subarray(start);
  }
}

/** Where the value that begins there ends; -1 when not all of it is here. */
function endOf(data, at) {
  const line = data.indexOf('\r\n', at);
  if (line < 0) {
    return -1;
  }
  let end = line + 2;
  if (data[at] !== BULK && data[at] !== ARRAY) {
    return end;
  }
  const count = Number(data.toString('latin1', at + 1, line));
  if (data[at] === BULK) {
    end += count < 0 ? 0 : count + 2;
    return end <= data.length ? end : -1;
  }
  for (let i = 0; i < count && end > 0; i++) {
    end = endOf(data, end);
  }
  return end;
}

/** The first texts of an array. */
function words(value, count) {
  const found = [];
  let at = value[0] === ARRAY ? value.indexOf('\r\n') + 2 : value.length;
  while (at < value.length && found.length < count) {
    const line = value.indexOf('\r\n', at);
    if (value[at] !== BULK) {
      break;
    }
    const end = endOf(value, at);
    found.push(value.toString('utf8', line + 2, end - 2));
    at = end;
  }
  return found;
}

/** One client and its connection to the real Redis. */
class Pair {
  #client;
  #upstream;
  #proxy;
  #requests = new Values();
  #replies = new Values();
  #isSubscriber = false;
  #isCut = false;
  #told;
  #queue = [];

  /** @param isApart whether it is one of those that can be cut off */
  constructor(client, proxy, isApart) {
    this.#client = client;
    this.#proxy = proxy;
    this.isApart = isApart;
    this.#upstream = net.connect(proxy.upstreamPort(), '127.0.0.1');
    this.#upstream.setNoDelay(true);
    client.setNoDelay(true);
    client.on('data', (chunk) => this.#asked(chunk));
    this.#upstream.on('data', (chunk) => this.#answered(chunk));
    // what was let through is to arrive, whatever becomes of who sent it
    client.on('close', () => this.#upstream.end());
    client.on('error', () => client.destroy());
    this.#upstream.on('close', () => client.destroy());
    this.#upstream.on('error', () => client.destroy());
  }

  /** Ends it, as a connection ends that was reset. */
  end() {
    this.#client.destroy();
    this.#upstream.destroy();
  }

  /** Whether nothing passes, though nobody is told. */
  get #isSilent() {
    return this.isApart && this.#proxy.cut === 'silent';
  }

  #asked(chunk) {
    if (this.#isSilent) {
      return;
    }
    this.#upstream.cork();
    for (const request of this.#requests.of(chunk)) {
      if (!this.#isCut) {
        this.#pass(request);
      }
    }
    this.#upstream.uncork();
  }

  #pass(request) {
    const [name, channel] = words(request, 2);
    const strike = this.#proxy.strike;
    switch (name?.toLowerCase()) {
      case 'publish':
        this.#forward(request);
        this.#published(channel, strike);
        return;
      case 'xdel':
        if (strike && this.#told === strike && strike.at === 'before deleting') {
          this.#hit(strike);
          return;
        }
        break;
      case 'subscribe':
        this.#isSubscriber = true;
        this.#forward(request, this.#proxy.subscribingTakes());
        return;
      default:
    }
    this.#forward(request);
  }

  #published(channel, strike) {
    if (strike && channel.endsWith(`:channel:${strike.key}`)) {
      this.#told = strike;
      if (strike.at === 'published') {
        this.#hit(strike);
      }
    } else if (strike && this.#told === strike && strike.at === 'replied' && channel.startsWith('{reply:')) {
      this.#hit(strike);
    }
  }

  #hit(strike) {
    this.#isCut = true;
    strike.hit();
  }

  /** In order, also when some of it is delayed. */
  #forward(request, delay = 0) {
    if (delay === 0 && this.#queue.length === 0) {
      this.#upstream.write(request);
      return;
    }
    this.#queue.push({ request: Buffer.from(request), delay });
    if (this.#queue.length === 1) {
      this.#next();
    }
  }

  #next() {
    setTimeout(() => {
      this.#upstream.write(this.#queue.shift().request);
      if (this.#queue.length > 0) {
        this.#next();
      }
    }, this.#queue[0].delay);
  }

  #answered(chunk) {
    if (this.#isSilent) {
      return;
    }
    if (!this.#isSubscriber) {
      this.#client.write(chunk);
      return;
    }
    this.#client.cork();
    for (const value of this.#replies.of(chunk)) {
      const [kind, channel] = words(value, 2);
      if (kind !== 'message' || !this.#proxy.isLost(channel, value)) {
        this.#client.write(value);
      }
    }
    this.#client.uncork();
  }
}

export class RedisProxy {
  /** What is to be struck, or nothing. */
  strike;
  cut;
  #rules = [];
  #delay;
  #pairs = new Set();

  /** @param upstreamPort where the real one is, asked for each connection */
  constructor(upstreamPort) {
    this.upstreamPort = upstreamPort;
  }

  /** @param isApart whether who comes there can be cut off from the rest */
  listen(port, isApart = false) {
    const server = net.createServer((client) => {
      if (isApart && this.cut === 'gone') {
        client.destroy();
        return;
      }
      const pair = new Pair(client, this, isApart);
      this.#pairs.add(pair);
      client.on('close', () => this.#pairs.delete(pair));
    });
    server.listen(port, '127.0.0.1');
  }

  /**
   * @param cut 'gone' or 'silent': those apart lose their connections and get no others, or hear nothing
   *   more and are not heard
   * @param drop [{channel, body?, share, times?}]: of messages on channels that match, with that text, this
   *   share is lost, so often at most
   * @param delaySubscribe [least, most] milliseconds
   */
  rules({ drop = [], delaySubscribe, cut }) {
    const was = this.cut;
    this.cut = cut;
    if (cut === 'gone' || was === 'silent') {
      // what was swallowed cannot be given back
      this.#pairs.forEach((pair) => pair.isApart && pair.end());
    }
    this.#rules = drop.map((rule) => ({ share: 1, times: Infinity, ...rule, channel: new RegExp(rule.channel), lost: 0 }));
    this.#delay = delaySubscribe;
  }

  get lost() {
    return this.#rules.map((rule) => rule.lost);
  }

  isLost(channel, message) {
    const rule = this.#rules.find(
      (each) =>
        each.lost < each.times &&
        each.channel.test(channel) &&
        (each.body === undefined || message.includes(each.body)) &&
        Math.random() < each.share,
    );
    if (rule) {
      rule.lost++;
    }
    return rule !== undefined;
  }

  subscribingTakes() {
    return this.#delay ? this.#delay[0] + Math.random() * (this.#delay[1] - this.#delay[0]) : 0;
  }
}
