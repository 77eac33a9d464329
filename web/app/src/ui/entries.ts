import type { Outgoing } from '../core/outbox';
import type { Item } from '../core/timeline';
import { dayKey } from '../core/words';
import type { Run } from '../state/assistant';

/** A row of a timeline. */
export type Entry =
  | { kind: 'top'; hasOlder: boolean }
  | { kind: 'item'; item: Item; startsDay: boolean; startsGroup: boolean; isFirstUnread: boolean }
  | { kind: 'outgoing'; outgoing: Outgoing; startsGroup: boolean }
  | { kind: 'run'; run: Run }
  | { kind: 'error'; message: string };

const SAME_BREATH_MS = 5 * 60_000;

/** One's own message keeps its key from the moment it is sent. */
export function keyOfEntry(entry: Entry): string {
  switch (entry.kind) {
    case 'item':
      return entry.item.clientMessageId ?? entry.item._id;
    case 'outgoing':
      return entry.outgoing.clientMessageId;
    case 'top':
    case 'run':
    case 'error':
      return entry.kind;
  }
}

export function entries(
  items: readonly Item[],
  {
    hasOlder,
    divider,
    outgoing,
    run,
    error,
    me,
  }: {
    hasOlder: boolean;
    divider: string | undefined;
    outgoing: readonly Outgoing[];
    run: Run | undefined;
    error: string | undefined;
    me: string;
  },
): readonly Entry[] {
  const all: Entry[] = [{ kind: 'top', hasOlder }];
  const there = new Set<string>();
  let before: Item | undefined;
  for (const item of items) {
    if (item.clientMessageId && item.sender._id === me) {
      there.add(item.clientMessageId);
    }
    const startsDay = !before || dayKey(before.createdAt) !== dayKey(item.createdAt);
    const isFirstUnread = item._id === divider;
    const startsGroup = startsDay || isFirstUnread || !isOneBreath(before, item);
    all.push({ kind: 'item', item, startsDay, startsGroup, isFirstUnread });
    before = item;
  }
  let last = before?.sender._id;
  for (const one of outgoing) {
    if (!there.has(one.clientMessageId)) {
      all.push({ kind: 'outgoing', outgoing: one, startsGroup: last !== me });
      last = me;
    }
  }
  if (run) {
    all.push({ kind: 'run', run });
  }
  if (error) {
    all.push({ kind: 'error', message: error });
  }
  return all;
}

function isOneBreath(before: Item | undefined, item: Item): boolean {
  return (
    before?.sender._id === item.sender._id &&
    Date.parse(item.createdAt) - Date.parse(before.createdAt) < SAME_BREATH_MS
  );
}
