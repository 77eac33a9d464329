// The guides show what the samples are, and all that belongs to a guide.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { guides } from './snippets.mjs';

const all = guides();
const STEPS = ['sign-in', 'connect', 'renew', 'join', 'order', 'send', 'files', 'sign-out'];

for (const { name, is, should } of all) {
  test(`${name} shows the code of the samples as it is`, () => {
    assert.equal(is, should, 'run node e2e/node/guides/snippets.mjs --write');
  });

  test(`${name} links to what is there`, () => {
    for (const [, target] of is.matchAll(/\]\((?!https?:)([^)#]+)/g)) {
      assert.ok(existsSync(new URL(`../../../docs/guides/${target}`, import.meta.url)), target);
    }
  });
}

for (const [guide, file] of [
  ['browser.md', 'samples/javascript/chat.js'],
  ['android-java.md', 'samples/java/Chat.java'],
  ['python.md', 'samples/python/chat.py'],
]) {
  test(`${guide} shows every step of its sample`, () => {
    const { shown } = all.find(({ name }) => name === guide);
    assert.deepEqual(shown.filter((each) => each.startsWith(`${file}#`)), STEPS.map((step) => `${file}#${step}`));
  });
}
