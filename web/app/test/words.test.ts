import { expect, test } from 'vitest';
import { hashOf, room, routeOf } from '../src/core/target';
import { deviceOf, initialsOf, typingOf } from '../src/core/words';
import { expiryOf } from '../src/net/session';

test('an address says what is open', () => {
  expect(routeOf(hashOf(room('a-b')))).toEqual({ page: 'target', target: room('a-b') });
  expect(routeOf('#/c/x%2Fy')).toMatchObject({ target: { kind: 'conversation', id: 'x/y' } });
  expect(routeOf('#/reset/tok-en')).toEqual({ page: 'reset', token: 'tok-en' });
  expect(routeOf('#/c/%')).toEqual({ page: 'home' });
  expect(routeOf('')).toEqual({ page: 'home' });
});

test('people who write are named', () => {
  expect(typingOf([])).toBe('');
  expect(typingOf(['ann'])).toBe('ann is typing');
  expect(typingOf(['ann', 'bob'])).toBe('ann and bob are typing');
  expect(typingOf(['ann', 'bob', 'cay', 'dan'])).toBe('ann, bob and 2 others are typing');
});

test('a device is named by its browser and its system', () => {
  expect(
    deviceOf('Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36'),
  ).toBe('Chrome on Linux');
  expect(deviceOf('curl/8')).toBe('curl/8');
  expect(initialsOf('ann_bell')).toBe('AB');
});

test('a token tells when it ends, and what is no token has ended', () => {
  const payload = btoa(JSON.stringify({ exp: 1_700_000_000 }));
  expect(expiryOf(`x.${payload}.y`)).toBe(1_700_000_000_000);
  expect(expiryOf('nonsense')).toBe(0);
});
