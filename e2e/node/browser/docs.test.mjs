// What client authors read in a browser.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { asyncapi, openapi } from '../documents.mjs';
import { Windows, launch, missing, serious, until } from './page.mjs';

const options = { skip: missing };
let browser;

before(async () => {
  browser = missing ? undefined : await launch();
});
after(() => browser?.close());

test('the page at /docs has all events and calls, is searched, and led to by links', options, async (t) => {
  const windows = new Windows(browser, t);
  const page = await windows.open(undefined, 1, { path: '/docs' });
  const articles = page.getByRole('article');
  await articles.first().waitFor();
  const calls = Object.values(openapi.paths).flatMap(Object.keys).length;
  const shapes = [asyncapi, openapi].flatMap(({ components }) => Object.keys(components.schemas)).length;
  assert.equal(await articles.count(), Object.keys(asyncapi.operations).length + calls + shapes);

  await page.getByRole('searchbox', { name: 'Search' }).fill('emoji add');
  await page.getByRole('status').getByText(/^\d+ found$/).waitFor();
  await until('only what matches is shown', () => articles.count(), (count) => count > 0 && count < 10);
  const article = page.getByRole('article', { name: 'add-reaction', exact: true });
  await article.getByRole('rowheader', { name: 'emoji' }).waitFor();
  assert.match(await article.getByLabel(/^Example: Payload/).textContent(), /"messageId"/);

  await page.getByRole('searchbox', { name: 'Search' }).fill('');
  await page.getByRole('article', { name: 'POST /api/rooms', exact: true }).getByRole('link', { name: 'Room', exact: true }).click();
  assert.equal(new URL(page.url()).hash, '#shape-calls-Room');
  await until('the shape is in sight', () =>
    page.locator('#shape-calls-Room').evaluate((heading) => {
      const { top } = heading.getBoundingClientRect();
      return top >= 0 && top < innerHeight;
    }),
  );

  const other = await windows.open(undefined, 0, { path: '/docs#rest-roomsCreate' });
  await until('a link from elsewhere leads there', () =>
    other.evaluate(() => {
      const top = document.getElementById('rest-roomsCreate')?.getBoundingClientRect().top;
      return top !== undefined && top >= 0 && top < innerHeight;
    }),
  );
});

test('the page at /docs is for everybody, in light and dark, and on a phone', options, async (t) => {
  const windows = new Windows(browser, t);
  for (const colorScheme of ['light', 'dark']) {
    const page = await windows.open(undefined, 0, { path: '/docs', colorScheme, viewport: { width: 390, height: 800 } });
    await page.getByRole('article').first().waitFor();
    assert.deepEqual(await serious(page), []);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    assert.equal(wide, false);
  }
});
