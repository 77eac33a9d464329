// Node's socket.io with its defaults (the ws engine), behaving as the library's own bench server.
import { createServer } from "node:http";
import { Server } from "socket.io";

const port = Number(process.argv[2]);
const http = createServer();
const io = new Server(http);

io.on("connection", (socket) => {
  socket.on("join-room", ({ roomName }, ack) => {
    socket.join(roomName);
    if (ack) ack();
  });
  socket.on("send-room-message", ({ roomName, content }, ack) => {
    io.to(roomName).emit("room-message", { roomName, content });
    if (ack) ack();
  });
});

http.listen(port, "127.0.0.1", () => console.log(`socket.io on ${port}`));
