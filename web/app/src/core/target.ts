import type { Place } from '@chatterbox/events';

/** A conversation by its id, or a room by its name. */
export interface Target {
  readonly kind: 'conversation' | 'room';
  readonly id: string;
}

export const conversation = (id: string): Target => ({ kind: 'conversation', id });
export const room = (id: string): Target => ({ kind: 'room', id });

export const keyOf = (target: Target) => `${target.kind}:${target.id}`;

export const isSame = (one: Target | undefined, other: Target | undefined) =>
  one?.kind === other?.kind && one?.id === other?.id;

export const placeOf = (target: Target): Place =>
  target.kind === 'room' ? { roomName: target.id } : { conversationId: target.id };

export function targetOf(place: Place): Target {
  return place.roomName === undefined ? conversation(place.conversationId) : room(place.roomName);
}

/** What the address says after `#`. */
export type Route =
  { page: 'home' } | { page: 'target'; target: Target } | { page: 'reset'; token: string };

export function routeOf(hash: string): Route {
  const [page, ...rest] = hash.replace(/^#\/?/, '').split('/');
  let value: string;
  try {
    value = decodeURIComponent(rest.join('/'));
  } catch {
    return { page: 'home' };
  }
  if (page === 'reset') {
    return { page, token: value };
  }
  if (value && (page === 'c' || page === 'r')) {
    return { page: 'target', target: page === 'c' ? conversation(value) : room(value) };
  }
  return { page: 'home' };
}

export const hashOf = (target: Target) =>
  `#/${target.kind === 'room' ? 'r' : 'c'}/${encodeURIComponent(target.id)}`;
