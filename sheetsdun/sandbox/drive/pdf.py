"""What Google's own documents become when they are asked for as PDF: a page with their name on it."""

from __future__ import annotations

PDF = "application/pdf"


def page(title: str) -> bytes:
    """One page, as small as PDF 1.4 allows; what its font does not have is a question mark."""
    shown = title.encode("cp1252", "replace").decode("latin-1")
    for sign in "\\()":
        shown = shown.replace(sign, f"\\{sign}")
    drawn = f"BT /F1 18 Tf 72 760 Td ({shown}) Tj ET".encode("latin-1")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 6 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Font << /F1 5 0 R >> >>",
    )
    made = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(made)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    made += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return made + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
