import type { Message } from '@chatterbox/events';
import { expect, test } from 'vitest';
import type { Timeline } from '../src/core/timeline';
import * as timelines from '../src/core/timeline';

function message(seq: number, more: Partial<Message> = {}): Message {
  return {
    _id: `m${seq}`,
    conversationId: 'c',
    seq,
    sender: { _id: 'ann', username: 'ann' },
    content: `text ${seq}`,
    type: 'text',
    attachments: [],
    reactions: [],
    mentions: [],
    createdAt: '2026-01-01T00:00:00.000Z',
    ...more,
  };
}

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => message(from + i));
const seqs = (timeline: Timeline) => timeline.items.map(({ seq }) => seq);
const start = timelines.opened(range(51, 100), 100);

test('a page of history goes before what is there, whatever its order', () => {
  const page = range(1, 50).reverse();
  expect(seqs(timelines.merged(start, page))).toEqual(seqs(timelines.opened(range(1, 100), 100)));
  expect(timelines.hasOlder(start)).toBe(true);
  expect(timelines.hasOlder(timelines.merged(start, page))).toBe(false);
});

test('pages that overlap leave no double', () => {
  expect(seqs(timelines.merged(start, range(90, 110)))).toEqual(
    seqs(timelines.opened(range(51, 110), 110)),
  );
});

test('a message after a gap is not shown before the gap is filled', () => {
  const gap = timelines.merged(start, [message(103)]);
  expect(timelines.endSeq(gap)).toBe(100);
  expect(timelines.hasNewer(gap)).toBe(true);
  const filled = timelines.merged(gap, range(101, 103));
  expect(timelines.endSeq(filled)).toBe(103);
  expect(timelines.hasNewer(filled)).toBe(false);
});

test('a page that is far from what is shown is not taken in', () => {
  expect(seqs(timelines.merged(start, range(1, 20)))).toEqual(seqs(start));
});

test('the same message heard twice is one', () => {
  const twice = timelines.merged(timelines.merged(start, [message(101)]), [message(101)]);
  expect(seqs(twice).filter((seq) => seq === 101)).toEqual([101]);
});

test('the id that the sender gave stays when others tell of the message', () => {
  const own = timelines.merged(start, [message(101, { clientMessageId: 'mine' })]);
  expect(timelines.merged(own, [message(101)]).items.at(-1)?.clientMessageId).toBe('mine');
});

test('an edit that came before its page is not undone by the page', () => {
  const edited = message(20, { content: 'new', editedAt: '2026-01-01T00:01:00.000Z' });
  const known = timelines.changed(start, { kind: 'edited', message: edited });
  const [first] = timelines.merged(known, range(20, 50)).items;
  expect(first).toMatchObject({ content: 'new', editedAt: '2026-01-01T00:01:00.000Z' });
});

test('an older edit does not undo a newer one', () => {
  const at = (minute: number) =>
    message(60, { content: `${minute}`, editedAt: `2026-01-01T00:0${minute}:00.000Z` });
  const newest = timelines.changed(start, { kind: 'edited', message: at(2) });
  const late = timelines.changed(newest, { kind: 'edited', message: at(1) });
  expect(late.items[9]).toMatchObject({ content: '2' });
});

test('a deleted message keeps its place and nothing else', () => {
  const deletion = {
    kind: 'deleted',
    messageId: 'm60',
    deletedAt: '2026-01-01T00:01:00.000Z',
  } as const;
  const after = timelines.changed(start, deletion);
  expect(after.items[9]).toMatchObject({ seq: 60, content: '', deletedAt: deletion.deletedAt });
  const edited = message(60, { content: 'again', editedAt: '2026-01-01T00:02:00.000Z' });
  expect(timelines.changed(after, { kind: 'edited', message: edited }).items[9]).toMatchObject({
    content: '',
  });
});

test('reactions are counted once for each person and go when nobody is left', () => {
  const change = { conversationId: 'c', messageId: 'm60', emoji: '👍', userId: 'bob' };
  const once = timelines.changed(start, { kind: 'reacted', ...change });
  const twice = timelines.changed(once, { kind: 'reacted', ...change });
  expect(twice.items[9]).toMatchObject({ reactions: [{ emoji: '👍', userIds: ['bob'] }] });
  const gone = timelines.changed(twice, { kind: 'unreacted', ...change });
  expect(gone.items[9]).toMatchObject({ reactions: [] });
});

test('the line of the unread stands before the first that is counted', () => {
  const items = [
    message(1),
    message(2, { sender: { _id: 'me', username: 'me' } }),
    message(3),
    message(4, { deletedAt: '2026-01-01T00:01:00.000Z' }),
    message(5),
  ];
  expect(timelines.firstUnread(items, 2, 'me')?.seq).toBe(3);
  expect(timelines.firstUnread(items, 0, 'me')).toBeUndefined();
});
