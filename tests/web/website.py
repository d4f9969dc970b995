"""A lupe-web over an index of its own, for tests: documents, server, requests."""
import http.client
import os
import re
import signal
import socket
import subprocess
import tempfile
import urllib.parse

BUILD = os.environ.get("LUPE_BUILD", "build")
SOURCE = os.environ.get("LUPE_SOURCE", ".")
LUPE = os.environ.get("LUPE", os.path.join(BUILD, "query", "lupe"))
LUPE_INDEX = os.path.join(BUILD, "indexer", "lupe-index")
LUPE_WEB = os.path.join(BUILD, "web", "lupe-web")
SCRIPT = "<script>alert(1)</script>"

DOCUMENTS = {
    "bericht-2019.md": "---\ntitle: Bericht über Ziegen\ndate: 2019-05-14\nauthor: Amt für Tiere\n---\n"
                       "# Bericht\n\nDie Ziege weidet am Hang.\n\n## Zahlen\n\nZiegen im Kreis: 42.\n",
    "kopie.md": "---\ntitle: Bericht über Ziegen\ndate: 2019-05-14\nauthor: Amt für Tiere\n---\n"
                "# Bericht\n\nDie Ziege weidet am Hang.\n\n## Zahlen\n\nZiegen im Kreis: 42.\n",
    "plan-2021.txt": "Plan 2021\n\nDie Schafe und eine Ziege.\n" + "Noch ein Satz.\n" * 200,
    "böse/<img src=x onerror=alert(1)>.txt":
        "Titel %s\n\nMarkup %s im Text, \"' und &amp; dazu, Ziege.\n" % (SCRIPT, SCRIPT),
    "böse/titel.md": "---\ntitle: \"</title>%s\"\nauthor: \"'><b onclick=x>\"\n---\nZiege %s\n"
                     % (SCRIPT, SCRIPT),
    "seite.html.txt": "<html><script>alert(1)</script>Ziege</html>\n",
}


def write_documents(folder, documents):
    for path, text in documents.items():
        path = os.path.join(folder, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)


def environment():
    """Nothing of the caller's but what sanitizers need."""
    return {name: value for name, value in os.environ.items()
            if name == "PATH" or name.endswith("SAN_OPTIONS")}


def user_options():
    return ["--user", "root"] if os.geteuid() == 0 else []


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body
        ours = "charset=utf-8" in headers.get("content-type", "") and "content-encoding" not in headers
        self.text = body.decode("utf-8", "strict" if ours else "replace")


class Site:
    """`with Site(tmp, "--option") as site:`; its process must end well."""

    def __init__(self, folder, *options, index=None, lupe=LUPE):
        self.folder, self.index = folder, index or os.path.join(folder, "index")
        self.root = os.path.join(folder, "dokumente")
        self.command = [LUPE_WEB, "--index", self.index, "--lupe", lupe,
                        "--listen", "127.0.0.1:0", *user_options(), *options]
        self.expect_status = 0

    def __enter__(self):
        self.errors = tempfile.TemporaryFile("w+", dir=self.folder)
        self.process = subprocess.Popen(self.command, stderr=subprocess.PIPE, env=environment(),
                                        stdin=subprocess.DEVNULL, text=True)
        line = self.process.stderr.readline()
        match = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
        if not match:
            raise RuntimeError("lupe-web: " + line + self.process.stderr.read())
        self.port = int(match.group(1))
        self.url = "http://127.0.0.1:%d" % self.port
        self.drain = subprocess.Popen(["cat"], stdin=self.process.stderr, stdout=self.errors)
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(30)
        self.drain.wait(10)
        if status != self.expect_status:
            raise AssertionError("lupe-web ended with status %s: %s" % (status, self.log()[-4000:]))

    def log(self):
        self.errors.flush()
        self.errors.seek(0)
        return self.errors.read()

    def get(self, target, method="GET", headers=None, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.putrequest(method, target, skip_accept_encoding=True,
                              skip_host="Host" in (headers or {}))
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, content)

    def search(self, query, **parameters):
        return self.get("/suche?" + urllib.parse.urlencode({"q": query, **parameters}))

    def raw(self, data, timeout=30):
        """Everything that comes back for these bytes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=timeout) as connection:
            connection.sendall(data)
            received = b""
            try:
                while True:
                    piece = connection.recv(65536)
                    if not piece:
                        break
                    received += piece
            except (ConnectionResetError, socket.timeout):
                pass
            return received

    def descriptors(self):
        return len(os.listdir("/proc/%d/fd" % self.process.pid))


def make_index(folder, documents=None):
    root = os.path.join(folder, "dokumente")
    write_documents(root, documents or DOCUMENTS)
    subprocess.run([LUPE_INDEX, "-q", "--index", os.path.join(folder, "index"), root], check=True)
    return root


def run_tests(tests):
    """Each function of `tests` is a test named by its docstring; TAP to standard output."""
    import traceback
    print("1..%d" % len(tests))
    failed = False
    for number, test in enumerate(tests, 1):
        try:
            reason = test()
            print("ok %d - %s%s" % (number, test.__doc__, " # SKIP " + reason if reason else ""),
                  flush=True)
        except Exception:  # pylint: disable=broad-except
            failed = True
            print("not ok %d - %s" % (number, test.__doc__))
            print("\n".join("# " + line for line in traceback.format_exc().splitlines()), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    # website.py FOLDER DOCUMENTS LUPE [OPTION]...: a site over DOCUMENTS (none: the index is there
    # already) until standard input ends; its address is the first line of the output.
    import sys
    FOLDER, DOCUMENT_ROOT, PROGRAM = sys.argv[1:4]
    if DOCUMENT_ROOT:
        subprocess.run([LUPE_INDEX, "-q", "--index", os.path.join(FOLDER, "index"), DOCUMENT_ROOT],
                       check=True)
    with Site(FOLDER, *sys.argv[4:], lupe=PROGRAM or LUPE) as running:
        print(running.url, flush=True)
        sys.stdin.read()
