import type {
  Answer,
  ClientToServerEvents,
  Conversation,
  Message,
  ServerToClientEvents,
} from '@chatterbox/events';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';

export type ChatSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

/** The tokens of who is signed in, kept outside of React: the guide for browsers has one. */
export interface Session {
  token: () => string;
  /** Resolves to a newer token; rejects when the session has ended. */
  renew: () => Promise<string>;
}

const ANSWER_MS = 13_000; // a gateway answers within 11 s
const TRY_AGAIN = new Set(['UNAVAILABLE', 'RATE_LIMITED', 'UNAUTHORIZED']);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

// #region socket
/** One socket for the whole app: call it at the top, and hand its result down by a context. */
export function useSocket(url: string, session: Session) {
  const [isOnline, setOnline] = useState(false);
  const socket: ChatSocket = useMemo(
    () => io(url, { autoConnect: false, auth: (give) => give({ token: session.token() }) }),
    [url, session],
  );

  useEffect(() => {
    const authorize = () =>
      session.renew().then(
        (token) => socket.emit('auth', { token }),
        () => undefined, // the session has ended
      );
    let timer: ReturnType<typeof setTimeout>;
    socket.on('authenticated', () => setOnline(true));
    socket.on('token-expiring', authorize);
    socket.on('unauthorized', () => {
      setOnline(false);
      timer = setTimeout(authorize, 1_000);
    });
    socket.on('disconnect', (reason) => {
      setOnline(false);
      if (reason === 'io server disconnect') {
        timer = setTimeout(() => socket.connect(), 1_000);
      }
    });
    socket.connect();
    return () => {
      clearTimeout(timer);
      socket.off();
      socket.disconnect();
      setOnline(false);
    };
  }, [socket, session]);

  return { socket, isOnline };
}
// #endregion

// #region conversation
/**
 * The messages of a conversation from its newest 50 on, and how to add one. A component that uses it
 * has `key={conversationId}`, so that another conversation begins anew.
 */
export function useConversation(socket: ChatSocket, isOnline: boolean, conversationId: string) {
  const [known, setKnown] = useState<readonly Message[]>([]);
  const last = useRef<number>(undefined);
  const take = useCallback(
    (messages: readonly Message[]) => setKnown((before) => merge(before, messages)),
    [],
  );
  const shown = useMemo(() => withoutHoles(known), [known]);
  useEffect(() => {
    last.current = shown.at(-1)?.seq;
  }, [shown]);

  useEffect(() => {
    if (!isOnline) {
      return;
    }
    let isCurrent = true;
    const hear = (message: Message) => {
      if (message.conversationId === conversationId) {
        take([message]);
      }
    };
    socket.on('new-message', hear);
    const join = async () => {
      for (let afterSeq = last.current, more = true; more && isCurrent; ) {
        const answer = await ask<Joined>(socket, 'join-conversation', { conversationId, afterSeq });
        if (answer.success && isCurrent) {
          take(answer.messages);
          more = afterSeq !== undefined && answer.hasMore;
          afterSeq = answer.messages.at(-1)?.seq ?? afterSeq;
        } else if (!answer.success && !TRY_AGAIN.has(answer.error.code)) {
          return;
        } else if (!answer.success) {
          await pause(1_000);
        }
      }
    };
    void join();
    return () => {
      isCurrent = false;
      socket.off('new-message', hear);
    };
  }, [socket, isOnline, conversationId, take]);

  const outbox = useRef<Promise<unknown>>(Promise.resolve());
  /** Sends after what was sent before; rejects with what the server said no to. */
  const send = useCallback(
    (content: string) => {
      const message = { conversationId, content, clientMessageId: crypto.randomUUID() };
      const sent = outbox.current.then(async () => take([await deliver(socket, message)]));
      outbox.current = sent.catch(() => undefined);
      return sent;
    },
    [socket, conversationId, take],
  );

  return { messages: shown, send };
}
// #endregion

// #region order
/** All of them by `seq`, each once. */
export function merge(some: readonly Message[], others: readonly Message[]): Message[] {
  const all = new Map([...others, ...some].map((message) => [message.seq, message]));
  return [...all.values()].sort((a, b) => a.seq - b.seq);
}

/** Those before the first number that is not there yet. */
export function withoutHoles(messages: readonly Message[]): Message[] {
  const first = messages[0]?.seq ?? 0;
  const hole = messages.findIndex((message, index) => message.seq !== first + index);
  return hole < 0 ? [...messages] : messages.slice(0, hole);
}
// #endregion

// #region ask
type Joined = { conversation: Conversation; messages: Message[]; hasMore: boolean };

/** No answer means not known, as `UNAVAILABLE` does. */
async function ask<T>(socket: ChatSocket, event: keyof ClientToServerEvents, payload: object) {
  try {
    // the library's types do not follow a name that is not known yet
    const asking = socket.timeout(ANSWER_MS) as unknown as {
      emitWithAck: (event: string, payload: object) => Promise<Answer<T>>;
    };
    return await asking.emitWithAck(event, payload);
  } catch {
    return { success: false, error: { code: 'UNAVAILABLE', message: 'no answer' } } as Answer<T>;
  }
}

async function deliver(
  socket: ChatSocket,
  message: { conversationId: string; content: string; clientMessageId: string },
): Promise<Message> {
  for (let wait = 500; ; wait = Math.min(2 * wait, 8_000)) {
    const answer = await ask<{ message: Message }>(socket, 'send-message', message);
    if (answer.success) {
      return answer.message;
    }
    if (!TRY_AGAIN.has(answer.error.code)) {
      throw new Error(answer.error.message);
    }
    await pause(answer.error.retryAfterMs ?? wait);
  }
}
// #endregion
