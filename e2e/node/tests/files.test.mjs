import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Clients, ask, call, direct, gateways, next, person } from '../support.mjs';

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

async function upload(who, name, bytes, gateway = gateways[0]) {
  const form = new FormData();
  form.append('file', new Blob([bytes]), name);
  const response = await fetch(`${gateway}/api/files/upload`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${who.accessToken}` },
    body: form,
  });
  return { status: response.status, body: await response.json() };
}

const get = (path, who, headers = {}) =>
  fetch(gateways.at(-1) + path, {
    headers: { ...(who ? { Authorization: `Bearer ${who.accessToken}` } : {}), ...headers },
  });

test('a file travels with a message and is shown to those who see it', async (t) => {
  const clients = new Clients(t);
  const [ann, bob, eve] = await Promise.all(['ann', 'bob', 'eve'].map(person));
  const { _id: conversationId } = await direct(ann, bob);
  const one = await clients.signedIn(ann, 0);
  const other = await clients.signedIn(bob, 1);
  await ask(other, 'join-conversation', { conversationId });
  const uploaded = await upload(ann, 'C:\\pictures\\me ☺.png', PIXEL);
  assert.equal(uploaded.status, 201, JSON.stringify(uploaded.body));
  const file = uploaded.body.data;
  assert.deepEqual([file.originalName, file.mimetype, file.size, file.uploadedBy], ['me ☺.png', 'image/png', PIXEL.length, ann._id]);

  const refused = await ask(other, 'send-message', { conversationId, content: 'mine', attachments: [file._id] });
  assert.equal(refused.error.code, 'NOT_FOUND');
  const sent = await ask(one, 'send-message', { conversationId, content: 'look', attachments: [file._id, file._id] });
  assert.deepEqual(sent.message.attachments.map(({ _id }) => _id), [file._id]);
  const { attachments: [attached] } = await next(other, 'new-message');
  assert.deepEqual([attached.originalName, attached.mimetype, attached.size], ['me ☺.png', 'image/png', PIXEL.length]);

  const shown = await get(attached.url);
  assert.equal(shown.status, 200);
  assert.deepEqual(
    ['content-type', 'x-content-type-options', 'accept-ranges'].map((name) => shown.headers.get(name)),
    ['image/png', 'nosniff', 'bytes'],
  );
  assert.match(shown.headers.get('content-disposition'), /^inline; .*filename\*=UTF-8''me%20%E2%98%BA\.png$/);
  assert.deepEqual(Buffer.from(await shown.arrayBuffer()), PIXEL);
  const part = await get(attached.url, undefined, { Range: 'bytes=1-3' });
  assert.deepEqual([part.status, await part.text(), part.headers.get('content-range')], [206, 'PNG', `bytes 1-3/${PIXEL.length}`]);
  assert.equal((await get(attached.url.replace(/signature=./, 'signature=_'))).status, 401);
  assert.equal((await get(attached.thumbnailUrl)).status, 200);
  assert.equal((await get(`/api/files/${file._id}`, bob)).status, 200);
  for (const path of [`/api/files/${file._id}`, `/api/files/${file._id}/content`, '/api/files/none']) {
    assert.equal((await get(path, eve)).status, 404, path);
    assert.equal((await get(path)).status, 401, path);
  }

  const remove = (who) => call('DELETE', `/api/files/${file._id}`, { token: who.accessToken, gateway: gateways.at(-1) });
  assert.deepEqual([(await remove(eve)).status, (await remove(bob)).status, (await remove(ann)).status], [404, 403, 200]);
  assert.equal((await get(attached.url)).status, 404);
  const history = await call('GET', `/api/conversations/${conversationId}/messages`, { token: bob.accessToken });
  const [left] = history.body.data.messages[0].attachments;
  assert.deepEqual([left.deleted, 'url' in left, left.originalName], [true, false, 'me ☺.png']);
});

test('types are found by content, and sizes are limited', async () => {
  const ann = await person('ann');
  for (const [name, bytes, status, code] of [
    ['a.png', '<!DOCTYPE html><script>alert(1)</script>', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a.png', Buffer.from('4d5a90000300', 'hex'), 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a.png', '', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a.txt', 'x'.repeat(10 * 2 ** 20 + 1), 413, 'PAYLOAD_TOO_LARGE'],
    ['a.txt', 'x'.repeat(20 * 2 ** 20), 413, 'PAYLOAD_TOO_LARGE'],
  ]) {
    const answer = await upload(ann, name, bytes, gateways.at(-1));
    assert.deepEqual([answer.status, answer.body.error?.code], [status, code], `${name} ${bytes.length}`);
  }
  assert.equal((await upload(ann, 'a.exe', 'x'.repeat(10 * 2 ** 20))).body.data.mimetype, 'text/plain');
});

test('search finds what one may see, newest first', async (t) => {
  const clients = new Clients(t);
  const [ann, bob, eve] = await Promise.all(['ann', 'bob', 'eve'].map(person));
  const { _id: first } = await direct(ann, bob);
  const { _id: second } = await direct(ann, eve);
  const one = await clients.signedIn(ann, 0);
  for (const [conversationId, content] of [[first, 'Needlework 1'], [second, 'a needle 2'], [first, 'hay'], [first, 'NEEDLES 3']]) {
    assert.equal((await ask(one, 'send-message', { conversationId, content })).success, true);
  }
  const search = async (who, path) => {
    const answer = await call('GET', path, { token: who.accessToken, gateway: gateways.at(-1) });
    return answer.status === 200 ? answer.body.data.messages.map(({ content }) => content) : answer.status;
  };
  assert.deepEqual(await search(ann, `/api/conversations/${first}/search?q=needle`), ['NEEDLES 3', 'Needlework 1']);
  assert.deepEqual(await search(ann, '/api/search?q=needle'), ['NEEDLES 3', 'a needle 2', 'Needlework 1']);
  assert.deepEqual(await search(bob, '/api/search?q=needle'), ['NEEDLES 3', 'Needlework 1']);
  assert.equal(await search(eve, `/api/conversations/${first}/search?q=needle`), 404);
  assert.equal(await search(ann, '/api/search?q=n'), 400);
  assert.equal(await search(ann, '/api/search'), 400);
});

test("a picture of one's own is shown to everybody at a signed address", async () => {
  const [ann, eve] = await Promise.all(['ann', 'eve'].map(person));
  const uploaded = await upload(ann, 'me.png', PIXEL);
  const body = { avatar: uploaded.body.data._id };
  assert.equal((await call('PATCH', '/api/auth/me', { token: eve.accessToken, body })).status, 404);
  const changed = await call('PATCH', '/api/auth/me', { token: ann.accessToken, body });
  assert.equal(changed.status, 200, JSON.stringify(changed.body));
  const seen = await call('GET', `/api/users/${ann._id}`, { token: eve.accessToken });
  const listed = await call('GET', `/api/users?q=${ann.username}`, { token: eve.accessToken });
  for (const { avatar } of [changed.body.data, seen.body.data, listed.body.data.users[0]]) {
    const shown = await get(avatar);
    assert.equal(shown.status, 200, avatar);
    assert.deepEqual(Buffer.from(await shown.arrayBuffer()), PIXEL);
  }
});
