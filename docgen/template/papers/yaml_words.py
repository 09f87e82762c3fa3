"""Words as they stand in a YAML file."""

from __future__ import annotations

import json
import re
from typing import Final

_PLAIN: Final = re.compile(r"[\u4e00-\u9fffA-Za-z_（）《》“”][\u4e00-\u9fff\w.（）《》“”·—-]*")
_MEANT: Final = frozenset({"true", "false", "yes", "no", "null", "on", "off"})


def quoted(text: str) -> str:
    """The text as a YAML scalar, in quotes where it needs them."""
    plain = _PLAIN.fullmatch(text) and text.lower() not in _MEANT
    return text if plain else json.dumps(text, ensure_ascii=False)
