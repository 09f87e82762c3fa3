"""The fonts that stand in for those of an agency."""

from __future__ import annotations

from importlib.resources import files

from lxml import etree

from docgen.template.author.styles import BIAOSONG, FANGSONG, HEITI, KAITI, SONGTI

CONFIGURATION = etree.fromstring(files("docgen.outputs").joinpath("fonts.conf").read_bytes())


def test_every_font_of_the_house_has_a_stand_in() -> None:
    """Each Chinese font of the styles, and the Latin one, is mapped to fonts of Debian's Chinese packages."""
    mapped = {alias.findtext("family"): alias.find("accept") for alias in CONFIGURATION.iterfind("alias")}
    used = {font for pair in (FANGSONG, KAITI, HEITI, SONGTI, BIAOSONG) for font in pair}
    debian = {"Noto Serif CJK SC", "Noto Sans CJK SC", "AR PL UMing CN", "AR PL UKai CN"}

    assert used <= set(mapped)
    assert all(debian & {family.text for family in accepted} for accepted in mapped.values() if accepted is not None)


def test_the_fonts_of_the_machine_stay() -> None:
    """The machine's own configuration is read first."""
    assert ["/etc/fonts/fonts.conf"] == [include.text for include in CONFIGURATION.iterfind("include")]
