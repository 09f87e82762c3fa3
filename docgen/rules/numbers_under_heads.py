"""Numbers like 4.1 under the articles that they are counted by: a 19.9 between 10.8 and 10.10 is a misprint of 10.9."""

from __future__ import annotations

from typing import Final

from docgen.rules.numbers import Kind, Token

# So many 4.1, 4.2 … show whether a document counts them under its articles.
_HABIT: Final = 5
# Where all others of so many are, one of two below an article is enough.
_STRICT: Final = 10
_HEADS: Final = (Kind.ARTICLE, Kind.CHINESE, Kind.CHAPTER, Kind.PLAIN)


def under_their_heads(found: list[Token]) -> tuple[list[Token], list[Token]]:
    """The numbers, a 19.9 between 10.8 and 10.10 or a 3.4 at the end of 第九条 as what was meant; and those changed."""
    if sum(_is_pair(token) for token in found) < _HABIT:
        return found, []
    groups = max((_groups(found, kind) for kind in _HEADS), key=_held)
    held, pairs = _held(groups), sum(_is_pair(token) for token in found)
    if held * 6 < pairs * 5:
        return found, []
    fewest = 2 if held + 1 == pairs >= _STRICT else 3
    meant = {}
    for head, group in groups:
        strays = [token for token in group if token.prefix != (head,)]
        # All but one stand under the number of their head, and the one has the value that its place asks for.
        if (
            len(strays) == 1
            and len(group) >= fewest
            and all(token.value == value for value, token in enumerate(group, 1))
        ):
            meant[id(strays[0])] = strays[0]._replace(prefix=(head,))
    return [meant.get(id(token), token) for token in found], list(meant.values())


def _is_pair(token: Token) -> bool:
    return token.kind is Kind.COMPOSITE and len(token.prefix) == 1


def _groups(found: list[Token], kind: Kind) -> list[tuple[int, list[Token]]]:
    """The 4.1, 4.2 … under each 第四条, 四、 or 4., with the number of that head."""
    heads: list[tuple[int, list[Token]]] = []
    for token in found:
        if token.kind is kind:
            heads.append((token.value, []))
        elif heads and _is_pair(token):
            heads[-1][1].append(token)
    return heads


def _held(groups: list[tuple[int, list[Token]]]) -> int:
    """How many are counted under their head's number."""
    return sum(token.prefix == (head,) for head, group in groups for token in group)
