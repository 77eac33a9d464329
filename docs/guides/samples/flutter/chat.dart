// One conversation over ChatterBox with socket_io_client 3. Not run by the tests.
import 'dart:async';
import 'dart:math';
import 'package:socket_io_client/socket_io_client.dart' as io;

typedef Json = Map<String, dynamic>;

class Chat {
  Chat(this.url, this.conversationId, {required this.token, required this.renew, required this.shown});

  final String url;
  final String conversationId;
  String token;

  /// Asks `POST /api/auth/refresh`; completes with the new access token, or null when the session has ended.
  final Future<String?> Function() renew;
  final void Function(Json message) shown;

  static const _tryAgain = {'UNAVAILABLE', 'RATE_LIMITED', 'UNAUTHORIZED'};
  late final io.Socket _socket;
  int? _last; // the seq of the last message that was shown
  final _early = <int, Json>{}; // messages that came before one with a lower seq
  Completer<void> _online = Completer();
  Future<void> _outbox = Future.value();

  // #region connect
  void connect() {
    _socket = io.io(
      url,
      io.OptionBuilder()
          .setTransports(['websocket'])
          .disableAutoConnect()
          // asked at every reconnect, so that it is the newest token that is sent
          .setAuthFn((give) => give({'token': token}))
          .build(),
    );
    _socket.on('authenticated', (_) => _join());
    _socket.on('token-expiring', (_) => _authorize());
    _socket.on('unauthorized', (_) => Timer(const Duration(seconds: 1), _authorize));
    _socket.on('new-message', (message) => _take(Json.from(message)));
    _socket.onDisconnect((reason) {
      if (_online.isCompleted) _online = Completer();
      if (reason == 'io server disconnect') {
        // the only case in which the client does not come back by itself
        Timer(const Duration(seconds: 1), _socket.connect);
      }
    });
    _socket.connect();
  }

  Future<void> _authorize() async {
    final newer = await renew();
    if (newer != null) {
      token = newer;
      _socket.emit('auth', {'token': token});
    }
  }
  // #endregion

  // #region join
  /// Joins after each `authenticated`, recovered or not: what was shown already is not answered again.
  Future<void> _join() async {
    for (var more = true; more && _socket.connected;) {
      final isFirst = _last == null; // then the last 50 are answered
      final answer = await _ask('join-conversation', {
        'conversationId': conversationId,
        if (!isFirst) 'afterSeq': _last,
      });
      if (answer['success'] == true) {
        final messages = [for (final message in answer['messages']) Json.from(message)];
        _last ??= messages.isEmpty ? 0 : messages.first['seq'] - 1;
        messages.forEach(_take);
        more = !isFirst && answer['hasMore'] == true;
      } else if (_tryAgain.contains(answer['error']['code'])) {
        await Future.delayed(const Duration(seconds: 1));
      } else {
        return;
      }
    }
    if (_socket.connected && !_online.isCompleted) _online.complete();
  }

  /// Shows each message once and in the order of `seq`, however it came.
  void _take(Json message) {
    final int seq = message['seq'];
    final last = _last;
    if (message['conversationId'] != conversationId || (last != null && seq <= last)) return;
    _early[seq] = message;
    if (last == null) return;
    for (var next = _early.remove(last + 1); next != null; next = _early.remove(_last! + 1)) {
      _last = next['seq'];
      shown(next);
    }
  }
  // #endregion

  // #region send
  /// Sends after what was sent before. Completes when the message is stored; fails when it is refused for good.
  Future<void> send(String content, [List<String> attachments = const []]) {
    final message = {
      'conversationId': conversationId,
      'content': content,
      'attachments': attachments,
      // the same at every try, so it is one message whatever happens
      'clientMessageId': List.generate(4, (_) => Random.secure().nextInt(1 << 32).toRadixString(36)).join('-'),
    };
    final sent = _outbox.then((_) => _deliver(message));
    _outbox = sent.catchError((_) {});
    return sent;
  }

  Future<void> _deliver(Json message) async {
    for (var wait = 500;; wait = min(2 * wait, 8000)) {
      await _online.future;
      final answer = await _ask('send-message', message);
      if (answer['success'] == true) return _take(Json.from(answer['message']));
      final error = answer['error'];
      if (!_tryAgain.contains(error['code'])) throw StateError(error['message']);
      await Future.delayed(Duration(milliseconds: error['retryAfterMs'] ?? wait));
    }
  }

  /// No answer means not known, as `UNAVAILABLE` does.
  Future<Json> _ask(String event, Json payload) async {
    try {
      final answer = await _socket.emitWithAckAsync(event, payload).timeout(const Duration(seconds: 13));
      return Json.from(answer);
    } on TimeoutException {
      return {'success': false, 'error': {'code': 'UNAVAILABLE', 'message': 'no answer'}};
    }
  }
  // #endregion
}
