import type { Message, ReactionChange, RoomMessage } from '@chatterbox/events';

/** A message of a conversation or of a room. */
export type Item = Message | RoomMessage;

export type Change =
  | { kind: 'edited'; message: Message }
  | { kind: 'deleted'; messageId: string; deletedAt: string }
  | ({ kind: 'reacted' | 'unreacted' } & ReactionChange);

/**
 * A part of a conversation's messages without holes, ascending by `seq`. What is shown never jumps:
 * a message that does not adjoin is not taken in, only its number is noted.
 */
export interface Timeline {
  readonly items: readonly Item[];
  /** The highest `seq` known to exist. */
  readonly lastSeq: number;
  /** Heard lately: a page that was read before a change, and comes after it, gets it too. */
  readonly changes: readonly Change[];
}

const REMEMBERED = 100;

export const empty: Timeline = { items: [], lastSeq: 0, changes: [] };

export const firstSeq = (timeline: Timeline) => timeline.items[0]?.seq ?? 0;
export const endSeq = (timeline: Timeline) => timeline.items.at(-1)?.seq ?? 0;
export const hasOlder = (timeline: Timeline) => firstSeq(timeline) > 1;
export const hasNewer = (timeline: Timeline) => endSeq(timeline) < timeline.lastSeq;

export function isMessage(item: Item): item is Message {
  return 'conversationId' in item;
}

/** Starts anew with these. */
export function opened(items: readonly Item[], lastSeq: number, before = empty): Timeline {
  return merged({ ...before, items: [], lastSeq }, items);
}

/** Takes in a page or a single message that overlaps or adjoins; what is there already is replaced. */
export function merged(timeline: Timeline, page: readonly Item[]): Timeline {
  const sorted = [...page].sort((a, b) => a.seq - b.seq);
  const first = sorted[0];
  const last = sorted.at(-1);
  if (!first || !last) {
    return timeline;
  }
  const lastSeq = Math.max(timeline.lastSeq, last.seq);
  const { items } = timeline;
  if (items.length > 0 && (first.seq > endSeq(timeline) + 1 || last.seq < firstSeq(timeline) - 1)) {
    return { ...timeline, lastSeq };
  }
  const known = new Map(items.map((item) => [item.seq, item]));
  const fresh = sorted.map((item) => withChanges(item, timeline.changes, known.get(item.seq)));
  const all = [
    ...items.filter((item) => item.seq < first.seq),
    ...fresh,
    ...items.filter((item) => item.seq > last.seq),
  ];
  return { ...timeline, lastSeq, items: all };
}

/** Takes in a change of a message, and remembers it for pages that are on their way. */
export function changed(timeline: Timeline, change: Change): Timeline {
  const changes = [...timeline.changes.slice(-REMEMBERED + 1), change];
  const id = idOf(change);
  if (!timeline.items.some((item) => item._id === id)) {
    return { ...timeline, changes };
  }
  const items = timeline.items.map((item) => (item._id === id ? applied(item, change) : item));
  return { ...timeline, items, changes };
}

const idOf = (change: Change) => (change.kind === 'edited' ? change.message._id : change.messageId);

function withChanges(item: Item, changes: readonly Change[], known: Item | undefined): Item {
  let result = item;
  for (const change of changes) {
    if (idOf(change) === item._id) {
      result = applied(result, change);
    }
  }
  // only the sender is told; whatever tells of the message later may leave it out
  return known?.clientMessageId && !result.clientMessageId
    ? { ...result, clientMessageId: known.clientMessageId }
    : result;
}

function applied(item: Item, change: Change): Item {
  if (!isMessage(item)) {
    return item;
  }
  switch (change.kind) {
    case 'edited':
      return item.deletedAt || (item.editedAt ?? '') > (change.message.editedAt ?? '')
        ? item
        : {
            ...item,
            content: change.message.content,
            mentions: change.message.mentions,
            editedAt: change.message.editedAt ?? item.createdAt,
          };
    case 'deleted':
      return {
        ...item,
        content: '',
        attachments: [],
        reactions: [],
        mentions: [],
        deletedAt: change.deletedAt,
      };
    case 'reacted':
    case 'unreacted':
      return item.deletedAt ? item : { ...item, reactions: reactionsAfter(item, change) };
  }
}

function reactionsAfter(item: Message, change: { kind: string } & ReactionChange) {
  const { emoji, userId } = change;
  const others = item.reactions.map((reaction) =>
    reaction.emoji === emoji
      ? { emoji, userIds: reaction.userIds.filter((id) => id !== userId) }
      : reaction,
  );
  if (change.kind === 'reacted') {
    const there = others.find((reaction) => reaction.emoji === emoji);
    if (there) {
      there.userIds.push(userId);
    } else {
      others.push({ emoji, userIds: [userId] });
    }
  }
  return others.filter((reaction) => reaction.userIds.length > 0);
}

/** The first unread message, counted from the end as the server counts; undefined for none shown. */
export function firstUnread(items: readonly Item[], unread: number, me: string): Item | undefined {
  let left = unread;
  let first: Item | undefined;
  for (const item of items.toReversed()) {
    if (left === 0) {
      break;
    }
    if (item.sender._id !== me && !(isMessage(item) && item.deletedAt)) {
      first = item;
      left -= 1;
    }
  }
  return first;
}
