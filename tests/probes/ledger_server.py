# SPDX-License-Identifier: MIT
"""A server on the loopback of a ledger's folder, that lies by the first part of the path: ledger_server.py
FOLDER prints its port.  /as-it-is/checkpoint is the checkpoint; the other words are those of answer()."""
import http.server
import pathlib
import sys
import threading

folder = pathlib.Path(sys.argv[1])
forever = threading.Event()


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def send(self, status, body=b"", **headers):
        self.send_response(status)
        headers.setdefault("Content_Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def flood(self, piece, pause=None):
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(piece)
                if pause:
                    forever.wait(pause)
        except OSError:
            pass

    def do_GET(self):
        _, lie, path = self.path.split("/", 2)
        content = (folder / path).read_bytes() if (folder / path).is_file() else None
        is_tile = path.startswith("tile/0/")
        if lie == "endless-checkpoint" and path == "checkpoint" or lie == "endless-tile" and is_tile:
            self.flood(b"x" * 65536)
        elif lie == "drip":
            self.flood(b"x", 0.1)
        elif lie == "silent":
            forever.wait()
        elif lie == "to-http":
            self.send(302, Location=f"http://127.0.0.1:{self.server.server_address[1]}/as-it-is/{path}")
        elif content is None or lie == "missing-tile" and is_tile:
            self.send(404)
        elif lie == "unsigned" and path == "checkpoint":
            self.send(200, content.replace(b"\n3\n", b"\n4\n"))
        elif lie == "wrong-people" and path == "people":
            self.send(200, content.replace(b"Example", b"Exemple"))
        elif lie == "wrong-tile" and is_tile:
            self.send(200, bytes([content[0] ^ 1]) + content[1:])
        else:
            self.send(200, content)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
print(server.server_address[1], flush=True)
server.serve_forever()
