"""One conversation over ChatterBox. It needs python-socketio[client] and requests."""

import queue
import threading
import time
import uuid

import requests
import socketio

ANSWER_SECONDS = 13  # a gateway answers within 11 s
TRY_AGAIN = {"UNAVAILABLE", "RATE_LIMITED", "UNAUTHORIZED"}
NOT_KNOWN = {"success": False, "error": {"code": "UNAVAILABLE", "message": "There was no answer."}}


class Refused(Exception):
    """What the server says no to: `code` is for programs, the text for people."""

    def __init__(self, error):
        super().__init__(error["message"])
        self.code = error["code"]


def patiently(work):
    """Tries again what the server could not answer now."""
    for tries in range(1, 6):
        try:
            return work()
        except Refused as error:
            if error.code != "UNAVAILABLE" or tries == 5:
                raise
            time.sleep(1)


class Chat:
    """`listener` has message(message), status(text), refused(error) and signed_out()."""

    def __init__(self, url, listener):
        self._url = url
        self._listener = listener
        self._tokens = {}
        self._renewing = threading.Lock()
        self._joining = threading.Lock()
        self._showing = threading.RLock()
        self._conversation_id = None
        self._last = None  # the seq of the last message that was shown
        self._early = {}  # messages that came before one with a lower seq
        self._online = threading.Event()
        self._pending = set()  # of who waits for an answer
        self._closed = False
        self._outbox = queue.Queue()
        self._socket = socketio.Client()
        threading.Thread(target=self._deliver_all, daemon=True).start()

    # region sign-in
    def sign_in(self, email, password):
        body = {"email": email, "password": password}
        self._tokens = patiently(lambda: self._fetch("POST", "/api/auth/login", json=body))
        return self._tokens["user"]  # {_id, username, email}

    def call(self, method, path, **body):
        """A call of the REST half; returns its `data`. An access token that has ended is renewed first."""
        token = self._tokens["accessToken"]
        try:
            return patiently(lambda: self._fetch(method, path, token, **body))
        except Refused as error:
            if error.code != "TOKEN_EXPIRED":
                raise
        self._renew(token)
        return patiently(lambda: self._fetch(method, path, self._tokens["accessToken"], **body))

    def _fetch(self, method, path, token=None, **body):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            response = requests.request(method, self._url + path, headers=headers, timeout=10, **body)
            answer = response.json()
        except requests.RequestException as error:
            raise Refused({"code": "UNAVAILABLE", "message": "The server cannot be reached."}) from error
        if not answer["success"]:
            raise Refused(answer["error"])
        return answer.get("data")

    # endregion

    # region connect
    def connect(self):
        """Connects, and stays connected until `sign_out`."""
        # handlers run in threads of their own, so two messages may be handled in any order
        self._socket.on("authenticated", lambda data: self._arrived())
        self._socket.on("unauthorized", lambda data: self._doubted())
        self._socket.on("token-expiring", lambda data: self._authorize())
        self._socket.on("new-message", self._take)
        self._socket.on("error", lambda data: self._listener.status(f"error: {data}"))
        self._socket.on("disconnect", self._disconnected)
        self._link()

    def _link(self):
        # a function: asked at every reconnect, so that it is the newest token that is sent
        self._socket.connect(self._url, auth=lambda: {"token": self._tokens["accessToken"]}, retry=True)

    def _arrived(self):
        """The Python client does not recover sessions, so it joins after each connect."""
        if self._conversation_id:
            self._join()
        if self._socket.connected:
            self._online.set()

    def _disconnected(self, reason):
        self._online.clear()
        for answer in list(self._pending):
            answer.put(NOT_KNOWN)
        self._listener.status(f"offline: {reason}")
        if reason == self._socket.reason.SERVER_DISCONNECT:
            # the only case in which the client does not come back by itself
            threading.Thread(target=self._come_back, daemon=True).start()

    def _come_back(self):
        time.sleep(1)
        while not self._closed and not self._socket.connected:
            try:
                self._link()
            except socketio.exceptions.ConnectionError:
                time.sleep(1)

    # endregion

    # region renew
    def _doubted(self):
        time.sleep(1)
        self._authorize()

    def _authorize(self):
        """Before the token ends, and when it has: a newer one, over the same socket."""
        if self._closed:
            return
        try:
            self._renew(self._tokens["accessToken"])
        except Refused as error:
            self._listener.status(f"not renewed: {error.code}")  # at the end the server says `unauthorized`
            return
        if self._ask("auth", {"token": self._tokens["accessToken"]})["success"]:
            self._listener.status("renewed")

    def _renew(self, old):
        """A newer token than this one. One renewal at a time: a refresh token counts once."""
        with self._renewing:
            if self._tokens["accessToken"] != old:
                return
            body = {"refreshToken": self._tokens["refreshToken"]}
            try:
                # an answer that was lost is given again within ten seconds
                self._tokens = patiently(lambda: self._fetch("POST", "/api/auth/refresh", json=body))
            except Refused as error:
                if error.code in ("UNAUTHORIZED", "TOKEN_EXPIRED"):
                    self._end()
                raise

    # endregion

    # region join
    def open(self, conversation_id):
        """Shows a conversation: its newest messages, and from then on every one."""
        self._conversation_id = conversation_id
        if self._online.is_set():
            self._join()

    def _join(self):
        with self._joining:
            more = True
            while more:
                payload = {"conversationId": self._conversation_id}
                is_first = self._last is None  # then the last 50 are answered
                if not is_first:
                    payload["afterSeq"] = self._last
                answer = self._ask("join-conversation", payload)
                if answer["success"]:
                    self._take_all(answer["messages"])
                    more = answer["hasMore"] and not is_first
                elif answer["error"]["code"] in TRY_AGAIN and self._socket.connected:
                    time.sleep(1)
                else:
                    self._listener.status(f"not joined: {answer['error']['code']}")
                    return
        self._listener.status("joined")

    # endregion

    # region order
    def _take_all(self, messages):
        with self._showing:
            if self._last is None:
                self._last = messages[0]["seq"] - 1 if messages else 0
            for message in messages:
                self._take(message)

    def _take(self, message):
        """Shows each message once and in the order of `seq`, however it came."""
        with self._showing:
            is_shown = self._last is not None and message["seq"] <= self._last
            if message["conversationId"] != self._conversation_id or is_shown:
                return
            self._early[message["seq"]] = message
            while self._last is not None and self._last + 1 in self._early:
                self._last += 1
                self._listener.message(self._early.pop(self._last))

    # endregion

    # region send
    def send(self, content, attachments=()):
        """Sends after what was sent before, and does not wait for it."""
        self._outbox.put(
            {
                "conversationId": self._conversation_id,
                "content": content,
                "attachments": list(attachments),
                # the same at every try, so it is one message whatever happens
                "clientMessageId": str(uuid.uuid4()),
            }
        )

    def _deliver_all(self):
        while True:
            try:
                self._deliver(self._outbox.get())
            except Refused as error:
                self._listener.refused(error)

    def _deliver(self, message):
        wait = 0.5
        while True:
            self._online.wait()
            answer = self._ask("send-message", message)
            if answer["success"]:
                self._take(answer["message"])
                return
            error = answer["error"]
            if error["code"] not in TRY_AGAIN or self._closed:
                raise Refused(error)
            self._listener.status(f"{error['code']}: trying again")
            time.sleep(error.get("retryAfterMs", wait * 1000) / 1000)
            wait = min(2 * wait, 8)

    def _ask(self, event, payload):
        """No answer means not known, as `UNAVAILABLE` does; so does a connection that is cut."""
        answer = queue.Queue()
        self._pending.add(answer)
        try:
            self._socket.emit(event, payload, callback=answer.put)
            return answer.get(timeout=ANSWER_SECONDS)
        except (queue.Empty, socketio.exceptions.SocketIOError):
            return NOT_KNOWN
        finally:
            self._pending.discard(answer)

    # endregion

    # region files
    def send_file(self, data, name):
        """Uploads a file, and sends a message that carries it; it needs words, too."""
        file = self.call("POST", "/api/files/upload", files={"file": (name, data)})
        self.send(name, [file["_id"]])

    def download(self, attachment):
        """The bytes of an attachment; its address is signed and good for an hour."""
        return requests.get(self._url + attachment["url"], timeout=10).content

    # endregion

    # region sign-out
    def sign_out(self):
        """Ends this session: its tokens and sockets, everywhere within a second."""
        self.call("POST", "/api/auth/logout")
        self._end()

    def _end(self):
        if self._closed:
            return
        self._closed = True
        self._socket.disconnect()
        self._listener.signed_out()

    # endregion
