# SPDX-License-Identifier: MIT
"""A server on the loopback for the tests of update. It prints its port and answers by path:

/registry.xml        the file given as argument, with an ETag; 304 to who has it
/names               a services file of one name
/missing             404
/cut                 says that the file is whole and sends half of it
/huge                more than any limit
/promises-too-much   says that it will be more than any limit
/silent              no answer at all
/to-http             a redirect to plain http
/to-file             a redirect to a file of this machine
/half                half of the file, as if it were the whole
"""
import http.server
import sys
import threading

ETAG = '"of-the-test"'
with open(sys.argv[1], "rb") as file:
    REGISTRY = file.read()
forever = threading.Event()


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        with open(sys.argv[2], "a", encoding="utf-8") as log:
            print(self.requestline, self.headers.get("If-None-Match", "-"), file=log)

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        headers.setdefault("Content_Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        port = self.server.server_address[1]
        if self.path == "/registry.xml":
            if self.headers.get("If-None-Match") == ETAG:
                self.answer(304, ETag=ETAG)
            else:
                self.answer(200, REGISTRY, ETag=ETAG)
        elif self.path == "/names":
            self.answer(200, b"myapp 4502/tcp\n")
        elif self.path == "/cut":
            self.answer(200, REGISTRY[: len(REGISTRY) // 2], Content_Length=str(len(REGISTRY)))
        elif self.path == "/half":
            self.answer(200, REGISTRY[: len(REGISTRY) // 2])
        elif self.path == "/huge":
            self.send_response(200)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b"x" * 65536)
            except OSError:
                pass
        elif self.path == "/promises-too-much":
            self.answer(200, b"x", Content_Length=str(1 << 40))
        elif self.path == "/silent":
            forever.wait()
        elif self.path == "/to-http":
            self.answer(302, Location=f"http://127.0.0.1:{port}/registry.xml")
        elif self.path == "/to-file":
            self.answer(302, Location=f"file://{sys.argv[1]}")
        else:
            self.answer(404)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True


server = Server(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
