// Stock socket.io-client 4.x, run against the server named by URL. One claim per test.
import { test, after } from "node:test";
import assert from "node:assert/strict";
import { io, Manager } from "socket.io-client";

const url = process.env.URL;
const open = [];
after(() => open.forEach((s) => s.disconnect()));

function connect(options = {}, namespace = "") {
  const socket = io(url + namespace, { forceNew: true, reconnection: false, ...options });
  open.push(socket);
  return socket;
}

function once(emitter, event) {
  return new Promise((resolve) => emitter.once(event, (...args) => resolve(args)));
}

async function connected(options, namespace) {
  const socket = connect(options, namespace);
  await new Promise((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("connect_error", reject);
  });
  return socket;
}

const ways = {
  polling: { transports: ["polling"] },
  websocket: { transports: ["websocket"] },
  upgrade: { transports: ["polling", "websocket"] },
};

for (const [name, way] of Object.entries(ways)) {
  test(`${name}: connects and gets an id that is not the session's`, async () => {
    const socket = await connected(way);
    assert.match(socket.id, /^[\w-]{20}$/);
    assert.notEqual(socket.id, socket.io.engine.id);
  });

  test(`${name}: events come back with all JSON types`, async () => {
    const socket = await connected(way);
    const args = [1, "zwei €𝄞", null, true, [1.5, []], { a: { b: [{}] } }];
    socket.emit("echo", ...args);
    assert.deepEqual(await once(socket, "echoed"), args);
  });

  test(`${name}: acknowledgements answer with arguments`, async () => {
    const socket = await connected(way);
    assert.deepEqual(await socket.timeout(5000).emitWithAck("double", 21), 42);
  });

  test(`${name}: binary goes both ways in place`, async () => {
    const socket = await connected(way);
    const payload = { file: Buffer.from([1, 2, 3, 255]), more: [Buffer.alloc(70000, 7), "x"] };
    socket.emit("echo", payload, Buffer.from("last"));
    const [back, last] = await once(socket, "echoed");
    assert.deepEqual(Buffer.from(back.file), payload.file);
    assert.deepEqual(Buffer.from(back.more[0]), payload.more[0]);
    assert.equal(back.more[1], "x");
    assert.equal(Buffer.from(last).toString(), "last");
  });

  test(`${name}: a binary acknowledgement answers`, async () => {
    const socket = await connected(way);
    const answer = await socket.timeout(5000).emitWithAck("echo-ack", Buffer.from([9, 8]));
    assert.deepEqual(Buffer.from(answer), Buffer.from([9, 8]));
  });

  test(`${name}: the server's question is answered`, async () => {
    const socket = await connected(way);
    socket.on("question", (n, answer) => answer(n + 1, "ok"));
    assert.deepEqual(await socket.timeout(5000).emitWithAck("ask-me", 5), [6, "ok"]);
  });

  test(`${name}: 500 messages of both sides arrive once and in order`, async () => {
    const socket = await connected(way);
    const got = [];
    const all = new Promise((resolve) =>
      socket.on("echoed", (n) => {
        got.push(n);
        if (got.length === 500) resolve();
      }),
    );
    for (let i = 0; i < 500; i++) {
      socket.emit("echo", i);
      if (i % 50 === 0) await new Promise((r) => setTimeout(r, 1));
    }
    await all;
    assert.deepEqual(got, [...Array(500).keys()]);
  });

  test(`${name}: the heartbeat keeps an idle socket`, async () => {
    const socket = await connected(way);
    let pings = 0;
    socket.io.on("ping", () => pings++);
    while (pings < 3) await once(socket.io, "ping");
    assert.equal(socket.connected, true);
  });

  test(`${name}: disconnecting is told as a server disconnect`, async () => {
    const socket = await connected(way);
    socket.emit("kick-me");
    assert.deepEqual((await once(socket, "disconnect"))[0], "io server disconnect");
  });

  test(`${name}: closing the connection is told as a transport close`, async () => {
    const socket = await connected(way);
    const [word, gone] = [once(socket, "last-word"), once(socket, "disconnect")];
    socket.emit("close-me");
    assert.deepEqual((await word)[0], "bye");
    assert.match((await gone)[0], /^transport (close|error)$/);
  });

  test(`${name}: the server hears why a client left`, async () => {
    const watcher = await connected(way);
    await watcher.emitWithAck("watch");
    const leaver = await connected(way);
    const id = leaver.id;
    const told = new Promise((resolve) =>
      watcher.on("left", (who, why) => who === id && resolve(why)),
    );
    leaver.disconnect();
    assert.equal(await told, "client namespace disconnect");
  });
}

test("upgrade: the socket ends on websocket, with the same ids", async () => {
  const socket = connect(ways.upgrade);
  await once(socket, "connect");
  const engine = socket.io.engine;
  const sid = engine.id;
  if (engine.transport.name !== "websocket") await once(engine, "upgrade");
  assert.equal(engine.transport.name, "websocket");
  assert.equal(engine.id, sid);
  assert.equal(await socket.timeout(5000).emitWithAck("double", 2), 4);
});

test("upgrade: messages in flight are neither lost nor doubled", async () => {
  for (let round = 0; round < 10; round++) {
    const socket = connect(ways.upgrade);
    const got = [];
    socket.on("flood", (n) => got.push(n));
    socket.on("connect", () => socket.emit("flood-me", 300));
    await once(socket, "flood-end");
    assert.deepEqual(got, [...Array(300).keys()]);
    socket.disconnect();
  }
});

test("several namespaces share one connection", async () => {
  const manager = new Manager(url, { reconnection: false });
  const main = manager.socket("/");
  const custom = manager.socket("/custom");
  open.push(main, custom);
  await Promise.all([once(main, "connect"), once(custom, "connect")]);
  assert.notEqual(main.id, custom.id);
  assert.deepEqual(await custom.timeout(5000).emitWithAck("where"), "/custom");
  custom.disconnect();
  assert.deepEqual(await main.timeout(5000).emitWithAck("double", 4), 8);
});

test("an unknown namespace is refused", async () => {
  const socket = connect({}, "/nowhere");
  const [error] = await once(socket, "connect_error");
  assert.equal(error.message, "Invalid namespace");
});

test("a namespace by pattern lets matching names in", async () => {
  const socket = await connected({}, "/tenant-42");
  assert.equal(await socket.timeout(5000).emitWithAck("where"), "/tenant-42");
});

test("a middleware refuses with message and data", async () => {
  const socket = connect({ auth: { token: "wrong" } }, "/guarded");
  const [error] = await once(socket, "connect_error");
  assert.equal(error.message, "not allowed");
  assert.deepEqual(error.data, { code: 7 });
});

test("a middleware that answers later lets the good in", async () => {
  const socket = await connected({ auth: { token: "right" } }, "/guarded");
  assert.deepEqual(await socket.timeout(5000).emitWithAck("who"), { token: "right" });
});

test("rooms: everyone in the room but the sender", async () => {
  const [a, b, c] = await Promise.all([connected(), connected(ways.polling), connected()]);
  await Promise.all([a, b].map((s) => s.timeout(5000).emitWithAck("join", "r1")));
  const heard = once(b, "said");
  let wrong = 0;
  a.on("said", () => wrong++);
  c.on("said", () => wrong++);
  await a.timeout(5000).emitWithAck("say", "r1", "hi");
  assert.deepEqual(await heard, ["hi"]);
  await Promise.all([a, c].map((s) => s.timeout(5000).emitWithAck("double", 1)));
  assert.equal(wrong, 0);
});

test("rooms: who left hears nothing more", async () => {
  const [a, b] = await Promise.all([connected(), connected()]);
  await Promise.all([a, b].map((s) => s.timeout(5000).emitWithAck("join", "r2")));
  await b.timeout(5000).emitWithAck("leave", "r2");
  let wrong = 0;
  b.on("said", () => wrong++);
  await a.timeout(5000).emitWithAck("say", "r2", "hi");
  await b.timeout(5000).emitWithAck("double", 1);
  assert.equal(wrong, 0);
});

test("a payload above the limit ends the connection", async () => {
  const socket = await connected(ways.websocket);
  socket.emit("echo", "x".repeat(1_100_000));
  assert.match((await once(socket, "disconnect"))[0], /^transport/);
});

test("recovery brings the same id and what was missed, in order", async () => {
  const socket = connect({ reconnection: true, reconnectionDelay: 50 }, "/recovering");
  const ids = [];
  socket.on("connect", () => ids.push(socket.id));
  const got = [];
  await new Promise((resolve) =>
    socket.on("numbered", (n) => {
      got.push(n);
      if (n === 1) setImmediate(() => socket.io.engine.close());
      if (n === 4) resolve();
    }),
  );
  assert.equal(socket.recovered, true);
  assert.equal(ids.length, 2);
  assert.equal(ids[0], ids[1]);
  assert.deepEqual(got, [1, 2, 3, 4]);
});

test("reconnects by itself after the server closed the connection", async () => {
  const socket = connect({ reconnection: true, reconnectionDelay: 20 });
  await once(socket, "connect");
  socket.emit("close-me");
  await once(socket, "disconnect");
  await once(socket, "connect");
  assert.equal(socket.recovered, false);
});
