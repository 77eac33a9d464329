// One simulated device: a stock client that joins places, sends, sends again what is not known, and
// comes back after every loss.
import { io } from 'socket.io-client';
import { pause } from '../support.mjs';
import { Hearing } from './ledger.mjs';

// the contract promises an answer within 11 s
const ANSWER_MS = 11_000;
const SLACK_MS = 4_000;
const AGAIN_MS = 250;

// what is known to have come to nothing, or not known: the same is sent again
const PASSING = ['UNAVAILABLE', 'RATE_LIMITED', 'UNAUTHORIZED', 'FORBIDDEN'];

export class Device {
  #counter = 0;
  #pending = 0;

  constructor(name, person, places, url, violations, options = {}) {
    this.name = name;
    this.person = person;
    this.places = places;
    this.violations = violations;
    this.acknowledged = 0;
    this.lastSentWell = 0;
    this.sending = true;
    this.hearings = new Map(places.map((place) => [place, new Hearing(place, name, violations)]));
    this.socket = io(url, {
      auth: { token: person.accessToken },
      forceNew: true,
      reconnectionDelay: 50,
      reconnectionDelayMax: 500,
      ...options,
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
      this.hearings.forEach((hearing) => hearing.lost());
      if (reason === 'io server disconnect' && this.sending) {
        this.socket.connect();
      }
    });
    for (const event of ['new-message', 'room-message']) {
      this.socket.on(event, (message) => this.#heard(event, message));
    }
  }

  get connection() {
    return this.socket.connected ? this.socket.id : undefined;
  }

  get idle() {
    return this.#pending === 0;
  }

  /** Messages whose fate is open. */
  get pending() {
    return this.#pending;
  }

  get isWhole() {
    return this.socket.connected && [...this.hearings.values()].every((hearing) => hearing.joined);
  }

  /** In words, for whoever has to find out why it is not whole. */
  get standing() {
    const missing = [...this.hearings.values()].filter((hearing) => !hearing.joined).map(({ place }) => place.id);
    return `${this.name} ${this.socket.connected ? this.connection : 'not connected'} lacks ${missing}`;
  }

  /** Sends a message; resolves when its fate is known, or is not to be known. */
  async send(place, { again = true } = {}) {
    const sent = {
      content: `${this.name} ${++this.#counter}`,
      connection: this.connection ?? `${this.name} unconnected ${this.#counter}`,
      attempts: 0,
      acknowledged: false,
      answers: [],
    };
    const body = { [place.field]: place.id, content: sent.content, clientMessageId: sent.content };
    place.sent.push(sent);
    this.#pending++;
    try {
      do {
        sent.attempts++;
        const began = Date.now();
        const answer = await this.#ask(place.sendEvent, body);
        if (answer?.success) {
          sent.acknowledged = true;
          sent.answers.push(answer.message);
          this.acknowledged++;
          this.lastSentWell = Math.max(this.lastSentWell, began);
          return;
        }
        if (answer && !PASSING.includes(answer.error.code)) {
          this.violations.add('refused', `${this.name}: ${answer.error.code} ${answer.error.message}`);
          return;
        }
        await pause(AGAIN_MS);
      } while (again);
    } finally {
      this.#pending--;
    }
  }

  /** The answer, or nothing when the connection went before it came. */
  #ask(event, body) {
    const connection = this.connection;
    return new Promise((resolve) => {
      const began = Date.now();
      this.socket.timeout(ANSWER_MS + SLACK_MS).emit(event, body, (error, answer) => {
        if (error) {
          if (connection !== undefined && this.connection === connection) {
            this.violations.add('never answered', `${this.name}: ${event}`);
          }
          resolve(undefined);
          return;
        }
        const took = Date.now() - began;
        if (connection !== undefined && this.connection === connection && took > ANSWER_MS + SLACK_MS / 2) {
          this.violations.add('answered late', `${this.name}: ${event} after ${took} ms`);
        }
        resolve(answer);
      });
    });
  }

  #joinAll() {
    const connection = this.connection;
    this.places.forEach((place) => this.#join(place, connection));
  }

  async #join(place, connection) {
    const hearing = this.hearings.get(place);
    while (this.connection === connection && connection !== undefined) {
      const answer = await this.#ask(place.joinEvent, {
        [place.field]: place.id,
        ...(hearing.last === undefined ? {} : { afterSeq: hearing.last }),
      });
      if (this.connection !== connection) {
        return;
      }
      if (answer?.success) {
        const first = hearing.last === undefined;
        hearing.page(answer.messages);
        hearing.last ??= 0;
        if (first || !answer.hasMore) {
          hearing.whole();
          return;
        }
      } else {
        if (answer && !PASSING.includes(answer.error.code)) {
          this.violations.add('join refused', `${this.name}: ${answer.error.code}`);
          return;
        }
        await pause(AGAIN_MS);
      }
    }
  }

  #heard(event, message) {
    for (const [place, hearing] of this.hearings) {
      if (place.messageEvent === event && message[place.field] === place.id) {
        hearing.live(message);
      }
    }
  }

  close() {
    this.sending = false;
    this.socket.close();
  }
}
