// One simulated device: a stock client that joins places, sends and changes messages, asks again for
// what is not known, and comes back after every loss.
import { io } from 'socket.io-client';
import { pause, pick } from '../support.mjs';
import { Hearing, Sent } from './ledger.mjs';

// the contract promises an answer within 11 s; what this machine may take besides is not its matter
const ANSWER_MS = 11_000;
const SLACK_MS = 2_000;
const NEVER_MS = 30_000;
const AGAIN_MS = 250;
const RECENT = 20;

// what is known to have come to nothing, or not known: the same is asked again
const PASSING = ['UNAVAILABLE', 'RATE_LIMITED', 'UNAUTHORIZED', 'FORBIDDEN'];

export class Device {
  #counter = 0;
  #pending = 0;

  /** @param silences when nobody could answer, as [from, to] */
  constructor(name, person, places, { url, violations, silences = [], emoji = [], options = {} }) {
    this.name = name;
    this.person = person;
    this.places = places;
    this.violations = violations;
    this.silences = silences;
    this.emoji = emoji;
    this.acknowledged = 0;
    /** How often its session came back. */
    this.returns = 0;
    this.lastDoneWell = 0;
    this.sending = true;
    this.hearings = new Map(places.map((place) => [place, new Hearing(place, name, violations)]));
    /** The places that its person was taken out of, or is about to be. */
    this.outside = new Set();
    this.socket = io(url, {
      auth: { token: person.accessToken },
      forceNew: true,
      reconnectionDelay: 50,
      reconnectionDelayMax: 500,
      ...options,
    });
    this.socket.on('connect', () => {
      this.returns += this.socket.recovered ? 1 : 0;
      this.hearings.forEach((hearing) => (this.socket.recovered ? hearing.resumed() : hearing.lost()));
    });
    this.socket.on('authenticated', () => this.#joinAll());
    this.socket.on('unauthorized', ({ code }) => {
      if (code === 'UNAVAILABLE') {
        setTimeout(() => this.socket.connected && this.socket.emit('auth', { token: person.accessToken }), AGAIN_MS);
      } else {
        violations.add('unauthorized', `${name}: ${code}`);
      }
    });
    this.socket.on('disconnect', (reason) => {
      this.hearings.forEach((hearing) => hearing.interrupted());
      if (reason === 'io server disconnect' && this.sending) {
        this.socket.connect();
      }
    });
    this.#listen();
  }

  #listen() {
    const hear = (event, id, then) =>
      this.socket.on(event, (data) => {
        const hearing = [...this.hearings.values()].find(({ place }) => place.id === id(data));
        if (hearing) {
          then(hearing, data);
        }
      });
    const conversation = (data) => data.conversationId;
    const live = (hearing, message) => this.#heard(hearing, message);
    hear('new-message', conversation, live);
    hear('room-message', (data) => data.roomName, live);
    hear('notification', conversation, (hearing, { message }) => message && this.#mayHear(hearing.place, message));
    hear('message-edited', conversation, (hearing, { message }) => hearing.edited(message));
    hear('message-deleted', conversation, (hearing, { messageId }) => hearing.deleted(messageId));
    const pair = ({ userId, emoji }) => `${userId} ${emoji}`;
    hear('message-reaction-added', conversation, (hearing, data) => hearing.reacted(data.messageId, pair(data), true));
    hear('message-reaction-removed', conversation, (hearing, data) => hearing.reacted(data.messageId, pair(data), false));
  }

  get connection() {
    return this.socket.connected ? this.socket.id : undefined;
  }

  get idle() {
    return this.#pending === 0;
  }

  /** Requests whose fate is open. */
  get pending() {
    return this.#pending;
  }

  get isWhole() {
    return this.socket.connected && this.#missing().length === 0;
  }

  /** In words, for whoever has to find out why it is not whole. */
  get standing() {
    const missing = this.#missing().map(({ place }) => place.id);
    return `${this.name} ${this.socket.connected ? this.connection : 'not connected'} lacks ${missing}`;
  }

  #missing() {
    return [...this.hearings.values()].filter((hearing) => !hearing.joined && !this.outside.has(hearing.place));
  }

  /** Does one thing as people do it, mostly sending. */
  act(place) {
    const chance = Math.random();
    if (place.isRoom || chance < 0.55) {
      return this.send(place, { again: Math.random() < 0.9 });
    }
    if (chance < 0.7) {
      return this.#edit(place);
    }
    if (chance < 0.85) {
      return this.#react(place);
    }
    return chance < 0.95 ? this.#read(place) : this.#delete(place);
  }

  /** Sends a message; resolves when its fate is known, or is not to be known. */
  async send(place, { again = true } = {}) {
    const content = `${this.name} ${++this.#counter}`;
    const sent = new Sent(content, this.connection ?? `${this.name} unconnected ${this.#counter}`);
    sent.device = this;
    const body = { [place.field]: place.id, content, clientMessageId: content };
    place.add(sent);
    const { answer, refused } = await this.#insist(place, place.sendEvent, body, { again, tried: () => sent.attempts++ });
    if (answer) {
      sent.acknowledged = true;
      sent.answers.push(answer.message);
      if (place.isOutSince(this.person, sent.began)) {
        this.violations.add('accepted from somebody removed', `${this.name} in ${place.id}: '${content}'`);
      }
    }
    // what was stored before he was removed may be refused when it is asked for again after that
    sent.refused = refused && place.isOutSince(this.person, sent.began);
  }

  async #edit(place) {
    const sent = this.#recent(place).find((each) => each.device === this && each.take('content'));
    if (sent) {
      const content = sent.nextContent();
      const body = { conversationId: place.id, messageId: sent._id, content };
      await this.#change(place, sent, 'content', content, 'edit-message', body);
    }
  }

  async #delete(place) {
    const sent = this.#recent(place).find((each) => each.device === this && each.take('content'));
    if (sent?.take('deleted')) {
      // what is deleted is not edited again
      sent.unknown('content');
      await this.#change(place, sent, 'deleted', true, 'delete-message', { conversationId: place.id, messageId: sent._id });
    }
  }

  async #react(place) {
    const emoji = pick(this.emoji);
    const aspect = `${this.person._id} ${emoji}`;
    const sent = this.#recent(place).find((each) => each.take(aspect));
    if (sent) {
      const isThere = !sent.may.get(aspect)?.has(true);
      const body = { conversationId: place.id, messageId: sent._id, emoji };
      await this.#change(place, sent, aspect, isThere, isThere ? 'add-reaction' : 'remove-reaction', body);
    }
  }

  async #read(place) {
    const upToSeq = this.hearings.get(place).last;
    if (upToSeq > 0) {
      const pointer = place.pointers.get(this.person._id);
      pointer.most = Math.max(pointer.most, upToSeq);
      const { answer } = await this.#insist(place, 'mark-read', { conversationId: place.id, upToSeq });
      pointer.least = answer ? Math.max(pointer.least, upToSeq) : pointer.least;
    }
  }

  #recent(place) {
    return place.sent.slice(-RECENT);
  }

  async #change(place, sent, aspect, value, event, body) {
    sent.tried(aspect, value);
    const mayBeGone = () => sent.may.get('deleted').has(true);
    const { answer, isCertain } = await this.#insist(place, event, body, { mayBeGone });
    if (answer) {
      sent.changed(aspect, value, isCertain);
    } else {
      sent.unknown(aspect);
    }
  }

  /**
   * Asks until it is answered. What was asked on a connection that went before its answer may come to
   * something later, after whatever else is asked on another one: then the outcome is not certain.
   */
  async #insist(place, event, body, { again = true, tried = () => {}, mayBeGone = () => false } = {}) {
    this.#pending++;
    const connections = new Set();
    try {
      do {
        tried();
        const began = Date.now();
        const connection = this.connection;
        connections.add(connection);
        const answer = await this.#ask(event, body);
        if (answer?.success) {
          this.acknowledged++;
          this.lastDoneWell = Math.max(this.lastDoneWell, began);
          return { answer, isCertain: connections.size === 1 && connection !== undefined };
        }
        if (answer?.error.code === 'NOT_FOUND' && (place.wasEverOut(this.person) || mayBeGone())) {
          return { refused: true };
        }
        if (answer && !PASSING.includes(answer.error.code)) {
          this.violations.add('refused', `${this.name}: ${event} ${answer.error.code} ${answer.error.message}`);
          return { refused: true };
        }
        await pause(AGAIN_MS);
      } while (again);
      return {};
    } finally {
      this.#pending--;
    }
  }

  /**
   * The answer, or nothing when the connection went before it came.
   *
   * @param atOnce told of the answer before anything is heard that came after it
   */
  #ask(event, body, atOnce = () => {}) {
    const connection = this.connection;
    const isHere = () => connection !== undefined && this.connection === connection;
    return new Promise((resolve) => {
      const began = Date.now();
      this.socket.timeout(NEVER_MS).emit(event, body, (error, answer) => {
        if (error) {
          if (isHere()) {
            this.violations.add('never answered', `${this.name}: ${event}`);
          }
          resolve(undefined);
          return;
        }
        const took = Date.now() - began - this.#silent(began);
        if (isHere() && took > ANSWER_MS + SLACK_MS) {
          this.violations.add('answered late', `${this.name}: ${event} after ${took} ms`);
        }
        atOnce(answer);
        resolve(answer);
      });
    });
  }

  /** For how long nobody could answer since then. */
  #silent(since) {
    const now = Date.now();
    return this.silences.reduce((sum, [from, to]) => sum + Math.max(0, Math.min(now, to) - Math.max(since, from)), 0);
  }

  #joinAll() {
    const connection = this.connection;
    this.places.filter((place) => !this.hearings.get(place).joined).forEach((place) => this.#join(place, connection));
  }

  /** Its person is about to be taken out of the place. */
  leaving(place) {
    this.outside.add(place);
    this.hearings.get(place).attempt = undefined;
  }

  /** Its person is out. */
  left(place) {
    this.hearings.get(place).lost();
  }

  /** Its person is in again. */
  comeIn(place) {
    this.outside.delete(place);
    this.hearings.get(place).lost();
    if (this.connection !== undefined) {
      this.#join(place, this.connection);
    }
  }

  async #join(place, connection) {
    const hearing = this.hearings.get(place);
    const attempt = {};
    if (connection === undefined || this.outside.has(place)) {
      return;
    }
    hearing.attempt = attempt;
    const isCurrent = () => this.connection === connection && hearing.attempt === attempt;
    while (isCurrent()) {
      const after = hearing.last;
      hearing.note(`joins after ${after}`);
      const body = { [place.field]: place.id, ...(after === undefined ? {} : { afterSeq: after }) };
      const answer = await this.#ask(place.joinEvent, body, (good) => {
        if (isCurrent() && good.success) {
          hearing.page(good.messages);
          hearing.last ??= 0;
          if (after === undefined || !good.hasMore) {
            hearing.whole();
          }
        }
      });
      if (!isCurrent() || hearing.joined) {
        return;
      }
      if (answer && !answer.success && !PASSING.includes(answer.error.code)) {
        this.violations.add('join refused', `${this.name}: ${answer.error.code}`);
        return;
      }
      hearing.note(answer?.error?.code ?? 'more');
      await pause(answer?.success ? 0 : AGAIN_MS);
    }
  }

  #heard(hearing, message) {
    this.#mayHear(hearing.place, message);
    // what was on its way to somebody who is taken out just now is in the answer to his next join
    if (this.outside.has(hearing.place)) {
      hearing.note(`outside ${message.seq}`);
    }
    if (hearing.joined || !this.outside.has(hearing.place)) {
      hearing.live(message);
    }
  }

  #mayHear(place, message) {
    const sent = place.sentAs(message.content);
    if (sent && place.isOutSince(this.person, sent.began)) {
      this.violations.add('heard by somebody removed', `${this.name} in ${place.id}: '${message.content}'`);
    }
  }

  close() {
    this.sending = false;
    this.socket.close();
  }
}
