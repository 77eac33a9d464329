import { expect, test } from 'vitest';
import { Rows } from '../src/core/rows';

const keys = (n: number) => Array.from({ length: n }, (_, i) => `k${i}`);

test('rows are where the heights before them put them', () => {
  const rows = new Rows(50);
  rows.set(keys(4));
  expect(rows.measured([['k1', 80]])).toBe(true);
  expect([0, 1, 2, 3, 4].map((i) => rows.top(i))).toEqual([0, 50, 130, 180, 230]);
  expect([0, 49, 50, 129, 130, 1_000].map((y) => rows.at(y))).toEqual([0, 0, 1, 1, 2, 3]);
});

test('what was measured is known again when rows come before it', () => {
  const rows = new Rows(50);
  rows.set(['b']);
  rows.measured([['b', 120]]);
  rows.set(['a', 'b', 'c']);
  expect(rows.top(rows.indexOf('b') ?? 0)).toBe(50);
  expect(rows.top(rows.indexOf('c') ?? 0)).toBe(170);
  expect(rows.indexOf('d')).toBeUndefined();
});

test('a row that is not laid out does not count as measured', () => {
  const rows = new Rows(50);
  rows.set(['a']);
  expect(rows.measured([['a', 0]])).toBe(false);
  expect(rows.height).toBe(50);
});
