package io.chatterbox.bench.peers;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketConfig;
import com.corundumstudio.socketio.SocketIOServer;
import java.util.Map;

/// netty-socketio with its defaults, on native epoll with as many workers as there are processors.
public final class NettySocketIoPeer {
  private NettySocketIoPeer() {}

  public static void main(String[] args) {
    Configuration configuration = new Configuration();
    configuration.setHostname("127.0.0.1");
    configuration.setPort(Integer.parseInt(args[0]));
    configuration.setUseLinuxNativeEpoll(true);
    configuration.setBossThreads(1);
    configuration.setWorkerThreads(Runtime.getRuntime().availableProcessors());
    SocketConfig sockets = new SocketConfig();
    sockets.setReuseAddress(true);
    sockets.setAcceptBackLog(4096);
    configuration.setSocketConfig(sockets);
    SocketIOServer server = new SocketIOServer(configuration);
    server.addEventListener(
        "join-room",
        Map.class,
        (client, data, ack) -> {
          client.joinRoom(String.valueOf(data.get("roomName")));
          ack.sendAckData();
        });
    server.addEventListener(
        "send-room-message",
        Map.class,
        (client, data, ack) -> {
          String room = String.valueOf(data.get("roomName"));
          server.getRoomOperations(room).sendEvent("room-message", data);
          ack.sendAckData();
        });
    server.start();
    System.out.println("netty-socketio on " + args[0]);
  }
}
