// The listening half of a simulated device: a stock client that joins places, hears, and comes back
// after every loss.
import { io } from 'socket.io-client';
import { pause } from '../support.mjs';
import { Hearing } from './ledger.mjs';

// the contract promises an answer within 11 s; what this machine may take besides is not its matter
const ANSWER_MS = 11_000;
const SLACK_MS = Number(process.env.CHATTERBOX_SLACK ?? 2_000);
const NEVER_MS = 30_000;
export const AGAIN_MS = 250;

// what is known to have come to nothing, or not known: the same is asked again
export const PASSING = ['UNAVAILABLE', 'RATE_LIMITED', 'UNAUTHORIZED', 'FORBIDDEN'];

export class Listener {
  #since;

  /** @param silences when nobody could answer, as [from, to] */
  constructor(name, person, places, { url, violations, silences = [], options = {} }) {
    this.name = name;
    this.person = person;
    this.places = places;
    this.violations = violations;
    this.silences = silences;
    this.sending = true;
    /** How often its session came back. */
    this.returns = 0;
    this.hearings = new Map(places.map((place) => [place, new Hearing(place, name, violations)]));
    /** Each time it was away: {reason, at, ms, connecting}: from its disconnect until it was authenticated, and connected. */
    this.absences = [];
    /** When the last message that it heard was begun, by whoever sent it. */
    this.lastHeard = 0;
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
      if (this.#since) {
        this.#since.connected = Date.now();
      }
      this.returns += this.socket.recovered ? 1 : 0;
      this.hearings.forEach((hearing) => (this.socket.recovered ? hearing.resumed() : hearing.lost()));
    });
    this.socket.on('authenticated', () => {
      this.#isBack();
      this.#joinAll();
    });
    this.socket.on('unauthorized', ({ code, message }) =>
      violations.add('unauthorized', `${name}: ${code} ${message} at ${new Date().toISOString()}`));
    // a token that may be good, but could not be checked just now
    this.socket.on('error', ({ event }) => event === 'auth' && setTimeout(() => this.#signIn(), AGAIN_MS));
    this.socket.on('disconnect', (reason) => {
      this.#since ??= { reason, at: Date.now() };
      this.hearings.forEach((hearing) => hearing.interrupted());
      if (reason === 'io server disconnect' && this.sending) {
        this.socket.connect();
      }
    });
    this.#listen();
  }

  #signIn() {
    if (this.socket.connected) {
      this.socket.emit('auth', { token: this.person.accessToken });
    }
  }

  #isBack() {
    if (this.#since) {
      const { reason, at, connected } = this.#since;
      this.absences.push({ reason, at, ms: Date.now() - at, connecting: connected - at });
      this.#since = undefined;
    }
  }

  /** For how long it has been away. */
  get away() {
    return this.#since ? Date.now() - this.#since.at : 0;
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

  /**
   * The answer, or nothing when the connection went before it came.
   *
   * @param atOnce told of the answer before anything is heard that came after it
   */
  ask(event, body, atOnce = () => {}) {
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
      const answer = await this.ask(place.joinEvent, body, (good) => {
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
    this.lastHeard = Math.max(this.lastHeard, hearing.place.sentAs(message.content)?.began ?? 0);
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
