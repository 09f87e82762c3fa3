"""Makes a Word template from house markup: python -m docgen.template.author IN.txt OUT.docx.

IN may be a template itself, which is then made anew from its own outline, in the house styles as they are now.
"""

from __future__ import annotations

import sys
from pathlib import Path

from docgen.errors import DocgenError
from docgen.template.author import author
from docgen.template.outline import outline


def main(arguments: list[str]) -> int:
    """The exit code: 0 when the file was written, 2 when the text is not house markup or was not given."""
    if len(arguments) != 2:
        sys.stderr.write("用法：python -m docgen.template.author 文字.txt|旧模板.docx 新模板.docx\n")
        return 2
    source, target = map(Path, arguments)
    try:
        target.write_bytes(author(_markup(source)))
    except (DocgenError, OSError, UnicodeDecodeError) as error:
        sys.stderr.write(f"{source}：\n{error}\n")
        return 2
    return 0


def _markup(source: Path) -> str:
    if source.suffix.lower() == ".docx":
        return outline(source.read_bytes(), str(source))
    return source.read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
