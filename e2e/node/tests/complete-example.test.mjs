// The owner's "Complete Example" of the event reference, token and conversation filled in.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { io } from 'socket.io-client';
import { Clients, ask, call, direct, gateways, next, person } from '../support.mjs';

test('the complete example of the event reference runs unchanged', async (t) => {
  const john = await person('john');
  const jane = await person('jane');
  const conversation = await direct(john, jane);
  const clients = new Clients(t);
  const log = [];
  const console = { log: (...words) => log.push(words) };

  const socket = io(gateways[0], {
    auth: { token: john.accessToken },
  });
  t.after(() => socket.close());
  socket.heard = [];
  socket.onAny((event, ...args) => socket.heard.push([event, ...args]));

  // Connection events
  socket.on('connect', () => console.log('Connected'));
  socket.on('disconnect', (reason) => console.log('Disconnected:', reason));

  // Auth events
  socket.on('authenticated', () => console.log('Authenticated'));
  socket.on('unauthorized', (err) => console.log('Unauthorized:', err.message));

  // Messages
  socket.on('new-message', (message) => {
    console.log('New message:', message.content);
  });

  // Presence
  socket.on('presence:online', (data) => console.log('Online:', data.userId));
  socket.on('presence:offline', (data) => console.log('Offline:', data.userId));

  // Typing
  socket.on('user-typing', (data) => console.log('Typing:', data.username));

  // Send message
  function sendMessage(conversationId, content) {
    socket.emit('send-message', { conversationId, content });
  }

  // Join conversation
  function joinConversation(conversationId) {
    socket.emit('join-conversation', { conversationId });
  }

  const authenticated = await next(socket, 'authenticated');
  assert.equal(authenticated.userId, john._id);
  joinConversation(conversation._id);

  const other = await clients.signedIn(jane, 1);
  assert.equal((await next(socket, 'presence:online')).userId, jane._id);
  const joined = await ask(other, 'join-conversation', { conversationId: conversation._id });
  assert.equal(joined.success, true);

  sendMessage(conversation._id, 'Hello!');
  const mine = await next(socket, 'new-message');
  const theirs = await next(other, 'new-message');
  assert.deepEqual(mine, theirs);
  assert.equal(theirs.content, 'Hello!');
  assert.equal(theirs.conversationId, conversation._id);
  assert.deepEqual(theirs.sender, { _id: john._id, username: john.username });
  assert.match(theirs.createdAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.equal(theirs.seq, 1);

  other.emit('typing', { conversationId: conversation._id });
  assert.deepEqual(await next(socket, 'user-typing'), {
    conversationId: conversation._id,
    userId: jane._id,
    username: jane.username,
  });
  other.emit('stop-typing', { conversationId: conversation._id });
  assert.equal((await next(socket, 'user-stop-typing')).userId, jane._id);

  other.close();
  const offline = await next(socket, 'presence:offline');
  assert.equal(offline.userId, jane._id);
  assert.equal(offline.status, 'offline');
  assert.match(offline.lastSeen, /Z$/);

  assert.deepEqual(log.filter(([word]) => word !== 'Offline:').map(([word]) => word), [
    'Connected',
    'Authenticated',
    'Online:',
    'New message:',
    'Typing:',
  ]);
  assert.equal((await call('GET', '/api/health')).status, 200);
});
