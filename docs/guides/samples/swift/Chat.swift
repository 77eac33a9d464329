// One conversation over ChatterBox with socket.io-client-swift 16. Not run by the tests.
import Foundation
import SocketIO

/// All of it on the main queue, which is where the client calls its handlers.
final class Chat {
  var shown: ([String: Any]) -> Void = { _ in }
  /// Asks `POST /api/auth/refresh` and hands over the new access token, or nil when the session has ended.
  var renew: (@escaping (String?) -> Void) -> Void

  private let manager: SocketManager
  private let socket: SocketIOClient
  private let conversationId: String
  private var token: String
  private var last = -1 // the seq of the last message that was shown
  private var early: [Int: [String: Any]] = [:] // messages that came before one with a lower seq
  private var outbox: [[String: Any]] = []
  private var isSending = false
  private var isOnline = false
  private static let tryAgain: Set<String> = ["UNAVAILABLE", "RATE_LIMITED", "UNAUTHORIZED"]

  // #region connect
  init(url: URL, token: String, conversationId: String, renew: @escaping (@escaping (String?) -> Void) -> Void) {
    self.token = token
    self.conversationId = conversationId
    self.renew = renew
    manager = SocketManager(socketURL: url, config: [.version(.three), .reconnectWait(1), .reconnectWaitMax(5)])
    socket = manager.defaultSocket
    socket.on("authenticated") { [weak self] _, _ in self?.join() }
    socket.on("unauthorized") { [weak self] _, _ in self?.after(1) { $0.authorize() } }
    socket.on("token-expiring") { [weak self] _, _ in self?.authorize() }
    socket.on("new-message") { [weak self] data, _ in self?.take(data.first as? [String: Any]) }
    socket.on(clientEvent: .reconnect) { [weak self] _, _ in self?.isOnline = false }
    socket.on(clientEvent: .disconnect) { [weak self] data, _ in
      self?.isOnline = false
      if data.first as? String == "Got Disconnect" { // the server ended it; the client does not come back by itself
        self?.after(1) { $0.connect() }
      }
    }
  }

  /// The client repeats this token at its own reconnects, also when it is old. That does no harm:
  /// `unauthorized` leaves the connection open, and `auth` brings the new one.
  func connect() {
    socket.connect(withPayload: ["token": token])
  }

  private func authorize() {
    renew { [weak self] token in
      guard let self, let token else { return }
      self.token = token
      self.socket.emit("auth", ["token": token])
    }
  }
  // #endregion

  // #region join
  /// This client does not recover sessions, so it joins after each `authenticated`.
  private func join() {
    let isFirst = last < 0 // then the last 50 are answered
    var payload: [String: Any] = ["conversationId": conversationId]
    if !isFirst { payload["afterSeq"] = last }
    ask("join-conversation", payload) { [weak self] answer in
      guard let self else { return }
      guard answer["success"] as? Bool == true else {
        if Self.tryAgain.contains(Self.code(answer)) { self.after(1) { if $0.socket.status == .connected { $0.join() } } }
        return
      }
      let messages = answer["messages"] as? [[String: Any]] ?? []
      if isFirst { self.last = (messages.first?["seq"] as? Int ?? 1) - 1 }
      messages.forEach(self.take)
      if !isFirst, answer["hasMore"] as? Bool == true {
        self.join()
      } else {
        self.isOnline = true
        self.pump()
      }
    }
  }

  /// Shows each message once and in the order of `seq`, however it came.
  private func take(_ message: [String: Any]?) {
    guard let message, message["conversationId"] as? String == conversationId,
      let seq = message["seq"] as? Int, seq > last else { return }
    early[seq] = message
    while last >= 0, let next = early.removeValue(forKey: last + 1) {
      last += 1
      shown(next)
    }
  }
  // #endregion

  // #region send
  func send(_ content: String, attachments: [String] = []) {
    outbox.append([
      "conversationId": conversationId, "content": content, "attachments": attachments,
      "clientMessageId": UUID().uuidString, // the same at every try, so it is one message whatever happens
    ])
    pump()
  }

  /// One message at a time, so that they keep their order.
  private func pump(wait: Double = 0.5) {
    guard isOnline, !isSending, let message = outbox.first else { return }
    isSending = true
    ask("send-message", message) { [weak self] answer in
      guard let self else { return }
      self.isSending = false
      if answer["success"] as? Bool != true, Self.tryAgain.contains(Self.code(answer)) {
        self.after(wait) { $0.pump(wait: min(2 * wait, 8)) }
        return
      }
      self.outbox.removeFirst() // stored, or refused for good
      self.take(answer["message"] as? [String: Any])
      self.pump()
    }
  }

  /// No answer means not known, as `UNAVAILABLE` does.
  private func ask(_ event: String, _ payload: [String: Any], then: @escaping ([String: Any]) -> Void) {
    socket.emitWithAck(event, payload).timingOut(after: 13) { data in
      then(data.first as? [String: Any] ?? ["success": false, "error": ["code": "UNAVAILABLE"]])
    }
  }

  private static func code(_ answer: [String: Any]) -> String {
    (answer["error"] as? [String: Any])?["code"] as? String ?? ""
  }

  private func after(_ seconds: Double, _ work: @escaping (Chat) -> Void) {
    DispatchQueue.main.asyncAfter(deadline: .now() + seconds) { [weak self] in
      if let self { work(self) }
    }
  }
  // #endregion
}
