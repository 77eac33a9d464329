// The documents are what they say they are, and their examples what their schemas say.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Parser } from '@asyncapi/parser';
import { Validator } from '@seriousme/openapi-schema-validator';
import { asyncapi, openapi, wrongAnswer, wrongBody, wrongEvent, wrongPayload, wrongReply } from '../documents.mjs';

const file = (name) => fileURLToPath(new URL(`../../../docs/${name}`, import.meta.url));

test('AsyncAPI’s own parser understands the document of events', async () => {
  const { document, diagnostics } = await new Parser().parse(readFileSync(file('asyncapi.yaml'), 'utf8'));
  // 0 and 1: errors and warnings; that there is a newer version is news
  assert.deepEqual(diagnostics.filter(({ severity }) => severity < 2).map(({ message, path }) => ({ message, path })), []);
  assert.equal(document.operations().all().length, Object.keys(asyncapi.operations).length);
});

test('the document of calls is OpenAPI 3.1', async () => {
  const { valid, errors } = await new Validator().validate(file('openapi.yaml'));
  assert.ok(valid, JSON.stringify(errors));
});

test('every example of an event is valid', () => {
  for (const [key, { name, examples }] of Object.entries(asyncapi.components.messages)) {
    assert.equal(examples.length, 1, key);
    const [{ payload }] = examples;
    const { action } = asyncapi.operations[key.replace(/\.answer$/, '')];
    const check = key.endsWith('.answer') ? wrongAnswer(name, payload) : action === 'send' ? wrongEvent(name, [payload]) : wrongPayload(name, payload);
    assert.equal(check, undefined);
  }
});

test('every example of a call is valid', () => {
  for (const [path, verbs] of Object.entries(openapi.paths)) {
    for (const [verb, { requestBody, responses }] of Object.entries(verbs)) {
      const body = requestBody?.content['application/json'];
      if (body) {
        assert.equal(wrongBody(verb, path, body.example), undefined);
      }
      for (const [status, { content }] of Object.entries(responses)) {
        const json = content?.['application/json'];
        if (json) {
          assert.ok(json.example, `${verb} ${path} ${status} has no example`);
          assert.equal(wrongReply(verb, path, status, json.example), undefined);
        }
      }
    }
  }
});
