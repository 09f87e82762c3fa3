"""Where an edit stands, as a clerk would say it: where it is in the file, or where words stood that are gone."""

from __future__ import annotations

from docgen.findings import Place
from docgen.places import Places as Version
from docgen.pull.found import Spot, WordEdit
from docgen.pull.origin import Returned


class Places:
    """The places in files that came back and in what docgen had made of them; each is read when it is asked for."""

    def __init__(self) -> None:
        self._versions: dict[tuple[str, bool], Version] = {}

    def of(self, file: Returned, spot: Spot | None) -> Place:
        """The place of an edit in the file as it is now."""
        return self._version(file, made=False).of(*spot) if spot is not None else Place(file.file)

    def named(self, file: Returned, edit: WordEdit) -> Place:
        """The place of words with the number of their paragraph; where they stood, for those that are gone."""
        gone = edit.spot is None and edit.before is not None
        spot = edit.before if gone else edit.spot
        return self._version(file, made=gone).named(*spot, gone=gone) if spot is not None else Place(file.file)

    def _version(self, file: Returned, *, made: bool) -> Version:
        key = file.file, made
        if key not in self._versions:
            self._versions[key] = Version(file.file, file.base if made else file.data)
        return self._versions[key]
