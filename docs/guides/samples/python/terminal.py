"""A chat in a terminal: each line that is typed is a message.

    CHATTERBOX_PASSWORD=… python terminal.py http://localhost:3000 ann@example.org bob

`/file PATH` sends a file, `/quit` signs out.
"""

import os
import pathlib
import sys

from chat import Chat


class Printer:
    def message(self, message):
        text = f"{message['seq']} {message['sender']['username']}: {message['content']}"
        for attachment in message["attachments"]:
            text += f" [{attachment['originalName']}, {len(chat.download(attachment))} bytes]"
        print(text, flush=True)

    def status(self, text):
        print(f"* {text}", flush=True)

    def refused(self, error):
        print(f"! {error.code} {error}", flush=True)

    def signed_out(self):
        print("* signed out", flush=True)


url, email, other = sys.argv[1:]
chat = Chat(url, Printer())
chat.sign_in(email, os.environ["CHATTERBOX_PASSWORD"])
chat.connect()
user = chat.call("GET", "/api/users", params={"q": other})["users"][0]
conversation = chat.call("POST", "/api/conversations/direct", json={"participantId": user["_id"]})
chat.open(conversation["_id"])

for line in sys.stdin:
    line = line.rstrip("\n")
    if line == "/quit":
        break
    if line.startswith("/file "):
        path = pathlib.Path(line.removeprefix("/file "))
        chat.send_file(path.read_bytes(), path.name)
    else:
        chat.send(line)
chat.sign_out()
