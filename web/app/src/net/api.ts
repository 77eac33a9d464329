import type {
  Attachment,
  Conversation,
  Message,
  Room,
  RoomMessage,
  Status,
  User,
} from '@chatterbox/events';
import type { Target } from '../core/target';
import { Refused, wait } from './failure';
import { dataOf, fetchData } from './http';
import type { Pair, Session } from './session';

export interface Profile extends User {
  email?: string;
  avatar: string | null;
  status: Status;
  lastSeen: string | null;
  createdAt: string;
}

export interface Person extends User {
  avatar: string | null;
  status: Status;
}

export interface Device {
  _id: string;
  userAgent: string;
  ip: string;
  createdAt: string;
  lastUsed: string;
  current: boolean;
}

/** A file that was sent up; of an image also the address of a small copy. */
export type Uploaded = Attachment;

type Page<K extends string, T> = Record<K, T[]> & {
  pagination: { hasMore?: boolean; total?: number };
};

const LONGEST_WAIT_MS = 15_000;
const enc = encodeURIComponent;

/** What works without being signed in. */
export const doors = {
  register: (username: string, email: string, password: string) =>
    fetchData<Pair>('POST', '/api/auth/register', { body: { username, email, password } }),
  login: (email: string, password: string) =>
    fetchData<Pair>('POST', '/api/auth/login', { body: { email, password } }),
  forgot: (email: string) =>
    fetchData<unknown>('POST', '/api/auth/forgot-password', { body: { email } }),
  reset: (token: string, newPassword: string) =>
    fetchData<unknown>('POST', '/api/auth/reset-password', { body: { token, newPassword } }),
};

/** The REST half for whoever is signed in. */
export class Api {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  me = () => this.#call<Profile>('GET', '/api/auth/me');
  changeMe = (change: { username?: string; avatar?: string | null }) =>
    this.#call<Profile>('PATCH', '/api/auth/me', change);
  deleteMe = (password: string) => this.#call<unknown>('DELETE', '/api/auth/me', { password });
  logout = () => this.#call<unknown>('POST', '/api/auth/logout');
  changePassword = (currentPassword: string, newPassword: string) =>
    this.#call<Pair>('POST', '/api/auth/change-password', { currentPassword, newPassword });
  devices = async () =>
    (await this.#call<Page<'sessions', Device>>('GET', '/api/auth/sessions?limit=100')).sessions;
  endDevice = (id: string) => this.#call<unknown>('DELETE', `/api/auth/sessions/${enc(id)}`);

  people = async (q: string) =>
    (await this.#call<Page<'users', Person>>('GET', `/api/users?limit=20&q=${enc(q)}`)).users;

  /** All of them, newest activity first. */
  async conversations(): Promise<Conversation[]> {
    const all: Conversation[] = [];
    for (let page = 1; ; page++) {
      const answer = await this.#call<Page<'conversations', Conversation>>(
        'GET',
        `/api/conversations?limit=100&page=${page}`,
      );
      all.push(...answer.conversations);
      if (answer.conversations.length < 100) {
        return all;
      }
    }
  }

  conversation = (id: string) => this.#call<Conversation>('GET', `/api/conversations/${enc(id)}`);
  createDirect = (participantId: string) =>
    this.#call<Conversation>('POST', '/api/conversations/direct', { participantId });
  createGroup = (name: string, description: string, participants: readonly string[]) =>
    this.#call<Conversation>('POST', '/api/conversations/group', {
      name,
      ...(description ? { description } : {}),
      participants,
    });
  rename = (id: string, name: string, description: string) =>
    this.#call<Conversation>('PATCH', `/api/conversations/${enc(id)}`, {
      name,
      description: description || null,
    });
  addParticipants = (id: string, userIds: readonly string[]) =>
    this.#call<Conversation>('POST', `/api/conversations/${enc(id)}/participants`, { userIds });
  removeParticipant = (id: string, userId: string) =>
    this.#call<unknown>('DELETE', `/api/conversations/${enc(id)}/participants/${enc(userId)}`);
  changeRole = (id: string, userId: string, role: string) =>
    this.#call<Conversation>('PATCH', `/api/conversations/${enc(id)}/participants/${enc(userId)}`, {
      role,
    });
  leave = (id: string) => this.#call<unknown>('POST', `/api/conversations/${enc(id)}/leave`);

  /** How far each participant has read. */
  readers = async (id: string) =>
    (
      await this.#call<{ readers: { userId: string; upToSeq: number }[] }>(
        'GET',
        `/api/conversations/${enc(id)}/read`,
      )
    ).readers;

  /** A page of history, older than a message. */
  history = (target: Target, before: string) =>
    this.#messages(target, `limit=100&before=${enc(before)}`);
  /** The message after one. */
  after = (target: Target, id: string) => this.#messages(target, `limit=1&after=${enc(id)}`);

  search = async (q: string, conversationId?: string) => {
    const base = conversationId ? `/api/conversations/${enc(conversationId)}` : '/api';
    return (
      await this.#call<Page<'messages', Message>>('GET', `${base}/search?limit=50&q=${enc(q)}`)
    ).messages;
  };

  forward = (messageId: string, conversationIds: readonly string[]) =>
    this.#call<unknown>('POST', `/api/conversations/messages/${enc(messageId)}/forward`, {
      conversationIds,
    });

  rooms = async () => (await this.#call<Page<'rooms', Room>>('GET', '/api/rooms?limit=100')).rooms;
  createRoom = (name: string, description: string) =>
    this.#call<Room>('POST', '/api/rooms', { name, ...(description ? { description } : {}) });

  file = (id: string) => this.#call<Uploaded>('GET', `/api/files/${enc(id)}`);
  assistant = () => this.#call<{ enabled: boolean; model?: string }>('GET', '/api/ai/status');

  /** Sends a file up and tells how much of it has gone, 0 to 1. */
  async upload(file: File, progress: (part: number) => void, stop: AbortSignal): Promise<Uploaded> {
    const token = await this.#session.token();
    return new Promise<Uploaded>((resolve, reject) => {
      const request = new XMLHttpRequest();
      const form = new FormData();
      form.append('file', file, file.name);
      request.upload.onprogress = (event) => progress(event.loaded / Math.max(event.total, 1));
      request.onerror = () => reject(Refused.offline());
      request.onabort = () => reject(new Refused('OFFLINE', 'Cancelled.'));
      request.onload = () => {
        try {
          resolve(dataOf<Uploaded>(request.status, request.responseText));
        } catch (error) {
          reject(error instanceof Error ? error : Refused.offline());
        }
      };
      stop.addEventListener('abort', () => request.abort());
      request.open('POST', '/api/files/upload');
      request.setRequestHeader('Authorization', `Bearer ${token}`);
      request.send(form);
    });
  }

  async #messages(target: Target, query: string): Promise<(Message | RoomMessage)[]> {
    const base =
      target.kind === 'room'
        ? `/api/rooms/${enc(target.id)}`
        : `/api/conversations/${enc(target.id)}`;
    const path = `${base}/messages?${query}`;
    return (await this.#call<Page<'messages', Message | RoomMessage>>('GET', path)).messages;
  }

  /** Renews a token that has just ended, and reads again what came too fast. */
  async #call<T>(method: string, path: string, body?: unknown): Promise<T> {
    let token = await this.#session.token();
    for (let tries = 1; ; tries++) {
      try {
        return await fetchData<T>(method, path, { token, body });
      } catch (error) {
        if (!(error instanceof Refused) || tries === 3) {
          throw error;
        }
        if (error.code === 'UNAUTHORIZED' || error.code === 'TOKEN_EXPIRED') {
          token = await this.#session.renew(token);
        } else if (method === 'GET' && isPassing(error)) {
          await wait(Math.min(error.retryAfterMs ?? 1_000 * tries, LONGEST_WAIT_MS));
        } else {
          throw error;
        }
      }
    }
  }
}

const isPassing = ({ code }: Refused) =>
  code === 'RATE_LIMITED' || code === 'UNAVAILABLE' || code === 'OFFLINE';
