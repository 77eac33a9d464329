import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { matching, sections, shapeAnchor } from '../src/docs/documents';
import type { AsyncApi, OpenApi } from '../src/docs/formats';

const read = (name: string): unknown =>
  parse(readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8'));
const all = sections(read('asyncapi.yaml') as AsyncApi, read('openapi.yaml') as OpenApi);
const entries = all.flatMap((section) => section.entries);

describe('the page for client authors', () => {
  it('has all events and calls', () => {
    const events = read('asyncapi.yaml') as AsyncApi;
    const calls = Object.values((read('openapi.yaml') as OpenApi).paths).flatMap(Object.keys);
    const names = all.filter(({ anchor }) => /^(emit|hear|rest-)/.test(anchor));
    expect(names.flatMap((section) => section.entries)).toHaveLength(
      Object.keys(events.operations).length + calls.length,
    );
  });

  it('gives each entry an anchor of its own', () => {
    const anchors = [...all, ...entries].map(({ anchor }) => anchor);
    expect(new Set(anchors).size).toBe(anchors.length);
  });

  it('links no shape that is not there', () => {
    const anchors = new Set(entries.map(({ anchor }) => anchor));
    const missing = entries.flatMap((entry) =>
      [...JSON.stringify(entry.parts).matchAll(/#\/components\/schemas\/(\w+)/g)]
        .map(([, name]) => shapeAnchor(entry.shapes, name ?? ''))
        .filter((anchor) => !anchors.has(anchor)),
    );
    expect(missing).toEqual([]);
  });

  it('finds what has all words, in any order', () => {
    const names = (query: string) =>
      matching(all, query)
        .filter(({ anchor }) => anchor === 'emit')
        .flatMap((section) => section.entries.map(({ name }) => name));
    expect(names('emoji add')).toContain('add-reaction');
    expect(names('emoji upToSeq')).toEqual([]);
  });
});
