// A chat in a terminal: each line that is typed is a message.
//
//   CHATTERBOX_PASSWORD=… node terminal.mjs http://localhost:3000 ann@example.org bob
//
// `/file PATH` sends a file, `/quit` signs out.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { Chat } from './chat.js';

const [url, email, other] = process.argv.slice(2);

let shown = Promise.resolve();
const chat = new Chat(url, {
  // one after the other, since a file is fetched before it is shown
  message: (message) => (shown = shown.then(() => show(message))),
  status: (text) => console.log(`* ${text}`),
  signedOut: () => console.log('* signed out'),
});

async function show({ seq, sender, content, attachments }) {
  let text = `${seq} ${sender.username}: ${content}`;
  for (const attachment of attachments) {
    const { size } = await chat.download(attachment);
    text += ` [${attachment.originalName}, ${size} bytes]`;
  }
  console.log(text);
}

async function say(line) {
  if (line.startsWith('/file ')) {
    const path = line.slice('/file '.length);
    await chat.sendFile(new Blob([await readFile(path)]), basename(path));
  } else {
    await chat.send(line);
  }
}

await chat.signIn(email, process.env.CHATTERBOX_PASSWORD);
chat.connect();
const { users } = await chat.call('GET', `/api/users?q=${encodeURIComponent(other)}`);
const { _id } = await chat.call('POST', '/api/conversations/direct', { participantId: users[0]._id });
await chat.open(_id);

for await (const line of createInterface({ input: process.stdin })) {
  if (line === '/quit') {
    break;
  }
  say(line).catch(({ code, message }) => console.log(`! ${code} ${message}`));
}
await chat.signOut();
process.stdin.destroy(); // else Node waits for more of it
