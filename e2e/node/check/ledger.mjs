// What was sent, changed, acknowledged and heard, and whether it may be so.

/** One conversation or room under test. */
export class Place {
  #byContent = new Map();

  /**
   * @param kind 'conversation' or 'room'
   * @param admin who takes others out and in again; nobody where all stay
   */
  constructor(kind, id, people, admin) {
    this.kind = kind;
    this.id = id;
    this.people = people;
    this.admin = admin;
    this.sent = [];
    /** {person, gone?, back?}: when it was known that he is out, and when he was let in again. */
    this.absences = [];
    /** Of each person the least and the most that his read pointer may be. */
    this.pointers = new Map(people.map((person) => [person._id, { least: 0, most: 0 }]));
  }

  get isRoom() {
    return this.kind === 'room';
  }

  get joinEvent() {
    return `join-${this.kind}`;
  }

  get sendEvent() {
    return this.isRoom ? 'send-room-message' : 'send-message';
  }

  get messageEvent() {
    return this.isRoom ? 'room-message' : 'new-message';
  }

  get field() {
    return this.isRoom ? 'roomName' : 'conversationId';
  }

  get path() {
    return this.isRoom ? `/api/rooms/${this.id}` : `/api/conversations/${this.id}`;
  }

  get history() {
    return `${this.path}/messages`;
  }

  get name() {
    return `${this.kind} ${this.id}`;
  }

  /** Who is in all the time, and may look at everything. */
  get witness() {
    return this.admin ?? this.people[0];
  }

  add(sent) {
    this.sent.push(sent);
    this.#byContent.set(sent.content, sent);
  }

  /** What was sent with that content at first. */
  sentAs(content) {
    return this.#byContent.get(original(content));
  }

  /** Whether this was begun when he was known to be out, and he is still. */
  isOutSince(person, began) {
    return this.absences.some((each) => each.person === person && each.gone < began && each.back === undefined);
  }

  wasEverOut(person) {
    return this.absences.some((each) => each.person === person);
  }
}

const EDITED = ' edited ';
const MOST_TOLD = 30;

/** The content that an edited message had at first. */
export const original = (content) => content.split(EDITED)[0];

/** One message as its sender and those who change it know it. */
export class Sent {
  #edits = 0;
  #busy = new Set();
  #retired = new Set();

  constructor(content, connection) {
    this.content = content;
    this.connection = connection;
    this.began = Date.now();
    this.attempts = 0;
    this.acknowledged = false;
    this.answers = [];
    /** Aspect → the values that it may have: one, once a change of it was acknowledged. */
    this.may = new Map([
      ['content', new Set([content])],
      ['deleted', new Set([false])],
    ]);
  }

  get _id() {
    return this.answers[0]?._id;
  }

  nextContent() {
    return `${this.content}${EDITED}${++this.#edits}`;
  }

  /** Lets one change an aspect at a time, so that it is known what comes of it. */
  take(aspect) {
    if (this._id === undefined || this.#busy.has(aspect) || this.#retired.has(aspect)) {
      return false;
    }
    this.#busy.add(aspect);
    return true;
  }

  tried(aspect, value) {
    this.may.set(aspect, (this.may.get(aspect) ?? new Set([false])).add(value));
  }

  /** @param isCertain whether no earlier try of it may still come to something */
  changed(aspect, value, isCertain) {
    this.may.set(aspect, new Set([value]));
    this.#done(aspect, isCertain);
  }

  /** It is not known what came of it. */
  unknown(aspect) {
    this.#done(aspect, false);
  }

  #done(aspect, isCertain) {
    this.#busy.delete(aspect);
    if (!isCertain) {
      this.#retired.add(aspect);
    }
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
    return this.sum(() => true);
  }

  /** How many there are of the kinds for which that holds. */
  sum(holds) {
    return [...this.#kinds].reduce((sum, [kind, { count }]) => sum + (holds(kind) ? count : 0), 0);
  }

  lines() {
    return [...this.#kinds].flatMap(([kind, { count, words }]) => [`${kind}: ${count}`, ...words.map((w) => `    ${w}`)]);
  }
}

/** A message as far as everybody sees the same of it. */
export function seen({ content, deletedAt, reactions = [] }) {
  const pairs = reactions.flatMap(({ emoji, userIds }) => userIds.map((userId) => `${userId} ${emoji}`));
  return { content, deleted: Boolean(deletedAt), reactions: new Set(pairs) };
}

/**
 * One device's hearing of one place: after a join every message once, in order, without a hole.
 * `last` is the last seq it has, from an answer or live; `known` is what it makes of all that it was
 * told since it last came in.
 */
export class Hearing {
  #early = [];
  #resumes = false;
  #notes = [];

  constructor(place, who, violations) {
    this.place = place;
    this.who = who;
    this.violations = violations;
    this.last = undefined;
    this.joined = false;
    /** The join that is going on. */
    this.attempt = undefined;
    this.known = new Map();
    /** Message → how it came to what is known of it, for whoever has to find out what went wrong. */
    this.told = new Map();
  }

  #tell(id, what) {
    const words = `${new Date().toISOString().slice(14, 23)} ${what}`;
    this.told.set(id, [...(this.told.get(id) ?? []), words].slice(-MOST_TOLD));
  }

  /** The connection has gone: either its session comes back, or all is lost. */
  interrupted() {
    this.note('interrupted');
    this.#resumes = this.joined;
    this.joined = false;
    this.#early = [];
  }

  /** The session has come back: it goes on where it was. */
  resumed() {
    this.note(`resumed ${this.#resumes}`);
    if (this.#resumes) {
      this.joined = true;
      this.#resumes = false;
    } else {
      this.lost();
    }
  }

  /** What comes before the next join's answer is in that answer. */
  lost() {
    this.note('lost');
    this.joined = false;
    this.#resumes = false;
    this.#early = [];
    this.known.clear();
    this.told.clear();
  }

  /** The last page of a join's answer has come. */
  whole() {
    this.joined = true;
    const early = this.#early.filter(({ seq }) => seq > this.last);
    this.#early = [];
    early.forEach((message) => this.#next(message));
  }

  /** A page of a join's answer. */
  page(messages) {
    this.note(`answered ${messages.length} up to ${messages.at(-1)?.seq}`);
    for (const message of messages) {
      if (this.last !== undefined && message.seq !== this.last + 1) {
        this.#wrong('join answered out of order', message.seq);
      }
      this.last = message.seq;
      this.known.set(message._id, seen(message));
      this.#tell(message._id, 'in an answer');
    }
  }

  live(message) {
    this.note(`live ${message.seq}`);
    if (!this.known.has(message._id)) {
      this.known.set(message._id, seen(message));
    }
    this.#tell(message._id, 'live');
    if (this.joined) {
      this.#next(message);
    } else {
      this.#early.push(message);
    }
  }

  edited(message) {
    this.#tell(message._id, 'edited');
    if (this.known.has(message._id)) {
      this.known.set(message._id, seen(message));
    }
  }

  deleted(messageId) {
    this.#tell(messageId, 'deleted');
    if (this.known.has(messageId)) {
      this.known.set(messageId, { content: '', deleted: true, reactions: new Set() });
    }
  }

  reacted(messageId, pair, isThere) {
    this.#tell(messageId, `${pair} ${isThere ? 'added' : 'removed'}`);
    const reactions = this.known.get(messageId)?.reactions;
    if (isThere) {
      reactions?.add(pair);
    } else {
      reactions?.delete(pair);
    }
  }

  #next({ seq }) {
    const wanted = (this.last ?? 0) + 1;
    if (seq < wanted) {
      this.#wrong('heard twice or late', seq);
    } else if (seq > wanted) {
      this.#wrong('heard with a hole', seq);
    }
    this.last = Math.max(seq, this.last ?? 0);
  }

  /** Keeps the last of what happened to it, for whoever has to find out what went wrong. */
  note(what) {
    this.#notes = [...this.#notes, `${new Date().toISOString().slice(14, 23)} ${what}`].slice(-MOST_TOLD);
  }

  #wrong(kind, seq) {
    this.violations.add(kind, `${this.who} in ${this.place.name}: ${seq} after ${this.last}; before: ${this.#notes}`);
    this.#notes = [];
  }
}
