# SPDX-License-Identifier: MIT
"""Takes mail and webhooks on the loopback: inbox.py FOLDER prints the ports for SMTP and for HTTP. What
comes lies in FOLDER as mail.N and hook.N.  While FOLDER/down is there, both refuse it."""
import http.server
import itertools
import pathlib
import socketserver
import sys
import threading

folder = pathlib.Path(sys.argv[1])
numbers = {"mail": itertools.count(1), "hook": itertools.count(1)}


def keep(kind, content):
    (folder / f"{kind}.{next(numbers[kind])}").write_bytes(content)


def is_down():
    return (folder / "down").exists()


class Mail(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def take(self, envelope):
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line[1:] if line.startswith(b".") else line)
        keep("mail", b"".join(envelope) + b"\r\n" + b"".join(lines))

    def handle(self):
        self.say("220 inbox.example.com")
        envelope = []
        for line in self.rfile:
            word = line[:4].upper()
            if word in (b"EHLO", b"HELO"):
                self.say("250 inbox.example.com")
            elif word in (b"MAIL", b"RCPT"):
                envelope.append(line)
                self.say("451 not now" if is_down() else "250 ok")
            elif word == b"DATA":
                self.say("354 go on")
                self.take(envelope)
                self.say("250 taken")
            elif word == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("502 unknown")


class Hook(http.server.BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status = 503 if is_down() else 302 if self.path == "/elsewhere" else 204
        if status == 204:
            keep("hook", bytes(self.headers) + body)
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/")
        self.end_headers()


servers = [
    socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mail),
    http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hook),
]
print(*(server.server_address[1] for server in servers), flush=True)
for server in servers:
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever).start()
