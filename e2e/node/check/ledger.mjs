// What was sent, acknowledged and heard, and whether it may be so.

/** One conversation or room under test. */
export class Place {
  /** @param kind 'conversation' or 'room' */
  constructor(kind, id, people) {
    this.kind = kind;
    this.id = id;
    this.people = people;
    this.sent = [];
  }

  get joinEvent() {
    return `join-${this.kind}`;
  }

  get sendEvent() {
    return this.kind === 'room' ? 'send-room-message' : 'send-message';
  }

  get messageEvent() {
    return this.kind === 'room' ? 'room-message' : 'new-message';
  }

  get field() {
    return this.kind === 'room' ? 'roomName' : 'conversationId';
  }

  get history() {
    return this.kind === 'room' ? `/api/rooms/${this.id}/messages` : `/api/conversations/${this.id}/messages`;
  }
}

/** Collects what must not be; keeps the first few of each kind in words. */
export class Violations {
  static #MOST_WORDS = 5;
  #kinds = new Map();

  add(kind, words) {
    const known = this.#kinds.get(kind) ?? { count: 0, words: [] };
    known.count++;
    if (known.words.length < Violations.#MOST_WORDS) {
      known.words.push(words);
    }
    this.#kinds.set(kind, known);
  }

  get count() {
    return [...this.#kinds.values()].reduce((sum, { count }) => sum + count, 0);
  }

  lines() {
    return [...this.#kinds].flatMap(([kind, { count, words }]) => [`${kind}: ${count}`, ...words.map((w) => `    ${w}`)]);
  }
}

/**
 * One device's hearing of one place: after a join every message once, in order, without a hole.
 * `last` is the last seq it has, from an answer or live.
 */
export class Hearing {
  constructor(place, who, violations) {
    this.place = place;
    this.who = who;
    this.violations = violations;
    this.last = undefined;
    this.joined = false;
    this.early = [];
  }

  /** The connection has gone: what came before the next join's answer is in that answer. */
  lost() {
    this.joined = false;
    this.early = [];
  }

  /** The last page of a join's answer has come. */
  whole() {
    this.joined = true;
    const early = this.early.filter(({ seq }) => seq > this.last);
    this.early = [];
    early.forEach((message) => this.live(message));
  }

  /** A page of a join's answer. */
  page(messages) {
    for (const { seq } of messages) {
      if (this.last !== undefined && seq !== this.last + 1) {
        this.#wrong('join answered out of order', seq);
      }
      this.last = seq;
    }
  }

  live(message) {
    const { seq } = message;
    if (!this.joined) {
      this.early.push(message);
      return;
    }
    const wanted = (this.last ?? 0) + 1;
    if (seq < wanted) {
      this.#wrong('heard twice or late', seq);
    } else if (seq > wanted) {
      this.#wrong('heard with a hole', seq);
    }
    this.last = Math.max(seq, this.last ?? 0);
  }

  #wrong(kind, seq) {
    this.violations.add(kind, `${this.who} in ${this.place.kind} ${this.place.id}: ${seq} after ${this.last}`);
  }
}

function groupBy(list, keyOf) {
  const groups = new Map();
  for (const each of list) {
    const key = keyOf(each);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return groups;
}

/** Holds what was acknowledged against what is stored. */
export function compare(place, stored, violations) {
  const name = `${place.kind} ${place.id}`;
  stored.forEach((message, index) => {
    if (message.seq !== index + 1) {
      violations.add('stored with a hole', `${name}: place ${index + 1} holds seq ${message.seq}`);
    }
  });
  const byContent = groupBy(stored, (message) => message.content);
  for (const [content, all] of byContent) {
    if (all.length > 1) {
      violations.add('stored twice', `${name}: '${content}' as ${all.map((m) => m.seq)}`);
    }
  }
  for (const sent of place.sent) {
    const [message] = byContent.get(sent.content) ?? [];
    sent.storedSeq = message?.seq;
    if (sent.acknowledged && !message) {
      violations.add('acknowledged and lost', `${name}: '${sent.content}'`);
    }
    for (const answer of sent.answers) {
      if (message && (answer._id !== message._id || answer.seq !== message.seq)) {
        violations.add('answered otherwise than stored', `${name}: ${answer.seq} for ${message.seq}`);
      }
    }
  }
  order(place, violations);
}

/** On one connection, what was sent first stands first, unless it had to be sent again. */
function order(place, violations) {
  const byConnection = groupBy(place.sent, (sent) => sent.connection);
  for (const all of byConnection.values()) {
    let highest = 0;
    for (const sent of all) {
      if (sent.storedSeq === undefined || sent.attempts > 1) {
        continue;
      }
      if (sent.storedSeq < highest) {
        violations.add('reordered', `${place.id}: '${sent.content}' is ${sent.storedSeq}, after ${highest}`);
      }
      highest = Math.max(highest, sent.storedSeq);
    }
  }
}
