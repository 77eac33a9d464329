import { expect, test } from 'vitest';
import { completions, mentionAt, parts } from '../src/core/plain';

const people = [
  { _id: '1', username: 'ann' },
  { _id: '2', username: 'ann.b' },
];

test('the longest name of a participant is named, without case', () => {
  expect(parts('hi @Ann.B!', people)).toEqual([
    { kind: 'text', text: 'hi ' },
    { kind: 'mention', text: '@Ann.B', userId: '2' },
    { kind: 'text', text: '!' },
  ]);
  expect(parts('@ann.', people)[0]).toEqual({ kind: 'mention', text: '@ann', userId: '1' });
  expect(parts('@nobody', people)).toEqual([{ kind: 'text', text: '@nobody' }]);
});

test('links end before the sentence does, and nothing else is a link', () => {
  expect(parts('see https://e.org/a?b=1.', [])).toEqual([
    { kind: 'text', text: 'see ' },
    { kind: 'link', text: 'https://e.org/a?b=1', href: 'https://e.org/a?b=1' },
    { kind: 'text', text: '.' },
  ]);
  expect(parts('javascript:alert(1) <script>', [])).toEqual([
    { kind: 'text', text: 'javascript:alert(1) <script>' },
  ]);
});

test('nothing of a text is lost', () => {
  const text = '`a` @ann https://e.org/) `b @ann.b <i>';
  expect(
    parts(text, people)
      .map((part) => (part.kind === 'code' ? `\`${part.text}\`` : part.text))
      .join(''),
  ).toBe(text);
});

test('a name is completed at the caret only', () => {
  expect(mentionAt('hi @an', 6)).toEqual({ start: 3, query: 'an' });
  expect(mentionAt('hi @an there', 12)).toBeUndefined();
  expect(mentionAt('mail@an', 7)).toBeUndefined();
  expect(completions('AN', people).map(({ username }) => username)).toEqual(['ann', 'ann.b']);
});
