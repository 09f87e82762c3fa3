"""Small PDF files for tests: text set at given places, ruled lines, a picture, a password."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

_FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [<< /Type /Font "
    "/Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> "
    "/DW 1000 /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -120 1000 880] "
    "/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 >> >>] >>"
)
_PICTURE = (
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
)


@dataclass
class Sheet:
    """One A4 page; places are in points from the upper left corner."""

    content: list[str] = field(default_factory=list)
    rotation: int = 0

    def text(self, text: str, x: float, y: float, size: float = 16, matrix: str = "1 0 0 1") -> Sheet:
        """The page with a line of text."""
        letters = text.encode("utf-16-be").hex()
        self.content.append(f"BT /F1 {size} Tf {matrix} {x} {842 - y - size} Tm <{letters}> Tj ET")
        return self

    def lines(self, *texts: str, x: float = 80, y: float = 120, pitch: float = 30) -> Sheet:
        """The page with lines one below the other."""
        for number, text in enumerate(texts):
            self.text(text, x + 16 * (len(text) - len(text.lstrip("　"))), y + number * pitch)
            self.content[-1] = self.content[-1].replace("3000", "", len(text) - len(text.lstrip("　")))
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        """The page with a drawn line."""
        self.content.append(f"{x0} {842 - y0} m {x1} {842 - y1} l S")
        return self

    def table(self, rows: Sequence[Sequence[str]], y: float = 200, width: float = 120, height: float = 30) -> Sheet:
        """The page with a ruled table."""
        right, bottom = 80 + width * len(rows[0]), y + height * len(rows)
        for number in range(len(rows) + 1):
            self.rule(80, y + number * height, right, y + number * height)
        for number in range(len(rows[0]) + 1):
            self.rule(80 + number * width, y, 80 + number * width, bottom)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                self.text(cell, 84 + column * width, y + row * height + 6, 12)
        return self

    def picture(self) -> Sheet:
        """The page with a picture all over it."""
        self.content.append("q 595 0 0 842 0 0 cm /I1 Do Q")
        return self


def pdf_file(*sheets: Sheet, locked: bool = False) -> bytes:
    """The bytes of a PDF with these pages; locked, only a password opens it."""
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(sheets)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(sheets)} /Kids [{kids}] >>".encode(),
        _FONT.encode(),
        _PICTURE + b"\nstream\n\x80\nendstream",
    ]
    for number, sheet in enumerate(sheets):
        stream = "\n".join(sheet.content).encode()
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate {sheet.rotation} /Contents {6 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> /XObject << /I1 4 0 R >> >> >>".encode()
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream")
    return _assembled(objects, locked=locked)


def _assembled(objects: Sequence[bytes], *, locked: bool) -> bytes:
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    key = f"<{'5a' * 32}>"
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O {key} /U {key} /P -4 >> /ID [<00> <00>]" if locked else ""
    return data + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {lock} >>\nstartxref\n{start}\n%%EOF\n".encode()
