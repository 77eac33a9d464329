// One simulated device: a stock client that sends and changes messages and asks again for what is not
// known, and hears as a listener does.
import { pause, pick } from '../support.mjs';
import { Sent } from './ledger.mjs';
import { AGAIN_MS, Listener, PASSING } from './listener.mjs';

const RECENT = 20;

// what is looked for in logs afterwards
const MARK = process.env.CHATTERBOX_MARK ? ` ${process.env.CHATTERBOX_MARK}` : '';

export class Device extends Listener {
  #counter = 0;
  #pending = 0;

  /** @param emoji what it reacts with; no two devices of a person have one in common */
  constructor(name, person, places, { emoji = [], ...others }) {
    super(name, person, places, others);
    this.emoji = emoji;
    this.acknowledged = 0;
    this.lastDoneWell = 0;
    /** Code → how often it was told that. */
    this.refusals = new Map();
  }

  get idle() {
    return this.#pending === 0;
  }

  /** Requests whose fate is open. */
  get pending() {
    return this.#pending;
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
    const id = `${this.name} ${++this.#counter}`;
    const content = id + MARK;
    const sent = new Sent(content, this.connection ?? `${this.name} unconnected ${this.#counter}`);
    sent.device = this;
    const body = { [place.field]: place.id, content, clientMessageId: id };
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
        const answer = await this.ask(event, body);
        if (answer?.success) {
          this.acknowledged++;
          this.lastDoneWell = Math.max(this.lastDoneWell, began);
          return { answer, isCertain: connections.size === 1 && connection !== undefined };
        }
        if (answer) {
          this.refusals.set(answer.error.code, (this.refusals.get(answer.error.code) ?? 0) + 1);
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
}
