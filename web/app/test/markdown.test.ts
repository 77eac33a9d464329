import { expect, test } from 'vitest';
import type { Node } from '../src/core/markdown';
import { markdown, safeHref } from '../src/core/markdown';

const textOf = (node: Node): string =>
  typeof node === 'string' ? node : node.children.map(textOf).join('');
const tagsOf = (node: Node): string[] =>
  typeof node === 'string' ? [] : [node.tag, ...node.children.flatMap(tagsOf)];
const hrefsOf = (node: Node): (string | undefined)[] =>
  typeof node === 'string'
    ? []
    : [...(node.tag === 'a' ? [node.href] : []), ...node.children.flatMap(hrefsOf)];

test('what looks like HTML stays text', () => {
  for (const text of [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    'a <b onmouseover="x">b</b>',
    '<div>\n\n<script>x</script>\n\n</div>',
  ]) {
    const nodes = markdown(text);
    expect(nodes.flatMap(tagsOf).filter((tag) => tag !== 'p' && tag !== 'br')).toEqual([]);
    expect(nodes.map(textOf).join('')).toContain('<');
  }
});

test('an address that runs something is no link', () => {
  for (const href of [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    '//elsewhere.example',
    'file:///etc/passwd',
  ]) {
    expect(safeHref(href)).toBeUndefined();
    expect(markdown(`[click](${href})`).flatMap(hrefsOf).filter(Boolean)).toEqual([]);
  }
  expect(markdown('[click](https://example.org/a?b=c)').flatMap(hrefsOf)).toEqual([
    'https://example.org/a?b=c',
  ]);
});

test('a picture is a link, so that nothing is loaded from elsewhere', () => {
  const nodes = markdown('![a cat](https://example.org/cat.png)');
  expect(nodes.flatMap(tagsOf)).toEqual(['p', 'a']);
  expect(nodes.map(textOf)).toEqual(['a cat']);
});

test('code, lists and tables come as what they are', () => {
  expect(markdown('```js\nlet a = "<b>";\n```')).toEqual([
    { tag: 'pre', language: 'js', children: ['let a = "<b>";\n'] },
  ]);
  expect(markdown('- one\n- **two**').flatMap(tagsOf)).toEqual(['ul', 'li', 'li', 'strong']);
  expect(
    markdown('3. three').flatMap((node) => (typeof node === 'string' ? [] : [node.start])),
  ).toEqual([3]);
  expect(markdown('| a |\n|---|\n| b |').flatMap(tagsOf)).toContain('td');
});

test('half of an answer, as it streams, can be shown at any moment', () => {
  const text =
    '# Title\n\nSome **bold** and `code`:\n\n```js\nlet a;\n```\n\n1. x\n2. [y](https://e.org)';
  for (let end = 0; end <= text.length; end++) {
    expect(() => markdown(text.slice(0, end))).not.toThrow();
  }
});
