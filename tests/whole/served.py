"""The workspace for tests written in Python: the program serving an archive, and raw requests to it.

    from served import Served, form
    s = Served(archive)
    s.enter()
    answer = s.get("/about")
    answer = s.post("/preferences", {"theme": "dark"})
    s.stop()
"""

import json
import os
import re
import signal
import socket
import subprocess
import tempfile
import urllib.parse

from proof import PROGRAM

PATIENCE = 120  # seconds: for a machine that does much else


class Answer:
    """One HTTP answer; `status` is None where the server cut the connection without one."""

    def __init__(self, raw):
        self.raw = raw
        head, _, self.body = raw.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        found = re.match(r"HTTP/1\.[01] (\d{3})", lines[0])
        self.status = int(found.group(1)) if found else None
        self.headers = [tuple(part.strip() for part in line.partition(":")[::2]) for line in lines[1:]]

    def header(self, name):
        values = [v for n, v in self.headers if n.lower() == name.lower()]
        return values[0] if values else None

    def names(self):
        return {n.lower() for n, _ in self.headers}

    def text(self):
        return self.body.decode("utf-8")

    def __repr__(self):
        return f"{self.status} {self.raw[:300]!r}"


def read_answer(connection, head_only=False):
    """Reads one whole answer, or what came before the connection ended."""
    raw = b""
    try:
        while b"\r\n\r\n" not in raw:
            chunk = connection.recv(1 << 16)
            if not chunk:
                return Answer(raw)
            raw += chunk
        head, _, body = raw.partition(b"\r\n\r\n")
        found = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
        length = int(found.group(1)) if found and not head_only else 0
        while len(body) < length:
            chunk = connection.recv(1 << 16)
            if not chunk:
                break
            body += chunk
        return Answer(head + b"\r\n\r\n" + body)
    except ConnectionError:
        return Answer(raw)


class Served:
    def __init__(self, archive, *words):
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen([PROGRAM, "--json", "serve", *words], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=self.errors,
                                        env={**os.environ, **archive.env()})
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("Bail out! serve printed no address: " + self.complaints())
        self.address = json.loads(line)["address"]
        url = urllib.parse.urlsplit(self.address)
        self.port, self.host = url.port, url.netloc
        self.key_target = f"{url.path}?{url.query}"
        self.cookie = self.token = None
        self.refused = []  # every answer that is not 200 or 303

    def complaints(self):
        self.errors.seek(0)
        return self.errors.read().decode("utf-8", "replace")

    def connect(self):
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        return connection

    def send(self, raw, head_only=False):
        """Sends bytes as they are and reads one answer."""
        with self.connect() as connection:
            try:
                connection.sendall(raw)
            except ConnectionError:
                pass
            return self.keep(read_answer(connection, head_only))

    def keep(self, answer):
        if answer.status not in (200, 303):
            self.refused.append(answer)
        return answer

    def request(self, method, target, headers=None, body=b"", host=None, cookie=True):
        """The bytes of a request; a header whose value is None is left out."""
        fields = {"Host": host or self.host, "Connection": "close"}
        if cookie and self.cookie:
            fields["Cookie"] = self.cookie
        if body or method == "POST":
            fields["Content-Length"] = str(len(body))
            fields["Content-Type"] = "application/x-www-form-urlencoded"
        fields.update(headers or {})
        lines = [f"{method} {target} HTTP/1.1"] + [f"{n}: {v}" for n, v in fields.items() if v is not None]
        return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body

    def ask(self, method, target, headers=None, body=b"", host=None, cookie=True):
        return self.send(self.request(method, target, headers, body, host, cookie),
                         head_only=method == "HEAD")

    def get(self, target, headers=None, **more):
        return self.ask("GET", target, headers, **more)

    def post(self, target, fields, headers=None, **more):
        body = urllib.parse.urlencode({"token": self.token or "", **fields}).encode()
        return self.ask("POST", target, headers, body, **more)

    def enter(self):
        """Exchanges the address for the session's cookie."""
        answer = self.get(self.key_target)
        cookie = answer.header("Set-Cookie") or ""
        self.cookie = cookie.partition(";")[0] or None
        found = re.search(r'name="token" value="([^"]+)"', self.get("/about").text())
        self.token = found.group(1) if found else None
        return answer

    def stop(self, with_signal=signal.SIGTERM):
        """Ends it and gives its exit status."""
        self.process.send_signal(with_signal)
        try:
            self.process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()
            return None
        return self.process.returncode
