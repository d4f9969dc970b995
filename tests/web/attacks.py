#!/usr/bin/env python3
"""What strangers may send to lupe-web: nothing leaks, nothing falls. TAP."""
import os
import re
import resource
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
import urllib.parse

from website import LUPE, LUPE_WEB, SCRIPT, SOURCE, Site, environment, make_index, run_tests, user_options

MARKUP = [SCRIPT, "\"><img src=x onerror=alert(1)>", "'><svg/onload=alert(1)>", "</title>" + SCRIPT,
          "</textarea>" + SCRIPT, "javascript:alert(1)", "{1}{2}{9}", "%3Cscript%3E", "<!--", "]]>",
          "&lt;script&gt;", "\u2028alert(1)", "\u202etxt.exe", "%s%n%x", "${7*7}", "a\r\nSet-Cookie: x=1"]
OPTIONS = ["-f/etc/passwd", "--file=/etc/passwd", "-f", "--", "-", "--help", "--version", "-e", "--index=/",
           "--queries=/etc/passwd", "--files-from=/etc/passwd", "-o", "--trec", "--no-web"]
TRAVERSALS = ["../../../../etc/passwd", "/etc/passwd", "..%2f..%2fetc%2fpasswd", "....//....//etc/passwd",
              "dokumente/../../etc/passwd", "./bericht-2019.md", "bericht-2019.md/", "", "/", ".", "..",
              "geheim.txt", "verweis.txt", "ordner", "/proc/self/environ", "-f/etc/passwd", "fifo"]
ROUTES = ["/", "/suche", "/suche.csv", "/suche.bib", "/suche.json", "/dokument", "/datei", "/hilfe",
          "/barrierefreiheit", "/health", "/opensearch.xml", "/robots.txt", "/stil.css", "/symbol.svg"]

folder = tempfile.mkdtemp(prefix="lupe-web-")
root = make_index(folder)
site = Site(folder, "--serve-files", root, "--log", "addresses", "--rate", "0")


def check(holds, what=""):
    if not holds:
        raise AssertionError(what)


def quoted(value):
    return urllib.parse.quote(value, safe="", errors="surrogateescape")


def check_page(answer, statuses=(200,)):
    """A page of ours, with its header fields and without markup of anybody else."""
    check(answer.status in statuses, "status %d" % answer.status)
    for name, value in (("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer"),
                        ("x-frame-options", "DENY")):
        check(answer.headers.get(name) == value, name)
    policy = answer.headers["content-security-policy"]
    check("default-src 'none'" in policy and "script" not in policy, policy)
    check("set-cookie" not in answer.headers and "server" not in answer.headers)
    lower = answer.text.lower()
    if answer.headers["content-type"].startswith("text/html"):
        for forbidden in ("<script", "<img", "onerror=alert(1)>", "<svg/onload", "<b onclick", "href=\"javascript"):
            check(forbidden not in lower, forbidden)
    check("root:x:0" not in answer.text)


def check_page_of(answer, server):
    """The same where a web server in front adds its name."""
    check(answer.headers.pop("server", "").startswith(server))
    check_page(answer)


def markup_in_queries():
    """markup in any parameter comes back as text"""
    for text in MARKUP:
        for name in ("q", "typ", "stelle", "jahr", "von", "sortierung", "seite", "pfad", "ab", text):
            for route in ("/suche", "/dokument", "/suche.csv", "/hilfe"):
                target = "%s?q=Ziege&%s=%s" % (route, quoted(name), quoted(text))
                if name == "q":
                    target = "%s?q=%s" % (route, quoted(text))
                check_page(site.get(target), (200, 400, 404))


def markup_in_documents():
    """markup in titles, authors, paths and texts of documents comes out as text"""
    for query in ("Ziege", "script", "alert", "Markup", "titel:script"):
        for target in ("/suche", "/suche.json", "/suche.csv", "/suche.bib"):
            check_page(site.get("%s?q=%s" % (target, quoted(query))), (200, 400))
    page = site.search("Ziege").text
    check("&lt;script&gt;" in page and "&lt;img src=x" in page)
    for path in ("böse/<img src=x onerror=alert(1)>.txt", "böse/titel.md", "seite.html.txt"):
        answer = site.get("/dokument?q=Ziege&pfad=" + quoted(path))
        check_page(answer)
        check("&lt;" in answer.text)


def options_as_queries():
    """a query that looks like an option is a query"""
    for text in OPTIONS:
        for route in ("/suche", "/dokument", "/datei"):
            for name in ("q", "pfad", "typ", "stelle", "jahr"):
                answer = site.get("%s?%s=%s" % (route, name, quoted(text)))
                check_page(answer, (200, 400, 404))
                check("Usage" not in answer.text and "Xapian" not in answer.text, text)
    check("–f/etc/passwd" in site.search("-f/etc/passwd").text or
          "-f/etc/passwd" in site.search("-f/etc/passwd").text)


def traversal():
    """no path leads out of the index or of the served folder"""
    with open(os.path.join(root, "geheim.txt"), "w", encoding="utf-8") as file:
        file.write("root:x:0 nicht im Index")
    os.symlink("/etc/passwd", os.path.join(root, "verweis.txt"))
    os.mkdir(os.path.join(root, "ordner"))
    os.mkfifo(os.path.join(root, "fifo"))
    for path in TRAVERSALS:
        for route in ("/datei", "/dokument"):
            check_page(site.get("%s?pfad=%s" % (route, path)), (400, 404))
            check_page(site.get("%s?pfad=%s" % (route, quoted(path))), (400, 404))
    for route in ROUTES + ["/cgi-bin", "/.lupe", "/index", ""]:
        for tail in ("/../../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "%00", "/..",
                     "\\..\\..", "/.%00/", "%2f%2e%2e%2fetc%2fpasswd", ";a=b", "/x"):
            answer = site.raw(b"GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                              % (route + tail).encode())
            check(answer.startswith(b"HTTP/1.1 404") or answer.startswith(b"HTTP/1.1 400"),
                  (route + tail, answer[:60]))
            check(b"root:x:0" not in answer)


def originals():
    """an original is given out with a type of ours, and only if its file is still a plain file"""
    answer = site.get("/datei?pfad=bericht-2019.md")
    check(answer.status == 200 and answer.headers["content-type"] == "text/plain; charset=utf-8")
    check(answer.headers["content-disposition"] == "inline; filename*=UTF-8''bericht-2019.md")
    check(answer.headers["x-content-type-options"] == "nosniff" and "Ziege" in answer.text)
    name = "böse/<img src=x onerror=alert(1)>.txt"
    answer = site.get("/datei?pfad=" + quoted(name))
    check(answer.headers["content-disposition"] ==
          "inline; filename*=UTF-8''" + quoted(name.rsplit("/", 1)[1]))
    kept = os.path.join(root, "plan-2021.txt")
    os.rename(kept, kept + ".weg")
    check_page(site.get("/datei?pfad=plan-2021.txt"), (404,))
    os.symlink("/etc/passwd", kept)
    check_page(site.get("/datei?pfad=plan-2021.txt"), (404,))
    os.unlink(kept)
    os.mkfifo(kept)
    check_page(site.get("/datei?pfad=plan-2021.txt"), (404,))
    os.unlink(kept)
    os.rename(kept + ".weg", kept)
    os.rename(os.path.join(root, "böse"), os.path.join(folder, "außen"))
    os.symlink(os.path.join(folder, "außen"), os.path.join(root, "böse"))
    check_page(site.get("/datei?pfad=" + quoted("böse/titel.md")), (404,))
    os.unlink(os.path.join(root, "böse"))
    os.rename(os.path.join(folder, "außen"), os.path.join(root, "böse"))


def no_originals():
    """without --serve-files no file is given out and none is linked"""
    with Site(folder) as other:
        check_page(other.get("/datei?pfad=bericht-2019.md"), (404,))
        check("/datei" not in other.search("Ziege").text)


def headers():
    """no line end gets from a request into a header field"""
    for value in ("a\r\nSet-Cookie:x=1", "\r\n\r\n<html>", "a%0d%0aSet-Cookie:x=1"):
        for route in ROUTES:
            answer = site.raw(("GET %s?q=%s&pfad=%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                               % (route, quoted(value), quoted(value))).encode())
            head = answer.split(b"\r\n\r\n")[0].lower()
            check(b"set-cookie" not in head, route)
    for host in ("evil\"><script>", "a b", "x/../y", "<", "a" * 300):
        answer = site.get("/opensearch.xml", headers={"Host": host})
        check_page(answer, (400,))
    check("http://suche.example/suche?q={searchTerms}" in
          site.get("/opensearch.xml", headers={"Host": "suche.example"}).text)
    check_page(site.get("/", headers={"Host": "evil\"><script>"}))


def encodings():
    """invalid UTF-8, NUL, and percent signs are refused or stand for themselves"""
    for value in ("%ff", "%c0%af", "%ed%a0%80", "%f5%80%80%80", "%00", "a%00b", "%1b[31m", "%"):
        check_page(site.get("/suche?q=" + value), (200, 400))
        check_page(site.get("/dokument?pfad=x&q=" + value), (400, 404))
    for value in ("%ff", "%c0%af", "a%00b", "%1b"):
        check_page(site.get("/suche?q=" + value), (400,))
    for value in ("%", "%%", "%2", "%zz", "%25%32%35", "100+%", "%u0041"):
        check_page(site.get("/suche?q=Ziege+" + value))
    for target in ("/suche?" + "=" * 5000, "/suche?" + "q&" * 100 + "q=Ziege", "/suche?q",
                   "/suche?q=Ziege&q=Kuh"):
        check_page(site.get(target))
    for target in ("/suche?" + "&" * 5000, "/suche?" + "a&" * 5000):  # more than is kept of a request
        check(b" 200 " not in site.raw(b"GET %s HTTP/1.1\r\nHost: x\r\n\r\n" % target.encode()))
    check(site.raw(b"GET /suche?q=\xff\xfe\x00 HTTP/1.1\r\nHost: x\r\n\r\n", 3)[:12] in
          (b"", b"HTTP/1.1 400"))


def methods():
    """what is no GET or HEAD is 405, what has a body 413"""
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "X" * 100):
        answer = site.get("/suche?q=Ziege", method=method)
        check_page(answer, (405,))
        check(answer.headers["allow"] == "GET, HEAD")
    head = site.get("/suche?q=Ziege", method="HEAD")
    check(head.status == 200 and head.body == b"" and int(head.headers["content-length"]) > 1000)
    check_page(site.get("/suche?q=Ziege", body=b"x" * 100), (413,))
    answer = site.raw(b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                      b"5\r\nhello\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n")
    check(answer.startswith(b"HTTP/1.1 413") and answer.count(b"HTTP/1.1 ") == 1, answer[:200])
    answer = site.raw(b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
                      b"0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n")
    check(answer.count(b"HTTP/1.1 ") <= 1 and b" 200 " not in answer.split(b"\r\n")[0])


def sizes():
    """requests that are too large are refused, and large ones that are not are answered"""
    check_page(site.search("Ziege " + "a" * 900))
    check_page(site.search("Ziege " + "a" * 2000), (413,))
    check_page(site.search(" ".join("Wort%d" % i for i in range(100))), (200, 413))
    check_page(site.search("(" * 400 + "Ziege" + ")" * 400), (200, 413))
    check_page(site.search("\"" * 999), (400,))
    for size in (10000, 100000, 1000000):
        for data in (b"GET /" + b"a" * size + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                     b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX: " + b"a" * size + b"\r\n\r\n",
                     b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + b"X: y\r\n" * (size // 6) + b"\r\n",
                     b"A" * size):
            try:
                answer = site.raw(data)
            except (BrokenPipeError, ConnectionResetError):
                continue
            check(answer[:10] in (b"", b"HTTP/1.1 4", b"HTTP/1.1 2"), answer[:40])
    check_page(site.search("Ziege"))


def garbage():
    """what is no HTTP hurts nobody"""
    for data in (b"\0" * 1000, b"\r\n" * 1000, b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n",
                 b"GET http://evil/ HTTP/1.1\r\nHost: x\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
                 b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n",
                 b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"GET * HTTP/1.1\r\nHost: x\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", site.port), timeout=5) as connection:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
    check_page(site.search("Ziege"))


def log_lines():
    """the log holds nothing that a client has chosen"""
    site.get("/suche?q=GEHEIMNIS")
    site.get("/dokument?pfad=GEHEIMNIS")
    site.get("/GEHEIMNIS%0d%0aGEFAELSCHT", headers={"User-Agent": "GEHEIMNIS", "Referer": "GEHEIMNIS"})
    time.sleep(0.2)
    log = site.log()
    check("GEHEIMNIS" not in log and "GEFAELSCHT" not in log)
    check("/suche 200" in log and "127.0.0.1" in log, log[-500:])
    with Site(folder) as other:
        other.search("Ziege")
        time.sleep(0.2)
        check("127.0.0.1" not in other.log().split("\n", 1)[-1] and "/suche 200" in other.log())


def rates():
    """who asks too often gets 429 with Retry-After, others do not"""
    with Site(folder, "--rate", "10", "--trust-proxy") as other:
        answers = [other.get("/suche?q=Ziege", headers={"X-Forwarded-For": "192.0.2.1"}) for _ in range(8)]
        check([answer.status for answer in answers] == [200] * 5 + [429] * 3)
        check(int(answers[-1].headers["retry-after"]) > 0)
        check_page(answers[-1], (429,))
        check(other.get("/suche?q=Ziege", headers={"X-Forwarded-For": "192.0.2.2"}).status == 200)
        check(other.get("/suche?q=Ziege", headers={"X-Forwarded-For": "8.8.8.8, 192.0.2.1"}).status == 429)
        check(other.get("/hilfe", headers={"X-Forwarded-For": "192.0.2.1"}).status == 200)


def script(text):
    """A query program of ours in place of lupe."""
    path = os.path.join(folder, "fake-%d" % len(os.listdir(folder)))
    with open(path, "w", encoding="utf-8") as file:
        file.write("#!/bin/sh\n" + text)
    os.chmod(path, stat.S_IRWXU)
    return path


def overload():
    """above the limit of queries there is 503 with Retry-After, and the rest is answered"""
    import threading
    slow = script("sleep 0.5; echo '{\"results\":[],\"total\":{\"documents\":0},\"query\":{},\"error\":null}'")
    statuses, waits = [], []
    with Site(folder, "--no-sandbox", "--concurrent", "2", "--queue", "3", lupe=slow) as other:
        def ask():
            answer = other.search("Ziege")
            statuses.append(answer.status)
            if answer.status == 503:
                waits.append(answer.headers["retry-after"])
        threads = [threading.Thread(target=ask) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        check(other.get("/hilfe").status == 200)
    check(statuses.count(200) >= 5 and statuses.count(503) >= 8, statuses)
    check(statuses.count(200) + statuses.count(503) == 20 and all(waits))


def bad_programs():
    """a query program that hangs, floods, crashes or talks nonsense costs one answer"""
    for text, status in (("exec sleep 60", 503), ("exec cat /dev/zero", 503), ("kill -SEGV $$", 500),
                         ("echo '{'", 500), ("echo []", 500), ("exit 0", 500), ("echo '{}'", 200),
                         ("echo '{\"error\":{\"code\":\"index_damaged\"}}'", 503),
                         ("echo '{\"error\":{\"code\":7}}'", 500),
                         ("echo '{\"results\":[7,{\"hits\":[7,{\"snippet\":7}],\"path\":9}],\"facets\":"
                          "{\"year\":[7,{\"value\":\"x\"}],\"type\":{}},\"total\":[],\"query\":\"\"}'", 200)):
        with Site(folder, "--no-sandbox", "--time-limit", "1", lupe=script(text)) as other:
            begun = time.monotonic()
            check_page(other.search("Ziege"), (status,))
            check(time.monotonic() - begun < 10)
            answer = other.get("/dokument?pfad=x&q=y")
            check(answer.status in (200, 404, 500, 503), answer.status)
            check_page(other.get("/hilfe"))


def slow_clients():
    """clients that send or take a byte now and then are hung up on"""
    with Site(folder, "--connections", "20") as other:
        slow = []
        for _ in range(8):
            connection = socket.create_connection(("127.0.0.1", other.port))
            connection.sendall(b"GET / HTTP/1.1\r\n")
            slow.append(connection)
        begun = time.monotonic()
        open_ones = list(slow)
        while open_ones and time.monotonic() - begun < 25:
            time.sleep(1)
            check(other.get("/hilfe").status == 200)
            for connection in list(open_ones):
                try:
                    connection.sendall(b"X")
                    connection.setblocking(False)
                    if connection.recv(100) == b"":
                        open_ones.remove(connection)
                except BlockingIOError:
                    connection.setblocking(True)
                except OSError:
                    open_ones.remove(connection)
        check(not open_ones, "%d still open" % len(open_ones))
        for connection in slow:
            connection.close()


def ten_thousand():
    """10,000 connections are survived, and afterwards everything is as before"""
    wanted = 10000
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < wanted + 200:
        return "only %d descriptors here" % hard
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 20000)), hard))
    before = site.descriptors()
    connections = []
    for number in range(wanted):
        connection = socket.socket()
        connection.setblocking(False)
        connection.connect_ex(("127.0.0.1", site.port))
        connections.append(connection)
        if number % 500 == 499:
            time.sleep(0.01)
    time.sleep(1)
    check(site.descriptors() <= before + 1000, site.descriptors())
    for connection in connections:
        connection.close()
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            if site.search("Ziege").status == 200:
                break
        except OSError:
            time.sleep(0.2)
    check_page(site.search("Ziege"))
    deadline = time.monotonic() + 20
    while site.descriptors() > before and time.monotonic() < deadline:
        time.sleep(0.2)
    check(site.descriptors() <= before, (before, site.descriptors()))


def many_requests():
    """after 2,000 requests there is not a descriptor more"""
    connection = socket.create_connection(("127.0.0.1", site.port))
    before = None
    for _ in range(20):
        before = before or (site.get("/hilfe") and site.descriptors())
        connection.sendall(b"GET /hilfe HTTP/1.1\r\nHost: x\r\n\r\n" * 100)
        received = b""
        while received.count(b"HTTP/1.1 200") < 100:
            received += connection.recv(1 << 20)
    check(site.descriptors() <= before, (before, site.descriptors()))
    connection.close()


def sandbox():
    """a query program that has been taken over can do nothing"""
    source = os.path.join(os.environ.get("LUPE_SOURCE", "."), "tests", "web", "escape.c")
    escape = os.path.join(folder, "escape")
    subprocess.run(["cc", "-o", escape, source], check=True)
    secret = os.path.join(folder, "geheim")
    with open(secret, "w", encoding="utf-8") as file:
        file.write("geheim")
    with open(os.path.join(site.index, "opfer"), "w", encoding="utf-8") as file:
        file.write("lesbar, aber nicht zu verändern")
    with Site(folder, "--serve-files", root, lupe=escape) as other:
        text = other.search("%s:%d" % (folder, other.port)).text
        check("Ziege" in text or "darf" in text, text)
        check("KONNTE" not in text, text)
    with Site(folder, "--serve-files", root, "--no-sandbox", lupe=escape) as other:
        check("KONNTE" in other.search("%s:%d" % (folder, other.port)).text, "the test itself is blind")


def no_openat2():
    """where openat2 is forbidden, as RestrictSUIDSGID= of systemd does, it says so at the start"""
    try:
        subprocess.run(["/usr/bin/python3", "-c", "import seccomp"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return "no python3-seccomp"
    forbid = ("import errno, os, seccomp, sys; rules = seccomp.SyscallFilter(seccomp.ALLOW);"
              "rules.add_rule(seccomp.ERRNO(errno.ENOSYS), 'openat2'); rules.load(); os.execv(sys.argv[1], sys.argv[1:])")
    command = ["/usr/bin/python3", "-c", forbid, *site.command]
    result = subprocess.run(command, capture_output=True, text=True, env=environment(), timeout=60)
    check(result.returncode == 2 and "openat2" in result.stderr, result.stderr)
    with open(os.path.join(SOURCE, "data", "systemd", "lupe-web.service.in"), encoding="utf-8") as unit:
        check("\nRestrictSUIDSGID=" not in unit.read())


def no_program():
    """a query program that is not there is told at the start"""
    command = [*site.command, "--lupe", os.path.join(folder, "nirgends")]
    result = subprocess.run(command, capture_output=True, text=True, env=environment(), timeout=60)
    check(result.returncode == 2 and "nirgends: No such file" in result.stderr, result.stderr)


def graceful():
    """a stop waits for what has been asked, and ends with status 0"""
    import threading
    asked = os.path.join(folder, "asked")
    slow = script(": >'%s'; sleep 1; echo '{\"results\":[],\"total\":{\"documents\":0},\"query\":{},"
                  "\"error\":null}'" % asked)
    statuses = []
    with Site(folder, "--no-sandbox", lupe=slow) as other:
        thread = threading.Thread(target=lambda: statuses.append(other.search("Ziege").status))
        thread.start()
        deadline = time.monotonic() + 10
        while not os.path.exists(asked) and time.monotonic() < deadline:
            time.sleep(0.05)
        other.process.send_signal(signal.SIGTERM)
        thread.join()
    check(statuses == [200], statuses)


def cgi_arguments():
    """as CGI the arguments are not looked at"""
    config = os.path.join(folder, "web.conf")
    with open(config, "w", encoding="utf-8") as file:
        file.write("# Suche\nindex = %s\nlupe = %s\nserve-files = %s\n" % (site.index, LUPE, root))
    variables = dict(environment(), GATEWAY_INTERFACE="CGI/1.1", LUPE_WEB_CONFIG=config,
                     REQUEST_METHOD="GET", SCRIPT_NAME="/cgi-bin/lupe-web", PATH_INFO="/suche",
                     QUERY_STRING="q=Ziege")
    for arguments in ([], ["--index=/"], ["--help"], ["-e", "x"], ["--serve-files=/"]):
        output = subprocess.run([LUPE_WEB, *arguments], env=variables, capture_output=True, check=True).stdout
        head, body = output.split(b"\r\n\r\n", 1)
        check(head.startswith(b"Status: 200 OK\r\n"), head)
        check(b"/cgi-bin/lupe-web/dokument?" in body and b"Bericht" in body)
    variables["PATH_INFO"], variables["QUERY_STRING"] = "/datei", "pfad=bericht-2019.md"
    output = subprocess.run([LUPE_WEB], env=variables, capture_output=True, check=True).stdout
    check(output.endswith(b"Ziegen im Kreis: 42.\n"))
    variables["LUPE_WEB_CONFIG"] = "/nirgends"
    result = subprocess.run([LUPE_WEB], env=variables, capture_output=True)
    check(result.returncode == 2 and result.stdout.startswith(b"Status: 500"))


def activation():
    """a socket that systemd hands over is listened on"""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        command = ["sh", "-c", "LISTEN_PID=$$ LISTEN_FDS=1 exec \"$@\" 3<&%d" % listening.fileno(), "-",
                   LUPE_WEB, "--index", site.index, "--lupe", LUPE, *user_options()]
        server = subprocess.Popen(command, pass_fds=(listening.fileno(),), env=environment(),
                                  stderr=subprocess.DEVNULL)
        other = Site(folder)
        other.port = listening.getsockname()[1]
        try:
            check_page(other.search("Ziege"))
        finally:
            server.terminate()
        check(server.wait(30) == 0)


def lighttpd():
    """the example for lighttpd is a site: pages, links, files, and nothing else"""
    program = shutil.which("lighttpd", path=os.environ["PATH"] + ":/usr/sbin")
    if not program:
        if os.environ.get("CI") == "true":
            raise AssertionError("no lighttpd here")
        return "no lighttpd here"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config, web_config = os.path.join(folder, "lighttpd.conf"), os.path.join(folder, "cgi.conf")
    with open(os.path.join(SOURCE, "doc", "web", "lighttpd.conf"), encoding="utf-8") as file:
        text = file.read()
    for old, new in (("/usr/local/bin/lupe-web", os.path.abspath(LUPE_WEB)), ("server.port = 80", "server.port = %d" % port),
                     ("/etc/lupe/web.conf", web_config), ("/var/www/html", root)):
        check(old in text, old)
        text = text.replace(old, new)
    with open(config, "w", encoding="utf-8") as file:
        file.write(text)
    with open(web_config, "w", encoding="utf-8") as file:
        file.write("index = %s\nlupe = %s\nserve-files = %s\n" % (site.index, LUPE, root))
    # CGI programs get no environment from lighttpd but what it sets: sanitizers run with their defaults
    server = subprocess.Popen([program, "-D", "-f", config], stderr=subprocess.DEVNULL)
    try:
        cgi = Site(folder)
        cgi.port = port
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                cgi.get("/")
                break
            except OSError:
                time.sleep(0.1)
        answer = cgi.get("/lupe/suche?q=Ziege")
        check_page_of(answer, "lighttpd")
        link = re.search(r'href="(/lupe/dokument[^"]+)"', answer.text).group(1).replace("&amp;", "&")
        check("<mark" in cgi.get(link).text)
        style = re.search(r'href="(/lupe/stil[^"]+)"', answer.text).group(1)
        check(cgi.get(style).headers["content-type"].startswith("text/css"))
        check(cgi.get("/lupe").status == 200 and cgi.get("/lupe/").status == 200)
        check("Ziegen im Kreis" in cgi.get("/lupe/datei?pfad=bericht-2019.md").text)
        check(cgi.get("/lupe/nirgends").status == 404 and cgi.get("/lupe/suche?q=%22").status == 400)
        check(cgi.get("/lupe/datei?pfad=../../../etc/passwd").status == 404)
        tag = answer.headers["etag"]
        check(cgi.get("/lupe/suche?q=Ziege", headers={"If-None-Match": tag}).status == 304)
        for option in ("--help", "-V", "--index=/", "--serve-files=/"):  # words of an ISINDEX query
            check("Was suchen Sie?" in cgi.get("/lupe/?" + option).text)
        check(cgi.get("/lupe/suche?q=Ziege", method="HEAD").body == b"")
        check(cgi.get("/lupe/suche?q=Ziege", method="POST", body=b"x").status in (405, 413))
    finally:
        server.terminate()
        server.wait(10)


def caching():
    """a page that has not changed is not sent again"""
    first = site.search("Ziege")
    tag = first.headers["etag"]
    again = site.get("/suche?q=Ziege", headers={"If-None-Match": tag})
    check(again.status == 304 and again.body == b"" and again.headers["etag"] == tag)
    check(site.search("Ziegen").headers["etag"] != tag)
    packed = site.get("/suche?q=Ziege", headers={"Accept-Encoding": "gzip"})
    import gzip
    check(packed.headers["content-encoding"] == "gzip" and gzip.decompress(packed.body) == first.body)
    check(first.headers["vary"] == "Accept-Encoding" and "noindex" in first.headers["x-robots-tag"])
    check("x-robots-tag" not in site.get("/").headers)


TESTS = [markup_in_queries, markup_in_documents, options_as_queries, traversal, originals, no_originals,
         headers, encodings, methods, sizes, garbage, log_lines, rates, overload, bad_programs, slow_clients,
         many_requests, ten_thousand, sandbox, no_openat2, no_program,
         graceful, cgi_arguments, activation, lighttpd, caching]

if __name__ == "__main__":
    chosen = [test for test in TESTS if len(sys.argv) < 2 or test.__name__ in sys.argv[1:]]
    with site:
        STATUS = run_tests(chosen)
    subprocess.run(["rm", "-rf", folder], check=True)
    sys.exit(STATUS)
