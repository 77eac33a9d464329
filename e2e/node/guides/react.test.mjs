// The hooks of the guide for React: their types, and what a component with them shows.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Window } from 'happy-dom';
import { balance } from '../check/balancer.mjs';
import { Clients, ask, call, direct, gateways, person } from '../support.mjs';
import { copied } from './samples.mjs';

const PATIENCE_MS = 30_000;
const TSC = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url));

/** The sample as JavaScript; fails where its types are wrong. */
function compiled() {
  const folder = copied('react');
  try {
    execFileSync('node', [TSC, '--project', folder], { stdio: 'pipe' });
  } catch ({ stdout }) {
    assert.fail(String(stdout));
  }
  return `${folder}out/`;
}

/** Resolves when a claim about a page holds; looks again whenever the page changes. */
function seen(window, claim) {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (claim()) {
        clearTimeout(timer);
        observer.disconnect();
        resolve();
      }
    };
    const observer = new window.MutationObserver(look);
    observer.observe(window.document.body, { childList: true, subtree: true, attributes: true, characterData: true });
    const timer = setTimeout(() => reject(new Error(`not seen: ${claim}; but ${window.document.body.innerHTML}`)), PATIENCE_MS);
    look();
  });
}

test('a component shows what two people say, also what was missed, and what is refused', async (t) => {
  const window = new Window();
  t.after(() => window.happyDOM.close());
  globalThis.window = window;
  globalThis.document = window.document;
  globalThis.navigator ??= window.navigator;
  const folder = compiled();
  const { createElement } = await import('react');
  const { createRoot } = await import('react-dom/client'); // looks for a page when it is read
  const { Talk } = await import(`${folder}Talk.js`);

  const balancer = await balance(gateways);
  t.after(() => balancer.close());
  const clients = new Clients(t);
  const [ann, bob] = [await person('ann'), await person('bob')];
  const { _id: conversationId } = await direct(ann, bob);
  const his = await clients.signedIn(bob, 1);
  const says = async (content) => assert.equal((await ask(his, 'send-message', { conversationId, content })).success, true);
  await says('before');

  let { accessToken, refreshToken } = ann;
  const session = {
    token: () => accessToken,
    renew: async () => {
      const answer = await call('POST', '/api/auth/refresh', { body: { refreshToken } });
      ({ accessToken, refreshToken } = answer.body.data);
      return accessToken;
    },
  };
  const { document } = window;
  const place = document.body.appendChild(document.createElement('main'));
  const root = createRoot(place);
  root.render(createElement(Talk, { url: balancer.url, session, conversationId }));
  t.after(() => root.unmount());

  const list = () => [...place.querySelectorAll('li')].map((item) => item.textContent);
  const type = async (text) => {
    const input = place.querySelector('input');
    Object.getOwnPropertyDescriptor(window.HTMLInputElement.prototype, 'value').set.call(input, text);
    input.dispatchEvent(new window.Event('input', { bubbles: true }));
    await seen(window, () => input.getAttribute('value') === text);
    place.querySelector('form').dispatchEvent(new window.Event('submit', { bubbles: true, cancelable: true }));
  };
  const transcript = [`${bob.username}: before`];
  const agree = () => seen(window, () => list().length >= transcript.length).then(() => assert.deepEqual(list(), transcript));
  await agree();

  await type('hello');
  transcript.push(`${ann.username}: hello`);
  await agree();

  const isBusy = () => place.querySelector('section').getAttribute('aria-busy') === 'true';
  await seen(window, () => !isBusy());
  // her connection is cut, and the token of her handshake is no good when she comes back: the one
  // that she has sent by `auth` counts
  accessToken = 'no token';
  const away = seen(window, isBusy);
  balancer.cut();
  await away;
  await says('while she was away');
  transcript.push(`${bob.username}: while she was away`);
  await agree();

  await type('  ');
  await seen(window, () => place.querySelector('[role=alert]').textContent.includes('content'));
  assert.deepEqual(list(), transcript);
});
