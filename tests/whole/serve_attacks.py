#!/usr/bin/env python3
"""The workspace attacked: by other sites, other hosts, other users of the machine, by what documents
hold, and by bytes that are no request. What is refused says nothing of the archive, and the server
goes on."""

import html.parser
import os
import pathlib
import random
import re
import signal
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from proof import EXAMPLES, Govah, PROGRAM, Tap  # noqa: E402
from served import Served, read_answer  # noqa: E402

SECRET = "Zarrinkelk"  # a name that only the archive holds
OTHER = sorted(EXAMPLES.glob("2023-*.txt"))[0]
SCRIPT = "<script>alert(1)</script>"
IMAGE = '"><img src=x onerror=alert(2)>'
PROTECTION = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "x-frame-options": "DENY",
}
POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
          " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")


def protected(answer):
    return (all(answer.header(n) == v for n, v in PROTECTION.items()) and
            answer.header("Content-Security-Policy") == POLICY and answer.header("Permissions-Policy") and
            "server" not in answer.names())


def hostile_reports(folder):
    """Reports with markup in their title, publisher, address, names, sentences and file names."""
    folder.mkdir()
    head = "URL: {}\nDATE: 2022-11-25\nSOURCE: {}\nTITLE: {}\nLANG: en\n\n"
    texts = {
        "plain.txt": head.format("https://example.org/1", "A monitor", "Appeal") +
        f"At least 527 people were killed, the monitor said. Ladan {SECRET} was arrested on 3 October 2022.\n",
        "script.txt": head.format("javascript:alert(3)", SCRIPT, SCRIPT) +
        f"At least 31 people {SCRIPT} were killed, the monitor {SCRIPT} said. {SCRIPT}\n"
        f"Ladan{SCRIPT} Karimi was arrested on 3 October 2022.\n",
        "image.txt": head.format(IMAGE, IMAGE, IMAGE) +
        f"At least 32 people were killed, {IMAGE} said. Omid {IMAGE} Rezaei was arrested on 4 October 2022.\n",
        f"name {IMAGE}.txt": head.format("https://example.org/2", "Another", "").replace("TITLE: \n", "") +
        "At least 33 people were killed, another said on 5 October 2022.\n",
        "again.txt": head.format("https://example.org/3", SCRIPT, IMAGE) +
        f"Ladan {SECRET} was arrested on 3 October 2022, her family {SCRIPT} said.\n",
        "<script>alert(4)<script>.txt": "At least 34 people were killed in 2022, officials said.\n",
    }
    for name, text in texts.items():
        (folder / name).write_text(text)
    return [folder / name for name in texts]


class Markup(html.parser.HTMLParser):
    """What a page must not hold, and where it leads."""

    def __init__(self, text):
        super().__init__()
        self.wrong, self.links, self.in_script = [], [], False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        self.in_script = tag == "script"
        if tag == "script" and not (named.get("src") or "").startswith("/assets/"):
            self.wrong.append("a script of its own")
        if tag in ("img", "iframe", "object", "embed", "base", "style"):
            self.wrong.append(f"<{tag}>")
        for name, value in attributes:
            value = (value or "").strip().lower()
            if name.startswith("on") or name == "style":
                self.wrong.append(f"{tag} {name}")
            if name in ("href", "src", "action", "formaction") and not re.match(r"[/#]", value):
                self.wrong.append(f"{tag} {name}={value}")
        if tag == "a" and "href" in named:
            self.links.append(named["href"].partition("#")[0])

    def handle_data(self, data):
        if self.in_script and data.strip():
            self.wrong.append("a script within the page")

    def handle_endtag(self, tag):
        self.in_script = False


def crawl(s, limit=300):
    """Every page that links lead to, by its address."""
    pages, waiting = {}, ["/", "/about", "/documents", "/figures", "/people", "/matches", "/estimate",
                            "/search"]
    while waiting and len(pages) < limit:
        target = waiting.pop(0)
        if target in pages or not target.startswith("/") or target.startswith("/assets/"):
            continue
        pages[target] = s.get(target)
        if pages[target].status == 200:
            waiting += Markup(pages[target].text()).links
    return pages


def search(s, words):
    """What a search leads to: an address in which the words do not stand, and the page there."""
    answer = s.post("/search", {"words": words})
    where = answer.header("Location") or ""
    return where, s.get(where) if answer.status == 303 and where.startswith("/search") else answer


def test_entrance(tap, s):
    for target in ("/", "/about", "/documents", "/assets/govah.css", "/favicon.ico", "/no-such-page",
                   "/?key=", "/?key=" + "0" * 64, "/?key=" + "0" * 63, "/about" + s.key_target[1:],
                   s.key_target + "0", "/?x=1&" + s.key_target[2:]):
        answer = s.get(target)
        tap.check(f"{target[:20]} without a session is refused", answer.status == 403 and protected(answer) and
                  "/assets/" not in answer.text() and answer.header("Set-Cookie") is None, answer)
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "HEAD", "BREW"):
        answer = s.ask(method, s.key_target)
        tap.check(f"the address with {method} opens nothing", answer.status in (403, 400, 501, None), answer)
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://evil.example"}):
        answer = s.get(s.key_target, headers)
        tap.check(f"the address opened by another site ({list(headers)[0]}) is refused", answer.status == 403)
    answer = s.get(s.key_target, host=f"evil.example:{s.port}")
    tap.check("the address under another host's name is refused", answer.status == 403, answer)
    answer = s.enter()
    cookie = answer.header("Set-Cookie") or ""
    tap.equal("the address opens a session, once", answer.status, 303)
    tap.equal("and leads to where it does not stand in the address bar", answer.header("Location"), "/")
    tap.check("the cookie is for this server and for this time alone",
              re.fullmatch(rf"govah-{s.port}=[0-9a-f]{{64}}; HttpOnly; SameSite=Strict; Path=/", cookie), cookie)
    tap.check("the cookie is not what stood in the address", s.key_target[6:] not in cookie, cookie)
    tap.check("the session shows pages", s.get("/about").status == 200 and s.token)


def test_stolen(tap, s):
    answer = s.get(s.key_target, cookie=False)
    tap.check("the address used a second time is refused, and the page says so",
              answer.status == 403 and "used before" in answer.text() and not answer.header("Set-Cookie"), answer)
    tap.check("and the terminal says so", "a second time" in s.complaints(), s.complaints())
    tap.check("the session of the first goes on", s.get("/about").status == 200)
    name, _, value = s.cookie.partition("=")
    guesses = [f"{name}={'0' * 64}", f"{name}={value[:-1]}", f"{name}={value}0", f"{name}={value.upper()}x",
               f"{name}=", f"other={value}", f"{name}={s.key_target[6:]}", f"{name}={s.token}",
               f"{name}={value}; {name}={value}", f"{name}={'1' * 64}; {name}={value}", f"x{s.cookie}"]
    answers = [s.get("/about", {"Cookie": guess}) for guess in guesses]
    tap.equal("no guessed, cut, doubled or renamed cookie opens it", [a.status for a in answers],
              [403] * len(guesses))
    tap.check("nor two headers of cookies", s.send(
        s.request("GET", "/about").replace(b"\r\n\r\n", f"\r\nCookie: {s.cookie}\r\n\r\n".encode())).status == 403)


def test_other_sites(tap, s, archive):
    before = archive.state()
    own = f"http://{s.host}"
    good = {"theme": "dark", "back": "/about"}
    answer = s.post("/preferences", good, {"Origin": own, "Sec-Fetch-Site": "same-origin"})
    tap.check("a form of our own is taken", answer.status == 303 and answer.header("Location") == "/about", answer)
    answer = s.post("/preferences", good, {"Origin": "null", "Sec-Fetch-Site": "same-origin"})
    tap.check("also as browsers send it under our referrer policy", answer.status == 303, answer)
    answer = s.post("/preferences", {**good, "token": ""}, {"X-Govah-Token": s.token, "Origin": own})
    tap.check("and with its token in a header", answer.status == 303, answer)
    bad_tokens = {"no": "", "a wrong": "0" * 64, "a cut": s.token[:-1], "the session's": s.cookie.partition("=")[2]}
    for target in ("/preferences", "/decide", "/edit", "/matches/decide", "/search"):
        for word, token in bad_tokens.items():
            answer = s.post(target, {**good, "token": token}, {"Origin": own, "Sec-Fetch-Site": "same-origin"})
            tap.equal(f"{target} with {word} token is refused", answer.status, 403)
    for headers in ({"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": f"http://{s.host}.evil.example"},
                    {"Origin": f"https://{s.host}"}, {"Origin": f"http://127.0.0.1:{s.port % 60000 + 1}"},
                    {"Origin": own, "Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}):
        answer = s.post("/decide", good, headers)
        tap.equal(f"a form from elsewhere ({headers}) is refused, even with the token", answer.status, 403)
        tap.equal("and so is a page", s.get("/about", headers).status, 403)
    for media in ("text/plain", "multipart/form-data; boundary=x", "application/json", ""):
        answer = s.post("/preferences", good, {"Content-Type": media})
        tap.equal(f"a form as \"{media}\" is refused", answer.status, 415)
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"):
        tap.check(f"{method} is refused", s.ask(method, "/about").status in (405, 501))
    tap.equal("nothing of that changed the record", archive.state(), before)


def test_hosts(tap, s):
    tap.equal("localhost is our name too", s.get("/about", host=f"localhost:{s.port}").status, 200)
    for host in (f"evil.example:{s.port}", "evil.example", "127.0.0.1", f"127.0.0.1:{s.port % 60000 + 1}",
                 f"127.0.0.2:{s.port}", f"[::1]:{s.port}", f"localhost.evil.example:{s.port}", f"0:{s.port}",
                 f"{s.host}, evil.example", f"user@{s.host}", f"{s.host}/"):
        answer = s.get("/about", host=host)
        tap.check(f"as {host} it is refused", answer.status in (403, 400), answer)
    for raw in (f"GET http://evil.example/about HTTP/1.1\r\nHost: {s.host}\r\nCookie: {s.cookie}\r\n\r\n",
                f"GET http://{s.host}/about HTTP/1.1\r\nHost: evil.example\r\nCookie: {s.cookie}\r\n\r\n",
                f"GET /about HTTP/1.1\r\nHost: {s.host}\r\nHost: evil.example\r\nCookie: {s.cookie}\r\n\r\n",
                f"GET /about HTTP/1.1\r\nHost: evil.example\r\nHost: {s.host}\r\nCookie: {s.cookie}\r\n\r\n",
                f"GET /about HTTP/1.1\r\nCookie: {s.cookie}\r\n\r\n",
                f"GET /about HTTP/1.0\r\nCookie: {s.cookie}\r\n\r\n"):
        answer = s.send(raw.encode())
        tap.check("another host in the line, twice or not at all is refused",
                  answer.status in (400, 403, 404), f"{raw}\n{answer}")


def test_stored_script(tap, s):
    pages = crawl(s)
    shown = {t: a for t, a in pages.items() if a.status == 200}
    searches = [search(s, words) for words in (SECRET, "people", "script", "monitor", SCRIPT, IMAGE, '"')]
    searched = [answer for _, answer in searches]
    everything = list(shown.values()) + [a for a in searched if a.status == 200]
    tap.check("there are pages of documents, figures and statements", len(shown) > 10, sorted(pages))
    tap.check("and their text is there, escaped", sum("&lt;script&gt;alert" in a.text() for a in everything) > 1 and
              any("&lt;img src=x onerror" in a.text() for a in everything))
    wrong = {t: Markup(a.text()).wrong for t, a in shown.items()}
    tap.equal("no page holds markup of a document", {t: w for t, w in wrong.items() if w}, {})
    tap.equal("nor does what a search finds", [Markup(a.text()).wrong for a in searched], [[]] * len(searched))
    tap.check("a search is answered, and finds the name", searched[0].status == 200 and SECRET in searched[0].text() and
              all(a.status in (200, 422) for a in searched), searched)
    tap.check("at an address in which the words do not stand",
              not any(w in where for where, _ in searches for w in (SECRET, "people", "script", "monitor")))
    tap.check("not even a piece of it as it stands",
              not any(piece in a.text() for a in everything for piece in ("<script>", "<img", "onerror=alert(2)>")))
    tap.check("every page carries the protecting headers", all(protected(a) for a in everything))
    tap.check("no address and no title holds a name of the record",
              not any(SECRET in t or "Karimi" in t for t in pages) and
              not any(SECRET in re.search(r"<title>(.*?)</title>", a.text()).group(1) for a in everything))
    tap.check("and a name of the record is on some page", any(SECRET in a.text() for a in everything))


def test_pairs(tap, s, archive):
    """Who is whom: decided by the forms of the page alone, and what is typed stays text."""
    before = archive.state()
    answer = s.get("/matches")
    links = [link for link in Markup(answer.text()).links if link.startswith("/matches/")]
    tap.check("a pair of people waits", answer.status == 200 and links and SECRET in answer.text(), answer)
    pair = links[0].rpartition("/")[2]
    good = {"pair": pair, "verdict": "same", "why": "w"}
    for fields in ({**good, "pair": "0" * 32}, {**good, "pair": pair[:-1]}, {**good, "pair": "../" + pair},
                   {**good, "pair": ""}, {**good, "verdict": "accept"}, {**good, "verdict": ""},
                   {**good, "verdict": "retract"}, {"token": s.token}):
        answer = s.post("/matches/decide", fields)
        tap.check(f"{fields} decides nothing", answer.status in (404, 422) and protected(answer), answer)
    for why in ("", " ", "\t\r\n"):
        answer = s.post("/matches/decide", {**good, "why": why})
        tap.check("a blank reason is asked for again", answer.status == 303 and
                  (answer.header("Location") or "").startswith(f"/matches/{pair}?"), answer)
    tap.equal("the form is no page", s.get("/matches/decide").status, 405)
    for target in (f"/matches/{'0' * 32}", f"/matches/{pair}0", f"/matches/{pair}?done={'0' * 32}", "/matches/x",
                   f"/matches?done={pair[:-1]}"):
        tap.equal(f"{target[:20]} is nowhere", s.get(target).status, 404)
    tap.equal("nothing of that changed the record", archive.state(), before)
    for verdict in ("same", "different"):
        answer = s.post("/matches/decide", {"pair": pair, "verdict": verdict, "why": f"{SCRIPT}\r\n{IMAGE}"})
        where = answer.header("Location") or ""
        tap.check(f"{verdict} is decided with a reason", answer.status == 303 and where.startswith("/matches"), answer)
        pages = [s.get(where), s.get("/matches?kind=decided"), s.get(f"/matches/{pair}"), s.get("/people")]
        tap.equal("and shown", [p.status for p in pages], [200] * 4)
        tap.equal("as text alone", [Markup(p.text()).wrong for p in pages], [[]] * 4)
        tap.check("its reason too", all("&lt;script&gt;alert(1)" in p.text() for p in pages[1:3]))
        tap.check("and no name stands in the address", SECRET not in where and "Ladan" not in where, where)
    for _ in range(2):  # the second decision first
        answer = s.post("/matches/decide", {"pair": pair, "verdict": "retract"})
        tap.check("undo leads back to the pair", (answer.header("Location") or "").startswith(f"/matches/{pair}?"),
                  answer)
    tap.equal("until nothing is decided", s.post("/matches/decide", {"pair": pair, "verdict": "retract"}).status, 422)


def test_injection(tap, s):
    evil = "%0d%0aX-Evil:%201%0d%0aSet-Cookie:%20evil=1"
    answers = [s.get("/about" + evil), s.get("/about?x=" + evil), s.get("/documents?after=" + evil),
               s.get("/?key=" + evil), s.get("/about", {"X-Evil-Asked": "a\rX-Evil: 1"}),
               s.get("/about", {"Accept-Language": "fa\r\n X-Evil: 1"}), s.get("/about", {"Accept-Language": "fa\nb"}),
               s.get("/about", {"Cookie": f"{s.cookie}; a=\rX-Evil: 1"})]
    for back in ("/about\r\nX-Evil: 1", "/about?x=\r\nX-Evil: 1", "http://evil.example/", "//evil.example/",
                 "/\\evil.example", "javascript:alert(1)", "/preferences", "/decide", "/no-such-page", "\x00"):
        answer = s.post("/preferences", {"back": back})
        answers.append(answer)
        tap.check(f"after choices it does not go back to {back!r}", answer.status == 400 or
                  answer.status == 303 and answer.header("Location") == "/", answer)
    for field in ("lang", "calendar", "theme", "words", "\r\nX-Evil: 1"):
        answers.append(s.post("/preferences", {field: "a\r\nX-Evil: 1", "back": "/about"}))
    tap.check("no header can be put in anywhere",
              not any({"x-evil", "set-cookie"} & a.names() for a in answers))
    tap.check("the session is as before", s.get("/about").status == 200)


def test_paths(tap, s):
    for path in ("/..", "/../", "/../../etc/passwd", "/assets/../keys.json", "/assets/../../record.db", "/assets/",
                 "/assets", "/assets/.", "/assets/..%2fkeys.json", "/%2e%2e/", "/assets/%2e%2e/keys.json", "/about%00",
                 "/%00", "/about/..", "//", "//about", "/about//", "/about/", "/documents//x", "/./about", "/%61bout",
                 "/about;a", "/about\\", "/..\\..\\keys.json", "/assets/govah.css%00.js", "/assets//govah.css",
                 "/keys.json", "/record.db", "/documents/" + "0" * 31, "/documents/" + "0" * 32,
                 "/documents/" + "g" * 32,
                 "/documents/" + "0" * 33, "/documents/*", "/documents/%", "/figures/{id}", "/a" * 1000,
                 "/\u00e9", "/~root", "/about#x", "*", "about", "/about?" + "%", "/about?a=%zz", "/about?a=%ff",
                 "/about?" + "&".join(["a=1"] * 65)):
        answer = s.get(path)
        tap.check(f"{path[:40]} leads nowhere", answer.status in (400, 404) and b"root:" not in answer.body, answer)
    answer = s.get("/about?" + "x" * 5000)
    tap.check("an address that is too long is refused", answer.status in (404, 414), answer)


def test_sizes(tap, s):
    big = {"token": s.token, "words": "x" * (1 << 20)}
    answer = s.post("/search", big)
    tap.check("a body of more than a mebibyte is refused", answer.status in (413, None), answer)
    answer = s.ask("POST", "/search", {"Content-Length": "99999999999999999999"})
    tap.check("also one that is only announced", answer.status in (413, 400, None), answer)
    answer = s.ask("POST", "/search", {"Content-Length": "-1"})
    tap.check("or announced as less than nothing", answer.status in (413, 400, None), answer)
    body = f"token={s.token}&words=people".encode()
    chunks = b"".join(b"%x\r\n%s\r\n" % (1, body[i:i + 1]) for i in range(len(body))) + b"0\r\n\r\n"
    head = s.request("POST", "/search", {"Content-Length": None, "Transfer-Encoding": "chunked"})
    answer = s.send(head + chunks)
    tap.check("a body that comes in pieces is taken", answer.status in (200, 303), answer)
    answer = s.send(head + b"10000\r\n" + b"x" * 0x10000 + b"\r\n" + (b"10000\r\n" + b"x" * 0x10000 + b"\r\n") * 20 +
                    b"0\r\n\r\n")
    tap.check("but not one larger than a mebibyte", answer.status in (413, None), answer)
    for bad in (b"zz\r\nabc\r\n0\r\n\r\n", b"-1\r\n\r\n", b"ffffffffffffffffff\r\nabc\r\n",
                b"1;" + b"x" * 9000 + b"\r\na\r\n"):
        answer = s.send(head + bad)
        tap.check(f"pieces that are none ({bad[:12]!r}) are refused", answer.status in (400, 413, None), answer)
    answer = s.post("/search", {f"f{i}": "1" for i in range(64)})
    tap.equal("a form of too many fields is refused", answer.status, 400)
    for body in (b"words=%", b"words=%ff", b"words=%00", b"=1", b"\xff\xfe"):
        answer = s.ask("POST", "/search", body=f"token={s.token}&".encode() + body)
        tap.equal(f"a form with {body!r} is refused", answer.status, 400)
    for headers in ({"X-Long": "x" * 20000}, {"X-Long": "x" * 40000}, {f"X-{i}": "x" * 100 for i in range(200)},
                    {"Cookie": s.cookie + "; a=" + "x" * 17000}):
        answer = s.get("/about", headers)
        tap.check(f"headers of {sum(map(len, headers.values()))} bytes are refused",
                  answer.status in (431, 413, 400, None), answer)


def test_crowd(tap, s):
    """No test of time: slow ones are open while others are served."""
    slow = []
    for i in range(60):
        connection = s.connect()
        connection.sendall(s.request("GET", "/about")[:20 + i] if i % 2 else s.request(
            "POST", "/search", {"Content-Length": "1000"}, b"token=")[:-1])
        slow.append(connection)
    tap.equal("while sixty requests trickle in, another is answered", s.get("/about").status, 200)
    many = [s.connect() for _ in range(200)]
    for connection in many:
        connection.sendall(s.request("GET", "/documents"))
    statuses = [read_answer(connection).status for connection in many]
    tap.equal("two hundred at once are all answered", set(statuses), {200})
    for connection in slow + many:
        connection.close()
    gone = [s.connect() for _ in range(50)]
    for connection in gone:
        connection.sendall(s.request("GET", "/documents"))
        connection.close()
    tap.equal("also when fifty do not wait for their answer", s.get("/about").status, 200)


def test_garbage(tap, s):
    chance = random.Random(3)
    whole = s.request("POST", "/search", {}, f"token={s.token}&words=x".encode())
    for i in range(150):
        if i % 3 == 0:
            raw = chance.randbytes(chance.randrange(1, 3000))
        elif i % 3 == 1:
            at = chance.randrange(len(whole))
            raw = whole[:at] + chance.randbytes(chance.randrange(1, 20)) + whole[at + chance.randrange(20):]
        else:
            raw = whole[:chance.randrange(len(whole))]
        with s.connect() as connection:
            try:
                connection.sendall(raw)
                connection.shutdown(1)
                # a request that is not whole may be waited for: so do not
                connection.settimeout(0.2)
                s.keep(read_answer(connection))
            except OSError:
                pass
    tap.check("garbage ends nothing", s.process.poll() is None and s.get("/about").status == 200)


def test_head(tap, s):
    for target in ("/about", "/documents", "/assets/govah.css", "/no-such-page"):
        with_body = s.get(target)
        head = s.ask("HEAD", target)
        tap.check(f"HEAD of {target} is GET without its body", head.status == with_body.status and not head.body and
                  head.header("Content-Length") == with_body.header("Content-Length"), head)


def test_preferences(tap, s):
    s.post("/preferences", {"lang": "fa", "calendar": "jalali", "theme": "light", "back": "/documents"})
    text = s.get("/documents").text()
    tap.check("a chosen language and theme stay", 'lang="fa" dir="rtl"' in text and 'data-theme="light"' in text,
              text[:300])
    s.post("/preferences", {"lang": "xx", "calendar": "lunar", "theme": "auto"})
    tap.check("one that is none changes nothing", 'lang="fa"' in s.get("/documents").text())
    s.post("/preferences", {"lang": "en"})
    tap.check("and can be changed back", '<html lang="en" dir="ltr"' in s.get("/documents").text())


def test_neighbours(tap, s, archive):
    """Other programs work on the archive while it is served."""
    before = s.get("/documents").text()
    tap.check("the same page is the same", s.get("/documents").text() == before)
    ended = archive.run("add", OTHER)
    tap.equal("a document can be added meanwhile", ended.status, 0)
    after = s.get("/documents").text()
    tap.check("and is on the page at once", after != before and after.count('href="/documents/') >
              before.count('href="/documents/'))
    tap.equal("everything derived can be made again meanwhile", archive.run("rebuild").status, 0)
    tap.check("and the page is the same after it", s.get("/documents").text() == after)
    writer = subprocess.Popen([PROGRAM, "review"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0,
                              env={**os.environ, **archive.env()})
    writer.stdout.read(1)
    answer = s.post("/decide", {"verdict": "accept"})
    tap.check("while another program writes, a decision is refused and names it", answer.status == 409 and
              f"process {writer.pid}" in answer.text() and protected(answer), answer)
    tap.equal("and pages are shown", s.get("/documents").status, 200)
    writer.stdin.write(b"q")
    writer.communicate()
    tap.check("afterwards the archive is free again", s.post("/decide", {"verdict": "accept"}).status != 409)
    tap.equal("for other programs as well", archive.run("rebuild").status, 0)


def test_two(tap, s, other):
    second = Served(other)
    second.enter()
    tap.check("two workspaces have cookies of their own", s.cookie.partition("=")[0] != second.cookie.partition("=")[0])
    both = f"{s.cookie}; {second.cookie}"
    tap.equal("and are open in one browser", [w.get("/about", {"Cookie": both}).status for w in (s, second)], [200] * 2)
    tap.equal("a cookie of one opens not the other", second.get("/about", {"Cookie": s.cookie}).status, 403)
    busy = other.run("serve", "--port", str(s.port))
    tap.check("a port that is taken is said", busy.status == 4 and busy.one_line(), busy)
    tap.equal("an interrupt ends it well", second.stop(signal.SIGINT), 0)


def main():
    tap = Tap()
    archive = Govah(tap.scratch / "archive").init(name=f"Mina {SCRIPT}")
    archive.must("add", *hostile_reports(tap.scratch / "reports"))
    head = archive.state()["head"]
    s = Served(archive)
    test_entrance(tap, s)
    test_stolen(tap, s)
    test_other_sites(tap, s, archive)
    test_hosts(tap, s)
    test_stored_script(tap, s)
    test_pairs(tap, s, archive)
    test_injection(tap, s)
    test_paths(tap, s)
    test_sizes(tap, s)
    test_crowd(tap, s)
    test_garbage(tap, s)
    test_head(tap, s)
    test_preferences(tap, s)
    test_neighbours(tap, s, archive)
    test_two(tap, s, Govah(tap.scratch / "other").init())
    tap.check("many were refused, and none was told anything of the archive", len(s.refused) > 200 and not any(
        word in a.raw for a in s.refused for word in (SECRET.encode(), head.encode(), b"Karimi")))
    tap.check("every refusal in words carries the protecting headers",
              all(protected(a) for a in s.refused if a.status in (403, 404, 405, 409, 415, 422)))
    tap.check("after all of it the server answers", s.get("/about").status == 200 and s.process.poll() is None)
    tap.equal("and ends well when it is told to", s.stop(), 0)
    said = s.complaints().splitlines()
    tap.check("nothing but the second use was said in the terminal",
              all("a second time" in line for line in said) and said, "\n".join(said))
    tap.check("the archive is whole", archive.verifies())
    tap.done()


main()
