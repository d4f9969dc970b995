#!/usr/bin/env bats
# Programs of the configuration that read files, and OCR: what they give, and what they cannot do.

bats_require_minimum_version 1.5.0
load setup

setup() {
  cd "$BATS_TEST_TMPDIR"
  mkdir korpus temporary
  mkdir -m 700 index
  export LUPE_INDEX=$PWD/index TMPDIR=$PWD/temporary
  echo 'do not touch' >precious
}

conf() { cat >index/lupe.conf; }
index() { run --separate-stderr lupe-index "$@" korpus; } # [COMMAND] [OPTION]...

# try DEED: a filter tries it, in python; sets status and output (what it could do)
try() {
  cat >deed <<END
#!/usr/bin/python3 -IS
import os, signal, socket, subprocess, sys
precious = "$PWD/precious"
try:
    $1
    print("gelungen")
except OSError as error:
    print("verweigert")
END
  chmod +x deed
  printf '[filter]\n.versuch = %s/deed\n' "$PWD" | conf
  date +%N >korpus/a.versuch
  index
}
allowed() { try "$1"; lupe -q gelungen || { echo "$stderr"; return 1; }; }
denied() { try "$1"; lupe -q verweigert || { echo "not denied: $1 $stderr"; return 1; }; }

@test "a filter makes text of files of its extension" {
  printf '[filter]\n.klein = tr A-Z a-z\n' | conf
  echo 'DER KINDERGARTEN IM ORT' >korpus/a.klein
  index
  [ "$status" -eq 0 ]
  lupe -q =kindergarten
  [[ $(lupe --json Kindergarten) == *'"type":"application/octet-stream"'* ]]
}

@test "arguments may be quoted, and no shell looks at them" {
  printf "%s\n" "[filter]" ".x = sed \"s/Haus/Garten \$(id)/\"" | conf
  echo 'Das Haus' >korpus/a.x
  index
  [ "$status" -eq 0 ]
  lupe -q Garten
}

@test "form feeds are the ends of pages" {
  printf '[filter]\n.seiten = cat\n' | conf
  printf 'Erste Seite\f\fDritte Seite zum Radweg\n\f' >korpus/a.seiten
  index
  run lupe --json Radweg
  [[ $output == *'"pages":3'* ]]
  [[ $output == *'"page":3'* ]]
  [[ $(lupe-index failures) == *"1 of 3 pages without text"* ]]
}

@test "text that is not UTF-8 is decoded; programs load what they need" {
  printf '[filter]\n.alt = iconv -f UTF-8 -t WINDOWS-1252\n' | conf
  echo 'Bürgerbüro Mühlstraße' >korpus/a.alt
  index
  [ "$status" -eq 0 ]
  lupe -q =Bürgerbüro
}

@test "a filter takes the place of a reader of ours, and its failures are named" {
  printf '[filter]\n.txt = false\n' | conf
  echo Text >korpus/a.txt
  index
  [ "$status" -eq 1 ]
  [[ $stderr == *"a.txt: false: exit status 1"* ]]
  [[ $(lupe-index failures) == *"false: exit status 1"* ]]
  index
  [ "$status" -eq 0 ]
  [ -z "$stderr" ]
}

@test "one that hangs is ended, whatever it started" {
  printf '[filter]\ntimeout = 1\n.x = sleep 3000.25\n' | conf
  echo Text >korpus/a.x
  SECONDS=0
  index
  [ "$status" -eq 1 ]
  [ "$SECONDS" -lt 30 ]
  [[ $stderr == *"a.x: sleep: took longer than 1 s"* ]]
  run ! pgrep -f 'sleep 3000.25'
}

@test "a run that is stopped ends its filters, and nothing is known of their files" {
  printf '[filter]\n.x = sleep 3000.5\n' | conf
  echo Text >korpus/a.x
  lupe-index korpus 2>stderr &
  for _ in {1..100}; do
    pgrep -f '^sleep 3000.5' && break
    sleep 0.1
  done
  kill -TERM $!
  status=0
  wait $! || status=$?
  [ "$status" -eq 143 ]
  run ! pgrep -f '^sleep 3000.5'
  [ -z "$(ls temporary)" ]
  [ ! -e index/index ]
}

@test "one that prints for ever is ended, with a bound to what is kept" {
  printf '[filter]\n.x = yes\n' | conf
  echo Text >korpus/a.x
  index
  [ "$status" -eq 1 ]
  [[ $stderr == *"a.x: yes: more than 256 MB of text"* ]]
}

@test "one that dies of a signal, and one that prints no text, are told" {
  try 'os.abort()'
  [[ $stderr == *"a.versuch: deed: killed by signal 6"* ]]
  printf '[filter]\n.x = cat\n' | conf
  head -c 1000 /dev/zero >korpus/a.x
  index
  [[ $stderr == *"a.x: cat: prints binary data, not text"* ]]
}

@test "the environment is cleared, and the temporary folder is private and removed" {
  LEAK=1 try 'os.stat("/") and "LEAK" in os.environ and sys.exit(3)'
  [ "$status" -eq 0 ]
  allowed 'open(os.environ["TMPDIR"] + "/a", "w").write("b")'
  allowed 'os.mkdir("in-the-working-folder")'
  [ -z "$(ls temporary)" ]
}

@test "without the sandbox the same deeds succeed" {
  for deed in 'open(precious).read()' 'open(precious, "a")' 'os.chmod(precious, 0o600)' \
    'socket.socket(socket.AF_INET, socket.SOCK_DGRAM)' 'os.kill(os.getppid(), 0)'; do
    try "$deed"
    lupe -q verweigert
    index rebuild --no-sandbox
    lupe -q gelungen
  done
}

@test "tmpfile works, in the temporary folder" {
  allowed 'import ctypes; file = ctypes.CDLL(None).tmpfile; file.restype = ctypes.c_void_p; file() or open("/")'
  [ -z "$(ls temporary)" ]
}

@test "no file outside is read, written or removed" {
  denied 'open(precious).read()'
  denied 'open(precious, "w")'
  denied 'os.remove(precious)'
  denied 'open("/etc/passwd").read()'
  denied 'open("/tmp/lupe-filter-test", "w")'
  denied 'os.chmod(precious, 0o777)'
  denied 'os.truncate(precious, 0)'
  denied 'import ctypes; c = ctypes.CDLL(None, use_errno=True); c.syscall(452, -100, precious.encode(), 0o777, 0) and open(precious)'
  denied 'open("/proc/%d/environ" % os.getppid()).read()'
  [ "$(cat precious)" = 'do not touch' ]
}

@test "there is no network" {
  denied 'socket.socket(socket.AF_INET, socket.SOCK_STREAM)'
  denied 'socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)'
  denied 'socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)'
  denied 'socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)'
}

@test "no other program is run, no process made, none signalled" {
  denied 'os.execv("/bin/sh", ["sh", "-c", "echo gelungen"])'
  denied 'os.fork()'
  denied 'subprocess.run(["/bin/true"])'
  denied 'os.kill(os.getppid(), 0)'
  denied 'os.setsid()'
}

@test "memory is limited" {
  ! nm "$(command -v lupe-extract)" | grep -q __asan_init ||
    skip "AddressSanitizer reserves terabytes"
  try 'bytearray(600 << 20)'
  [[ $stderr == *"a.versuch: deed: exit status 1"* ]]
}

@test "status tells which programs read what, and mistakes" {
  printf '[filter]\n.x = tr A-Z "a z"\n[ocr]\ncommand = true\n' | conf
  echo Text >korpus/a.txt
  index
  run lupe-index status
  [[ $output == *$'\nfilter    .x: /usr/bin/tr A-Z a z\nfilter    OCR: /usr/bin/true\n'* ]]
  [[ $(lupe-index status --json) == *'"configuration":{"filters":{".x":["/usr/bin/tr","A-Z","a z"]},"ocr":["/usr/bin/true"],"error":null}'* ]]
  printf '[filter]\n.x = gibt-es-nicht\n' | conf
  run lupe-index status
  [ "$status" -eq 0 ]
  [[ $output == *$'\nconfig    '*'lupe.conf:2: .x: gibt-es-nicht: no such program'* ]]
}

@test "mistakes are told by file and line" {
  refused() { index; [ "$status" -eq 2 ] && [[ $stderr == *"lupe.conf:$1: "*"$2"* ]]; }
  printf '[filter]\n.x = gibt-es-nicht -\n' | conf
  refused 2 "gibt-es-nicht: no such program"
  printf '[filter]\n.x = bin/true\n' | conf
  refused 2 "must be absolute"
  printf '[filter]\nx = true\n' | conf
  refused 2 "neither an .EXTENSION"
  printf '[filter]\n.x = true "a\n' | conf
  refused 2 "quote"
  printf '[filter]\ntimeout = 0\n' | conf
  refused 2 "1 to 3600"
  printf '[ocr]\nprogram = true\n' | conf
  refused 2 "no such key"
}

@test "OCR is run over PDFs of pictures alone" {
  printf '[ocr]\ncommand = printf "Erkannter Absatz\\fZweite Seite"\n' | conf
  "$BATS_TEST_DIRNAME/make-pdf" scan >korpus/scan.pdf
  "$BATS_TEST_DIRNAME/make-pdf" columns >korpus/text.pdf
  index
  [ "$status" -eq 0 ]
  [[ $(lupe --json "Zweite Seite") == *'"page":2'* ]]
  [ "$(lupe -l Erkannter | wc -l)" -eq 1 ]
  [[ $(lupe-index failures) == *"scan.pdf"*"text recognised by printf"* ]]
}

@test "pages of pictures among others are counted, and sent to OCR once there is one" {
  "$BATS_TEST_DIRNAME/make-pdf" mixed >korpus/mixed.pdf
  index
  [ "$status" -eq 0 ]
  [[ $(lupe-index failures) == "searchable: mixed.pdf: 3 of 5 pages without text, 2 of them pictures (since "* ]]
  [[ $(lupe-index failures --json) == *'"cause":"pictures"'* ]]
  # What is printed for the other pages must not matter.
  printf '#!/bin/sh\nprintf "%%s\\f" Doppelt "Seiten $LUPE_PAGES" "" "Rathaus vier" Doppelt\n' >ocr
  chmod +x ocr
  printf '[ocr]\ncommand = %s/ocr\n' "$PWD" | conf
  index --retry-failed
  echo "$stderr"
  [ "$status" -eq 0 ]
  page() { lupe --json "$1" | grep -o '"page":[0-9]*' | sort -u; }
  [ "$(page Rathaus)" = '"page":4' ]
  [ "$(page '"Seiten 2 4"')" = '"page":2' ]
  [ "$(page Karte)" = '"page":5' ]
  run ! lupe -q Doppelt
  [[ $(lupe-index failures) == *"text of 2 of 5 pages recognised by ocr; 1 of 5 pages without text (since "* ]]
  lupe-index check
  # It is as well read as it can be.
  printf '#!/bin/sh\nprintf Neues\n' >ocr
  index --retry-failed
  run ! lupe -q Neues
}

@test "a scan that is stamped or numbered is a page of pictures; a cover is none" {
  "$BATS_TEST_DIRNAME/make-pdf" stamped >korpus/stamped.pdf
  index
  [ "$status" -eq 0 ]
  [[ $(lupe-index failures) == "searchable: stamped.pdf: 2 of 5 pages without text, 2 of them pictures (since "* ]]
  [[ $(lupe --json Eingegangen) == *'"page":1'* ]]
  printf '#!/bin/sh\nprintf "%%s\\f" Rathaus Doppelt Doppelt Doppelt "Seiten $LUPE_PAGES"\n' >ocr
  chmod +x ocr
  printf '[ocr]\ncommand = %s/ocr\n' "$PWD" | conf
  index --retry-failed
  [ "$status" -eq 0 ]
  [[ $(lupe --json Rathaus) == *'"page":1'* ]]
  [[ $(lupe --json '"Seiten 1 5"') == *'"page":5'* ]]
  [[ $(lupe --json Eingegangen) == *'"page":1'* ]]
  run ! lupe -q Doppelt
  [[ $(lupe-index failures) != *"without text"* ]]
}

@test "text that OCR does not divide belongs to the first page of pictures" {
  printf '[ocr]\ncommand = printf Rathaus\n' | conf
  "$BATS_TEST_DIRNAME/make-pdf" mixed >korpus/mixed.pdf
  index
  [[ $(lupe --json Rathaus) == *'"page":2'* ]]
  [[ $(lupe-index failures) == *"2 of 5 pages without text (since "* ]]
}

@test "a failure of OCR is one of the file; --retry-failed reads scans again" {
  "$BATS_TEST_DIRNAME/make-pdf" scan >korpus/scan.pdf
  index
  [ "$status" -eq 0 ]
  printf '[ocr]\ncommand = false\n' | conf
  index --retry-failed
  [ "$status" -eq 1 ]
  [[ $stderr == *"scan.pdf: false: exit status 1"* ]]
}

# picture-pdf: a PDF of the PGM on standard input
picture_pdf() {
  python3 -c '
import sys, zlib
magic, width, height, _, data = sys.stdin.buffer.read().split(None, 4)
image = zlib.compress(data[-int(width) * int(height):])
page = b"q 595 0 0 842 0 0 cm /I Do Q"
objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
           b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
           b"/Resources<</XObject<</I 5 0 R>>>>>>",
           b"<</Length %d>>\nstream\n%s\nendstream" % (len(page), page),
           b"<</Type/XObject/Subtype/Image/Width %s/Height %s/BitsPerComponent 8/ColorSpace/DeviceGray"
           b"/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (width, height, len(image), image)]
out, begins = b"%PDF-1.7\n", []
for number, body in enumerate(objects, 1):
    begins.append(len(out))
    out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
xref = len(out)
out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % b for b in begins)
sys.stdout.buffer.write(out + b"trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % xref)'
}

tesseract_or_skip() {
  command -v pdftoppm >/dev/null || skip "no poppler-utils"
  tesseract --list-langs 2>/dev/null | grep -qx deu || skip "no tesseract-ocr-deu"
  printf '[ocr]\ncommand = %s deu\n' "$(realpath "$BATS_TEST_DIRNAME/../../data/ocr-tesseract")" |
    conf
}

@test "tesseract reads a scanned page" {
  tesseract_or_skip
  "$BATS_TEST_DIRNAME/make-pdf" columns |
    pdftoppm -r 200 -gray -singlefile - | picture_pdf >korpus/scan.pdf
  index; echo "$status $stderr"
  echo "$stderr"
  [ "$status" -eq 0 ]
  lupe -q Bundesagentur
  lupe -q EU-Kommission
}

@test "tesseract reads the one scanned page of a document" {
  tesseract_or_skip
  "$BATS_TEST_DIRNAME/make-pdf" columns |
    pdftoppm -r 200 -gray -singlefile - | picture_pdf >scan.pdf
  "$BATS_TEST_DIRNAME/make-pdf" book >book.pdf
  pdfunite book.pdf scan.pdf korpus/buch.pdf
  index
  echo "$stderr"
  [ "$status" -eq 0 ]
  [[ $(lupe --json Bundesagentur) == *'"page":6'* ]]
  [[ $(lupe --json Fußnote) == *'"page":2'* ]]
  [[ $(lupe-index failures) == *"text of 1 of 6 pages recognised by ocr-tesseract"* ]]
}

@test "tesseract reads a scan of the samples" {
  samples=${LUPE_SOURCE-}/../shared/data/office/pdf
  [ -d "$samples" ] || skip "no ../shared/data/office/pdf"
  tesseract_or_skip
  cp "$samples/linsengericht-entschaedigungssatzung.pdf" korpus
  chmod 644 korpus/*
  index
  echo "$stderr"
  [ "$status" -eq 0 ]
  lupe -q Entschädigung
}

# merkblatt.doc was saved by LibreOffice 7.4 as "Word 97-2003": headings, a table, a page break.
@test "antiword reads a Word document, words in narrow cells whole" {
  command -v antiword >/dev/null || skip "no antiword"
  grep '^\.doc = ' "$BATS_TEST_DIRNAME/../../doc/lupe.conf" | { echo '[filter]'; cat; } | conf
  cp "$BATS_TEST_DIRNAME/merkblatt.doc" korpus
  index
  [ "$status" -eq 0 ]
  [ -z "$stderr" ]
  lupe -q =Geburtsurkundenabschrift
  lupe -q '"Zertifikat Deutsch"'
  lupe -q =Mühlstraße
  lupe -q Einbürgerungsbehörde
  [[ $(lupe --json Bürgerbüro) == *'"date":{"value":"2019-03-04"'* ]]
}

@test "antiword refuses what is no Word document, by name" {
  command -v antiword >/dev/null || skip "no antiword"
  printf '[filter]\n.doc = antiword -\n' | conf
  printf 'kein Word' >korpus/a.doc
  index
  [ "$status" -eq 1 ]
  [[ $stderr == *"a.doc: antiword: exit status 1"* ]]
}
