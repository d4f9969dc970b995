"""Office documents and pages for tests, made of parts of our own."""
import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def archive(members, compression=zipfile.ZIP_DEFLATED):
    """A ZIP archive of (name, text or bytes)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as file:
        for name, content in members:
            file.writestr(name, content)
    return out.getvalue()


def relationships(pairs):
    return ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            + "".join('<Relationship Id="r%d" Type="%s/%s" Target="%s"/>'
                      % (number, RELATIONS, kind, target)
                      for number, (kind, target) in enumerate(pairs)) + "</Relationships>")


def word_part(root, content):
    return ('<?xml version="1.0" encoding="UTF-8"?><w:%s xmlns:w="%s" '
            'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
            'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
            'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
            'xmlns:v="urn:schemas-microsoft-com:vml">%s</w:%s>' % (root, W, content, root))


def docx(body, styles="", footnotes="", endnotes="", core="", app="", more=()):
    members = [
        ("_rels/.rels", relationships([
            ("officeDocument", "word/document.xml"), ("extended-properties", "docProps/app.xml"),
        ]).replace("</Relationships>",
                   '<Relationship Id="c" Target="docProps/core.xml" Type="http://schemas.'
                   'openxmlformats.org/package/2006/relationships/metadata/core-properties"/>'
                   "</Relationships>")),
        ("word/document.xml", word_part("document", "<w:body>%s</w:body>" % body)),
        ("word/_rels/document.xml.rels", relationships([
            ("styles", "styles.xml"), ("footnotes", "footnotes.xml"),
            ("endnotes", "endnotes.xml")])),
        ("word/styles.xml", word_part("styles", styles)),
        ("word/footnotes.xml", word_part("footnotes", footnotes)),
        ("word/endnotes.xml", word_part("endnotes", endnotes)),
        ("word/header1.xml", word_part("hdr", p("Kopfzeile"))),
        ("docProps/core.xml",
         '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
         'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
         'xmlns:dcterms="http://purl.org/dc/terms/">%s</cp:coreProperties>' % core),
        ("docProps/app.xml",
         '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
         'extended-properties">%s</Properties>' % app),
    ]
    return archive(members + list(more))


def r(text, properties=""):
    """A run; text may be elements."""
    inner = text if text.startswith("<") else '<w:t xml:space="preserve">%s</w:t>' % text
    return "<w:r>%s%s</w:r>" % ("<w:rPr>%s</w:rPr>" % properties if properties else "", inner)


def p(content, style="", properties=""):
    """A paragraph of runs, or of plain text."""
    if content and not content.startswith("<"):
        content = r(content)
    if style:
        properties = '<w:pStyle w:val="%s"/>%s' % (style, properties)
    return "<w:p>%s%s</w:p>" % ("<w:pPr>%s</w:pPr>" % properties if properties else "", content)


def row(*cells, properties=""):
    return "<w:tr>%s%s</w:tr>" % (properties, "".join(
        "<w:tc>%s</w:tc>" % (cell if cell.startswith("<") else p(cell)) for cell in cells))


ODT_SPACES = " ".join('xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0"' % pair for pair in [
    ("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"),
    ("style", "style"), ("meta", "meta"), ("svg", "svg-compatible"),
]) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'


def odt(body, automatic="", styles="", meta="", manifest="", more=()):
    def part(root, content):
        return '<?xml version="1.0" encoding="UTF-8"?><office:%s %s>%s</office:%s>' % (
            root, ODT_SPACES, content, root)
    members = [
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", part("document-content",
                             "<office:automatic-styles>%s</office:automatic-styles><office:body>"
                             "<office:text>%s</office:text></office:body>" % (automatic, body))),
        ("styles.xml", part("document-styles", "<office:styles>%s</office:styles>" % styles)),
        ("meta.xml", part("document-meta", "<office:meta>%s</office:meta>" % meta)),
        ("META-INF/manifest.xml",
         '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
         "%s</manifest:manifest>" % manifest),
    ]
    return archive(members + list(more))


def page(body, head="<title>Seite</title>"):
    return ('<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html>'
            '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
            "<head>%s</head><body>%s</body></html>" % (head, body))


def epub(items, spine, metadata="", guide="", more=()):
    """Items are (id, path below OPS/, properties, content)."""
    manifest = "".join('<item id="%s" href="%s" properties="%s" '
                       'media-type="application/xhtml+xml"/>' % (ident, path, properties)
                       for ident, path, properties, _ in items)
    package = ('<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
               'xmlns:dc="http://purl.org/dc/elements/1.1/">%s</metadata><manifest>%s</manifest>'
               "<spine>%s</spine><guide>%s</guide></package>" % (
                   metadata, manifest, "".join('<itemref idref="%s"/>' % i for i in spine), guide))
    members = [
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml",
         '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
         '<rootfile full-path="OPS/package.opf"/></rootfiles></container>'),
        ("OPS/package.opf", package),
    ]
    members += [("OPS/" + path.replace("%20", " "), content) for _, path, _, content in items]
    return archive(members + list(more))
