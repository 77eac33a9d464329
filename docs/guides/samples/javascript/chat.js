// One conversation over ChatterBox, for browsers and for Node. It needs socket.io-client and nothing else.
import { io } from 'socket.io-client';

const ANSWER_MS = 13_000; // a gateway answers within 11 s
const TRY_AGAIN = new Set(['UNAVAILABLE', 'RATE_LIMITED', 'UNAUTHORIZED']);

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** What the server says no to: `code` is for programs, `message` for people. */
export class Refused extends Error {
  constructor({ code, message, retryAfterMs }) {
    super(message);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

export class Chat {
  #url;
  #hear;
  #tokens;
  #renewal;
  #socket;
  #conversationId;
  #joined = false;
  #last; // the seq of the last message that was shown
  #early = new Map(); // messages that came before one with a lower seq
  #outbox = Promise.resolve();
  #online = deferred();
  #closed = false;

  /**
   * @param url of ChatterBox, such as http://localhost:3000
   * @param hear {message(message), status(text), signedOut()}: what the page does with what it is told
   */
  constructor(url, hear) {
    this.#url = url;
    this.#hear = hear;
  }

  // #region sign-in
  async signIn(email, password) {
    this.#tokens = await patiently(() => this.#fetch('POST', '/api/auth/login', { email, password }));
    return this.#tokens.user; // {_id, username, email}
  }

  /** A call of the REST half; resolves to its `data`. An access token that has ended is renewed first. */
  async call(method, path, body) {
    const ask = () => this.#fetch(method, path, body, this.#tokens.accessToken);
    try {
      return await patiently(ask);
    } catch (error) {
      if (error.code !== 'TOKEN_EXPIRED') {
        throw error;
      }
      await this.#renew();
      return patiently(ask);
    }
  }

  async #fetch(method, path, body, token) {
    const isForm = body instanceof FormData;
    const headers = {
      ...(token && { Authorization: `Bearer ${token}` }),
      ...(body && !isForm && { 'Content-Type': 'application/json' }),
    };
    let answer;
    try {
      const response = await fetch(this.#url + path, { method, headers, body: isForm ? body : JSON.stringify(body) });
      answer = await response.json();
    } catch {
      throw new Refused({ code: 'UNAVAILABLE', message: 'The server cannot be reached.' });
    }
    if (!answer.success) {
      throw new Refused(answer.error);
    }
    return answer.data;
  }
  // #endregion

  // #region connect
  /** Connects, and stays connected until `signOut`. */
  connect() {
    const socket = io(this.#url, {
      // a function: asked at every reconnect, so that it is the newest token that is sent
      auth: (give) => give({ token: this.#tokens.accessToken }),
    });
    this.#socket = socket;
    socket.on('connect', () => {
      this.#joined &&= socket.recovered; // recovered: what was missed comes by itself
    });
    socket.on('authenticated', () => this.#arrived());
    socket.on('disconnect', (reason) => {
      this.#hear.status(`offline: ${reason}`);
      if (this.#online.isDone) {
        this.#online = deferred();
      }
      if (reason === 'io server disconnect') {
        // the only case in which the stock client does not come back by itself
        pause(1_000).then(() => this.#closed || socket.connect());
      }
    });
    socket.on('token-expiring', () => this.#authorize());
    socket.on('unauthorized', () => pause(1_000).then(() => this.#authorize()));
    socket.on('new-message', (message) => this.#take(message));
    socket.on('error', ({ code, message, event }) => this.#hear.status(`${event}: ${code} ${message}`));
  }

  async #arrived() {
    if (this.#conversationId && !this.#joined) {
      await this.#join();
    }
    if (this.#socket.connected) {
      this.#online.resolve(); // `send` may go on
    }
  }
  // #endregion

  // #region renew
  /** Before the token ends, and when it has: a newer one, over the same socket. */
  async #authorize() {
    if (this.#closed) {
      return;
    }
    try {
      await this.#renew();
    } catch ({ code }) {
      return this.#hear.status(`not renewed: ${code}`); // at the end the server says `unauthorized`
    }
    const answer = await this.#ask('auth', { token: this.#tokens.accessToken });
    if (answer.success) {
      this.#hear.status('renewed');
    }
  }

  /** One renewal at a time: a refresh token counts once. */
  #renew() {
    this.#renewal ??= this.#refresh().finally(() => (this.#renewal = undefined));
    return this.#renewal;
  }

  async #refresh() {
    const { refreshToken } = this.#tokens;
    try {
      // an answer that was lost is given again within ten seconds
      const pair = await patiently(() => this.#fetch('POST', '/api/auth/refresh', { refreshToken }));
      this.#tokens = { ...this.#tokens, ...pair };
    } catch (error) {
      if (error.code === 'UNAUTHORIZED' || error.code === 'TOKEN_EXPIRED') {
        this.#end();
      }
      throw error;
    }
  }
  // #endregion

  // #region join
  /** Shows a conversation: its newest messages, and from then on every one. */
  async open(conversationId) {
    this.#conversationId = conversationId;
    await this.#online.promise;
    if (!this.#joined) {
      await this.#join();
    }
  }

  async #join() {
    const conversationId = this.#conversationId;
    for (;;) {
      const afterSeq = this.#last; // not there at first: then the last 50 are answered
      const answer = await this.#ask('join-conversation', { conversationId, afterSeq });
      if (!answer.success) {
        if (TRY_AGAIN.has(answer.error.code) && this.#socket.connected) {
          await pause(1_000);
          continue;
        }
        return this.#hear.status(`not joined: ${answer.error.code}`);
      }
      this.#last ??= (answer.messages[0]?.seq ?? 1) - 1;
      answer.messages.forEach((message) => this.#take(message));
      if (afterSeq === undefined || !answer.hasMore) {
        this.#joined = true;
        return this.#hear.status('joined');
      }
    }
  }
  // #endregion

  // #region order
  /** Shows each message once and in the order of `seq`, however it came: live, answered or acknowledged. */
  #take(message) {
    if (message.conversationId !== this.#conversationId || message.seq <= this.#last) {
      return;
    }
    this.#early.set(message.seq, message);
    for (let next; (next = this.#early.get(this.#last + 1)); ) {
      this.#early.delete(next.seq);
      this.#last = next.seq;
      this.#hear.message(next);
    }
  }
  // #endregion

  // #region send
  /** Sends after what was sent before. Resolves when the message is stored; throws what was refused for good. */
  send(content, attachments = []) {
    const message = {
      conversationId: this.#conversationId,
      content,
      attachments,
      clientMessageId: crypto.randomUUID(), // the same at every try, so it is one message whatever happens
    };
    const sent = this.#outbox.then(() => this.#deliver(message));
    this.#outbox = sent.catch(() => {});
    return sent;
  }

  async #deliver(message) {
    for (let wait = 500; ; wait = Math.min(2 * wait, 8_000)) {
      await this.#online.promise;
      const answer = await this.#ask('send-message', message);
      if (answer.success) {
        this.#take(answer.message);
        return answer.message;
      }
      const { code, retryAfterMs } = answer.error;
      if (!TRY_AGAIN.has(code) || this.#closed) {
        throw new Refused(answer.error);
      }
      this.#hear.status(`${code}: trying again`);
      await pause(retryAfterMs ?? wait);
    }
  }

  /** No answer means not known, as `UNAVAILABLE` does. */
  async #ask(event, payload) {
    try {
      return await this.#socket.timeout(ANSWER_MS).emitWithAck(event, payload);
    } catch {
      return { success: false, error: { code: 'UNAVAILABLE', message: 'There was no answer.' } };
    }
  }
  // #endregion

  // #region files
  /** Uploads a file, and sends a message that carries it; it needs words, too. */
  async sendFile(blob, name, content = name) {
    const form = new FormData();
    form.append('file', blob, name);
    const file = await this.call('POST', '/api/files/upload', form);
    return this.send(content, [file._id]);
  }

  /** The bytes of an attachment; its address is signed, and good for an hour in a page's <img>, too. */
  async download({ url }) {
    const response = await fetch(this.#url + url);
    return response.blob();
  }
  // #endregion

  // #region sign-out
  /** Ends this session: its tokens and sockets, everywhere within a second. */
  async signOut() {
    await this.call('POST', '/api/auth/logout');
    this.#end();
  }

  #end() {
    if (this.#closed) {
      return;
    }
    this.#closed = true;
    this.#socket?.disconnect();
    this.#hear.signedOut();
  }
  // #endregion
}

/** Tries again what the server could not answer now. */
async function patiently(work) {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (error.code !== 'UNAVAILABLE' || tries === 5) {
        throw error;
      }
      await pause(1_000);
    }
  }
}

/** A promise that is resolved from outside. */
function deferred() {
  const self = { isDone: false };
  self.promise = new Promise((done) => {
    self.resolve = () => {
      self.isDone = true;
      done();
    };
  });
  return self;
}
