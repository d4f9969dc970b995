"""Small documents of each format, sound ones and the parts that unsound ones are made of."""
import struct
import zlib

GOOD_XML = b'<?xml version="1.0" encoding="UTF-8"?>'
DOCX = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CONTENT_TYPES = GOOD_XML + b"""<Types
 xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override
 PartName="/word/document.xml" ContentType=
 "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
RELATIONS = GOOD_XML + b"""<Relationships
 xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
 Target="word/document.xml"/></Relationships>"""


def deflate(pieces):
    """Raw deflate of an iterable, with size and checksum of what it was."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed, size, crc = [], 0, 0
    for piece in pieces:
        packed.append(packer.compress(piece))
        size += len(piece)
        crc = zlib.crc32(piece, crc)
    packed.append(packer.flush())
    return b"".join(packed), size, crc


class Zip:
    """An archive whose directory may say what it likes."""

    def __init__(self):
        self.bytes = b""
        self.directory = []

    def add(self, name, pieces):
        offset = len(self.bytes)
        packed, size, crc = deflate(pieces)
        self.bytes += struct.pack("<IHHHHHIIIHH", 0x04034b50, 20, 0, 8, 0, 0x21, crc, len(packed),
                                  size, len(name), 0) + name.encode() + packed
        self.point(name, offset, packed, size, crc)
        return offset, packed, size, crc

    def point(self, name, offset, packed, size, crc):
        """An entry in the directory alone, pointing to a member that is already there."""
        self.directory.append(struct.pack(
            "<IHHHHHHIIIHHHHHII", 0x02014b50, 20, 20, 0, 8, 0, 0x21, crc, len(packed), size,
            len(name), 0, 0, 0, 0, 0, offset) + name.encode())

    def finish(self):
        directory = b"".join(self.directory)
        count = len(self.directory)
        return self.bytes + directory + struct.pack("<IHHHHIIH", 0x06054b50, 0, 0, count, count,
                                                    len(directory), len(self.bytes), 0)


def docx(document, more=()):
    archive = Zip()
    archive.add("[Content_Types].xml", [CONTENT_TYPES])
    archive.add("_rels/.rels", [RELATIONS])
    archive.add("word/document.xml", document)
    for name, pieces in more:
        archive.add(name, pieces)
    return archive.finish()


def body(*paragraphs):
    yield GOOD_XML + b'<w:document xmlns:w="%s"><w:body>' % DOCX.encode()
    for paragraph in paragraphs:
        yield from paragraph
    yield b"</w:body></w:document>"


def paragraph(text):
    return [b"<w:p><w:r><w:t>", text, b"</w:t></w:r></w:p>"]


def pdf(objects, trailer=b"", root=1):
    """A PDF of these objects, numbered from 1, with a right table of them."""
    out, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"trailer\n<< /Size %d /Root %d 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, root, trailer.replace(b"@table", b"%d" % table), table)


def stream(content, entries=b""):
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def sound_pdf():
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    pages = [b"BT /F 20 Tf 72 700 Td (Kurse im Haus %d) Tj 0 -40 Td /F 11 Tf (Der Rat hat Kurse) Tj"
             b" 0 -14 Td (im Haus beschlossen.) Tj ET" % i for i in range(3)]
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>",
               b"<< /Type /Pages /Kids [4 0 R 6 0 R 8 0 R] /Count 3 >>", font]
    for i, page in enumerate(pages):
        objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R "
                       b"/Resources << /Font << /F 3 0 R >> >> >>" % (5 + 2 * i))
        objects.append(stream(zlib.compress(page), b"/Filter /FlateDecode") if i
                       else stream(page))
    return pdf(objects)


def sound_docx():
    row = b"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Zelle</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    return docx(body(*[paragraph(b"Absatz %d zu den Kursen im Haus" % i) for i in range(40)],
                     [row]))


def sound_odt():
    archive = Zip()
    archive.add("mimetype", [b"application/vnd.oasis.opendocument.text"])
    archive.add("content.xml", [GOOD_XML + b"""<office:document-content
     xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
     xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>
     <text:h text:outline-level="1">Kurse</text:h>""" + b"".join(
        b"<text:p>Absatz %d zu den Kursen</text:p>" % i for i in range(40)) + b"""</office:text>
     </office:body></office:document-content>"""])
    archive.add("meta.xml", [GOOD_XML + b"""<office:document-meta
     xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
     xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta><dc:title>Kurse</dc:title>
     </office:meta></office:document-meta>"""])
    return archive.finish()


def epub_archive(chapter_count):
    """The archive of a book, without its chapters c0.xhtml, c1.xhtml, ..."""
    archive = Zip()
    archive.add("mimetype", [b"application/epub+zip"])
    archive.add("META-INF/container.xml", [GOOD_XML + b"""<container version="1.0"
     xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile
     full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""])
    items = b"".join(b'<item id="c%d" href="c%d.xhtml" media-type="application/xhtml+xml"/>'
                     % (i, i) for i in range(chapter_count))
    refs = b"".join(b'<itemref idref="c%d"/>' % i for i in range(chapter_count))
    archive.add("book.opf", [GOOD_XML + b"""<package version="3.0" unique-identifier="i"
     xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest>""" + items
                             + b"</manifest><spine>" + refs + b"</spine></package>"])
    return archive


def sound_epub():
    archive = epub_archive(3)
    for i in range(3):
        archive.add("c%d.xhtml" % i, [GOOD_XML + b"""<html xmlns="http://www.w3.org/1999/xhtml">
         <body><h1>Kapitel %d</h1><p>Kurse im Haus.</p></body></html>""" % i])
    return archive.finish()


def sound_html():
    return b"""<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>Kurse</title>
<meta name="DC.date" content="2019-05-14"></head><body><h1>Kurse</h1><table><tr><td>Zelle
</table><ul><li>Eins<li>Zwei</ul><p>Kurse &amp; H&auml;user &#8211; \xc3\xa4</p></body></html>"""


def all_formats():
    """(name, bytes) of a sound document of each."""
    return [("a.pdf", sound_pdf()), ("a.docx", sound_docx()), ("a.odt", sound_odt()),
            ("a.epub", sound_epub()), ("a.html", sound_html())]
