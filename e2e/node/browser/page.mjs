// A browser with the web client, for people whom tests make up.
//
// CHATTERBOX_CHROMIUM names a Chromium; else one on the PATH is taken.
import assert from 'node:assert/strict';
import { accessSync, constants, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import { ask, gateways, pause } from '../support.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const PATIENCE_MS = 15_000;

export const executable = process.env.CHATTERBOX_CHROMIUM ?? onPath();

/** Why tests in a browser are left out, or false when they are not. */
export const missing = executable
  ? false
  : 'Chromium was not found: install it (Debian and Ubuntu: apt-get install chromium), or name it in CHATTERBOX_CHROMIUM.';

function onPath() {
  const files = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return files.find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

export const launch = () => chromium.launch({ executablePath: executable, args: ['--disable-dev-shm-usage'] });

/** The windows of one test; closed when it ends, which fails for whatever a page complained about. */
export class Windows {
  #browser;
  #contexts = [];
  complaints = [];

  constructor(browser, test) {
    this.#browser = browser;
    test.after(async () => {
      await Promise.all(this.#contexts.map((context) => context.close()));
      assert.deepEqual(this.complaints, []);
    });
  }

  /** A window of its own, on the gateway of this index; signed in as somebody unless nobody is named. */
  async open(someone, gateway = 0, { path = '/', ...options } = {}) {
    const context = await this.#browser.newContext({
      baseURL: gateways[gateway % gateways.length],
      viewport: { width: 1100, height: 760 },
      reducedMotion: 'reduce',
      ...options,
    });
    this.#contexts.push(context);
    context.setDefaultTimeout(PATIENCE_MS);
    if (someone) {
      const { _id, username, accessToken, refreshToken } = someone;
      await context.addInitScript((pair) => {
        if (!sessionStorage.getItem('test.begun') && !localStorage.getItem('chatterbox.session')) {
          localStorage.setItem('chatterbox.session', JSON.stringify(pair));
        }
        sessionStorage.setItem('test.begun', 'yes');
      }, { user: { _id, username }, accessToken, refreshToken });
    }
    return this.tab(context, path);
  }

  /** One more tab of a window. */
  async tab(context, path = '/') {
    const page = await context.newPage();
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      if (/Content.Security.Policy|TrustedHTML/i.test(message.text())) {
        this.complaints.push(message.text());
      }
    });
    await page.goto(path);
    return page;
  }
}

/** Waits until a claim holds about what a function finds. */
export async function until(what, find, holds = Boolean) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await find();
    if (holds(found)) {
      return found;
    }
    if (Date.now() > end) {
      assert.fail(`${what}: still ${JSON.stringify(found)}`);
    }
    await pause(50);
  }
}

export const composer = (page) => page.getByRole('textbox', { name: /^Message / });
export const message = (page, text) =>
  page.locator('article.message').filter({ has: page.locator('.bubble > .text').and(page.getByText(text, { exact: true })) });
export const texts = (page) => page.locator('article.message .text').allTextContents();

export async function say(page, text) {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}

/** A button of the tools beside a message. */
export async function tool(page, text, name) {
  const one = message(page, text);
  await one.hover();
  await one.getByRole('button', { name, exact: true }).click();
}

/** What axe finds that matters. */
export async function serious(page) {
  // through the debugger: the page's policy lets no script in
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => ({ id, where: nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary}`) }));
}

/** Fills a conversation from a stock client. */
export async function fill(socket, conversationId, from, to) {
  for (let at = from; at <= to; at += 50) {
    const some = Array.from({ length: Math.min(50, to - at + 1) }, (_, i) => at + i);
    const answers = await Promise.all(some.map((n) => ask(socket, 'send-message', { conversationId, content: `number ${n}` })));
    assert.ok(answers.every(({ success }) => success));
  }
}
