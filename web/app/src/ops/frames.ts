import type { Failure } from '@chatterbox/events';

/** What the gateway sends to the operator's page; `gateway.ops` has the same records. */
export interface Totals {
  connections: number;
  events: number;
  deliveries: number;
  /** Milliseconds from an event's arrival to its answer; absent when none was answered. */
  ackP50?: number;
  ackP99?: number;
  backlog: number;
  outboundBytes: number;
  slowConsumers: number;
  gapsRepaired: number;
  dead: number;
}

export type State = 'ASKED' | 'UP' | 'NOT_READY' | 'DOWN';

export interface Row {
  name: string;
  service: string;
  state: State;
  silentMillis: number;
  version?: string;
  startedAt?: string;
  failing: string[];
  connections: number;
  events: number;
  deliveries: number;
  backlog: number;
  heapBytes: number;
  cpu: number;
}

export interface Picture {
  type: 'picture';
  at: string;
  totals: Totals;
  processes: Row[];
}

export type Frame =
  | Picture
  | { type: 'welcome'; username: string; gateway: string; expiresAt: string }
  | { type: 'refused'; error: Failure }
  | { type: 'reply'; id: number; success: true; data: unknown }
  | { type: 'reply'; id: number; success: false; error: Failure };

export interface Letter {
  service: string;
  partition: number;
  id: string;
  at: string;
  event: string;
  key: string;
  userId: string;
  username: string;
  commandId: string;
  tries: number;
  reason: string;
  bytes: number;
}

export interface Letters {
  letters: Letter[];
  total: number;
}

export interface Account {
  userId: string;
  username: string;
  sockets: number;
}

export interface Accounts {
  accounts: Account[];
  total: number;
  silent: string[];
}

export interface OpenSocket {
  socketId: string;
  userId: string;
  sessionId: string;
  gateway: string;
  address: string;
  userAgent: string;
  since: string;
}

export interface Sockets {
  sockets: OpenSocket[];
  total: number;
  silent: string[];
}
