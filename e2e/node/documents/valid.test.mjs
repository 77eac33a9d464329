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

test('what the documents do not say is found', () => {
  const presence = { userId: 'user-1', status: 'online' };
  assert.equal(wrongEvent('presence:online', [presence]), undefined);
  assert.match(wrongEvent('presence:offline', [presence]), /lastSeen/);
  assert.match(wrongEvent('presence:online', [{ ...presence, mood: 'good' }]), /mood/);
  assert.match(wrongEvent('presence:gone', [presence]), /not in the document/);
  assert.match(wrongEvent('presence:online', [presence, presence]), /more arguments/);
  assert.match(wrongAnswer('heartbeat', { success: true }), /serverTime/);
  const refused = (code) => ({ success: false, error: { code, message: 'No.' } });
  assert.equal(wrongAnswer('join-room', refused('ROOM_NOT_FOUND')), undefined);
  assert.match(wrongAnswer('join-room', refused('CONFLICT')), /CONFLICT/);
  assert.match(wrongAnswer('leave-room', { success: true, left: true }), /left/);
  assert.match(wrongReply('GET', '/api/rooms/general', 200, { success: true, data: {} }), /required/);
  assert.match(wrongReply('GET', '/api/rooms/general', 409, refused('CONFLICT')), /409/);
  assert.match(wrongReply('GET', '/api/rooms/general', 404, refused('NOT_FOUND')), /enum|allowed/);
  assert.match(wrongReply('GET', '/internal/users', 200, {}), /not in the document/);
  assert.equal(wrongReply('GET', '/internal/users', 404, refused('NOT_FOUND')), undefined);
});
