// Stock socket.io-client 2.x (Engine.IO 3), run against the server named by URL. One claim per test.
import { test, after } from "node:test";
import assert from "node:assert/strict";
import { createRequire } from "node:module";

const io = createRequire(import.meta.url)("socket.io-client-2");
const url = process.env.URL;
const open = [];
after(() => open.forEach((s) => s.close()));

function once(emitter, event) {
  return new Promise((resolve) => emitter.once(event, (...args) => resolve(args)));
}

async function connected(options = {}, namespace = "") {
  const socket = io(url + namespace, { forceNew: true, reconnection: false, ...options });
  open.push(socket);
  await new Promise((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("error", (e) => reject(new Error(String(e))));
    socket.once("connect_error", reject);
  });
  return socket;
}

const ways = {
  polling: { transports: ["polling"] },
  base64: { transports: ["polling"], forceBase64: true },
  websocket: { transports: ["websocket"] },
  upgrade: { transports: ["polling", "websocket"] },
};

for (const [name, way] of Object.entries(ways)) {
  test(`${name}: connects to the main namespace without asking`, async () => {
    const socket = await connected(way);
    assert.equal(socket.id, socket.io.engine.id);
  });

  test(`${name}: events come back`, async () => {
    const socket = await connected(way);
    socket.emit("echo", 1, "zwei €𝄞", { a: [null] });
    assert.deepEqual(await once(socket, "echoed"), [1, "zwei €𝄞", { a: [null] }]);
  });

  test(`${name}: binary comes back in place`, async () => {
    const socket = await connected(way);
    socket.emit("echo", { file: Buffer.from([1, 2, 255]), text: "ü" });
    const [back] = await once(socket, "echoed");
    assert.deepEqual(Buffer.from(back.file), Buffer.from([1, 2, 255]));
    assert.equal(back.text, "ü");
  });

  test(`${name}: acknowledgements answer`, async () => {
    const socket = await connected(way);
    assert.equal(await new Promise((r) => socket.emit("double", 21, r)), 42);
  });

  test(`${name}: the client's pings are answered`, async () => {
    const socket = await connected(way);
    await once(socket, "pong");
    await once(socket, "pong");
    assert.equal(socket.connected, true);
  });
}

test("another namespace, with its query as handshake", async () => {
  const socket = await connected({ query: { token: "right" } }, "/guarded?token=right");
  assert.deepEqual(await new Promise((r) => socket.emit("who", r)), { token: "right" });
});

test("an unknown namespace is refused", async () => {
  const socket = io(url + "/nowhere", { forceNew: true, reconnection: false });
  open.push(socket);
  assert.deepEqual(await once(socket, "error"), ["Invalid namespace"]);
});
