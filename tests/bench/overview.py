"""overview: `govah serve` over 100,000 statements in reports of 5 kB, of which a tenth is accepted.

First the overview page as the first request of a fresh server, after its token was exchanged for the
cookie; then, for 50 readers at once (wrk, each asking again as soon as it is answered), every kind of
page that is linked from the overview or from what is linked there, up to 4,000 of a kind in turns, and
searches for 1,500 different names, each for some seconds. The server keeps the pages that it made, as
many as fit into some megabytes: a kind of few pages comes from there, of many most are made anew. The
peer is the style sheet from the same server under the same load: what a page costs when nothing has to
be found out for it."""

import http.client
import os
import re
import subprocess
import sys
import time
import urllib.parse

from add import proposals_of
from measure import HERE, Table, median, verdict, whole

TITLE = "The workspace"
READERS, STARTS, SECONDS, PATIENCE = 50, 5, 4, 60
PER_KIND, NAMES = 4000, 1500


class Server:
    """`govah serve` on a port of its choice, and a reader who is logged in."""

    def __init__(self, bench, archive):
        environment = {**os.environ, "GOVAH_PASSPHRASE_FILE": str(bench.scratch / "passphrase"), "LC_ALL": "C.UTF-8"}
        self.process = subprocess.Popen([str(bench.program("govah-bench")), "--archive", str(archive), "serve"],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, env=environment, bufsize=0)
        said, until, found = b"", time.monotonic() + PATIENCE, None
        while not found and time.monotonic() < until:
            piece = self.process.stdout.read(4096)
            said += piece
            found = re.search(rb"http://127\.0\.0\.1:(\d+)(/\S*)\s", said)
            if not piece and not found:
                break
        if not found:
            sys.exit(f"bench: serve printed no address: {said.decode(errors='replace')}")
        self.port, self.cookies = int(found[1]), {}
        self.get(found[2].decode())

    def search(self, token, words):
        """The address of what is found: words stand in no address, so they are posted first."""
        self.ask("POST", "/search", urllib.parse.urlencode({"token": token, "words": words}))
        if not self.location:
            sys.exit("bench: a search leads nowhere")
        return self.location

    def ask(self, method, path, body=None):
        """Status, seconds to the last byte, text; `location` is where it leads, or None."""
        headers = {"Cookie": self.cookie()} if self.cookies else {}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{self.port}"}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        start = time.monotonic()
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode(errors="replace")
        seconds = time.monotonic() - start
        self.location = answer.getheader("Location")
        for line in answer.msg.get_all("Set-Cookie") or []:
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        return answer.status, seconds, text

    def get(self, path):
        return self.ask("GET", path)

    def cookie(self):
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def stop(self, bench):
        self.process.terminate()
        _, _, used = os.wait4(self.process.pid, 0)
        self.process.returncode = 0
        bench.peaks["serve"] = max(bench.peaks.get("serve", 0), used.ru_maxrss / 1024)


def kind_of(path):
    return re.sub(r"[0-9a-f]{32,64}", "ID", re.sub(r"[?#].*", "", path))


def crawl(server, most):
    """Paths by kind of page, at most `most` of each, as links lead to them."""
    kinds, seen, waiting = {}, {"/"}, ["/"]
    for path in waiting:
        paths = kinds.setdefault(kind_of(path), [])
        if len(paths) >= most:
            continue
        status, _, text = server.get(path)
        if status == 200:
            paths.append(path)
        for link in re.findall(r'<a\b[^>]*\bhref="(/[^"]*)"', text):
            link = link.replace("&amp;", "&").partition("#")[0]
            if link not in seen and not link.startswith("/assets/"):
                seen.add(link)
                waiting.append(link)
    return {kind: paths for kind, paths in kinds.items() if paths}


class Load:
    """What wrk measured: answers a second, milliseconds, failed answers."""

    def __init__(self, bench, server, paths):
        listed = bench.scratch / "paths"
        listed.write_text("".join(path + "\n" for path in paths))
        environment = {**os.environ, "BENCH_PATHS": str(listed), "BENCH_COOKIE": server.cookie()}
        out = subprocess.run(["wrk", "-t2", f"-c{READERS}", f"-d{SECONDS}s", "--latency", "-s", str(HERE / "serve.lua"),
                              f"http://127.0.0.1:{server.port}"], env=environment, stdout=subprocess.PIPE, check=True, text=True)
        rate, middle, p99, failed = re.search(r"^bench (\S+) (\S+) (\S+) (\S+)$", out.stdout, re.M).groups()
        self.rate, self.median, self.p99, self.failed = float(rate), float(middle), float(p99), int(failed)

    def row(self, name, target=True):
        good = self.p99 <= 20 and not self.failed
        return [name, f"{self.median:.1f}", f"{self.p99:.1f}", whole(self.rate),
                (f"p99 of 20 ms: {verdict(good)}" if target else "") + (f", {self.failed} failed" if self.failed else "")]


def make_archive(bench):
    count = bench.count(3_050, 40)
    reports = bench.reports(count)
    archive = bench.archive("serve")
    govah = [bench.program("govah-bench"), "--archive", archive]
    bench.run(*govah, "add", *reports[:count // 10])
    accepted = proposals_of(bench, archive)
    bench.run(*govah, "review", "--accept", "all", "--why", "measured")
    bench.run(*govah, "add", *reports[count // 10:])
    return archive, accepted + proposals_of(bench, archive)


def first_requests(bench, archive):
    """Milliseconds of the first overview of fresh servers, and whether all were answered."""
    times, good = [], True
    for _ in range(STARTS):
        server = Server(bench, archive)
        try:
            status, seconds, _ = server.get("/")
        finally:
            server.stop(bench)
        times.append(seconds * 1000)
        good = good and status == 200
    return times, good


def names():
    """The first given names and surnames that the reader knows, of each language alike."""
    lists = []
    for table in sorted(HERE.parents[1].glob("data/lang/*/names.tsv")):
        rows = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines()]
        lists += [row[3].split("|") for row in rows if row[0] in ("given", "surname")]
    return sorted({name for each in lists for name in each[:NAMES // len(lists)]})


def loads(bench, server):
    kinds = crawl(server, bench.count(PER_KIND, 40))
    for kind, paths in sorted(kinds.items()):
        yield Load(bench, server, paths).row(f"`{kind}`, {whole(len(paths))} of them")
    token = re.search(r'name="token" value="([^"]+)"', server.get("/")[2])[1]
    searches = [server.search(token, name) for name in names()]
    yield Load(bench, server, searches).row(f"searches for {whole(len(searches))} names")
    yield Load(bench, server, [path for paths in kinds.values() for path in paths[:40]]).row("40 of each kind in turns")
    yield Load(bench, server, ["/assets/govah.css"]).row("peer: the style sheet", False)


def run(bench):
    archive, statements = make_archive(bench)
    first, answered = first_requests(bench, archive)
    rows = [["overview, first request of a fresh server", f"{median(first):.0f}", f"{max(first):.0f} at most", "",
             f"100 ms: {verdict(answered and median(first) <= 100)}" + ("" if answered else ", no such page")]]
    server = Server(bench, archive)
    try:
        rows += loads(bench, server)
    finally:
        server.stop(bench)
    bench.remove(archive)
    return Table(["page", "median, ms", "p99, ms", "answers a second", "target"], rows,
                 [f"Over {whole(statements)} statements, but for the first row with {READERS} readers at once. wrk takes its "
                  "share of the same cores."])
