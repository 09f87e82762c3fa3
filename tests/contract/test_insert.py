"""Fields put into a YAML text that it lacks, every other byte as it is."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.contract.amend import spliced
from docgen.contract.insert import inserted, missing
from docgen.contract.model import ContractData
from docgen.contract.parts import Parts
from docgen.contract.shape import shape_of
from docgen.contract.typed import values_of
from tests.endure import examples

SHAPE = shape_of(ContractData)


def put(folder: Path, text: str, **fields: str) -> str:
    """The text with these fields put in, the dots of their paths written as two underscores."""
    path = folder / "contract.yaml"
    path.write_text(dedent(text), encoding="utf-8", newline="")
    parts = Parts(folder, "")
    tree = parts.read(path, "contract.yaml")
    assert tree is not None
    typed = dict(values_of(tree, SHAPE, parts, "contract.yaml"))
    found = []
    for name, value in fields.items():
        place = missing(name.replace("__", "."), typed, SHAPE)
        assert place is not None, name
        found.append((place, value))
    return spliced(dedent(text), [splice for _, splice in inserted(found)])


@pytest.mark.parametrize(
    ("before", "fields", "after"),
    [
        pytest.param(
            """\
            # 头
            party_a:
              name: 甲   # 名称

              # 负责人
              legal_rep: 丙
            party_b:
              name: 乙
            """,
            {"party_a__address": "某路1号", "party_b__address": "某路2号: 东"},
            """\
            # 头
            party_a:
              name: 甲   # 名称
              address: 某路1号

              # 负责人
              legal_rep: 丙
            party_b:
              name: 乙
              address: "某路2号: 东"
            """,
            id="behind the key that the schema has before it",
        ),
        pytest.param(
            """\
            甲方:
              名称: 甲
              法定代表人: 丙""",
            {"party_a__fax": "010-1", "party_a__contact__phone": "1", "party_a__contact__name": "丁"},
            """\
            甲方:
              名称: 甲
              传真: 010-1
              法定代表人: 丙
              联系人:
                姓名: 丁
                电话: 1
            """,
            id="under its label, a group and its fields together",
        ),
        pytest.param(
            """\
            party_a:
              legal_rep: 丙
            """,
            {"party_a__name": "甲"},
            """\
            party_a:
              name: 甲
              legal_rep: 丙
            """,
            id="before the first",
        ),
        pytest.param(
            """\
            phases:
              - end: 2026年7月
                text:
                  - 一
              # 第二
              - {title: 二, start: 合同生效}
              - {end: 2026年9月}
            """,
            {"phases[1]__title": "一, 甲", "phases[2]__end": "2026年8月", "phases[3]__title": "三, 乙"},
            """\
            phases:
              - end: 2026年7月
                title: 一, 甲
                text:
                  - 一
              # 第二
              - {title: 二, start: 合同生效, end: 2026年8月}
              - {title: "三, 乙", end: 2026年9月}
            """,
            id="in the items of a list",
        ),
        pytest.param(
            "party_a:\r\n  name: |-\r\n    甲\r\n\r\n  # 话\r\nparty_b: {}\r\n",
            {"party_a__address": "某路", "party_b__contact__name": "丁"},
            "party_a:\r\n  name: |-\r\n    甲\r\n  address: 某路\r\n\r\n  # 话\r\nparty_b: {contact: {name: 丁}}\r\n",
            id="behind a block, in lines of Windows, into empty braces",
        ),
    ],
)
def test_a_field_is_put_where_the_schema_has_it(
    tmp_path: Path, before: str, fields: dict[str, str], after: str
) -> None:
    """With the indentation, the language of the keys and the line ends of its neighbours; comments stay."""
    put_in = put(tmp_path, before, **fields)

    assert put_in == dedent(after)


def test_what_is_no_group_has_no_place(tmp_path: Path) -> None:
    """An entry of a list that is not there, or a group that is open, has no place for a field."""
    path = tmp_path / "contract.yaml"
    path.write_text("party_a: 待填\nphases: []\n", encoding="utf-8")
    parts = Parts(tmp_path, "")
    tree = parts.read(path, "contract.yaml")
    assert tree is not None
    typed = dict(values_of(tree, SHAPE, parts, "contract.yaml"))

    assert [missing(path, typed, SHAPE) for path in ("party_a.name", "phases[1].title")] == [None, None]


_PARTY = ("name", "short_name", "credit_code", "address", "post_code", "phone", "fax", "legal_rep", "handler")


@settings(max_examples=examples(100, 5_000))
@given(st.permutations(_PARTY), st.integers(1, 8), st.text("甲: #,{}\"'|-", min_size=1, max_size=6))
def test_whatever_is_put_in_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, order: list[str], count: int, value: str
) -> None:
    """Whichever fields are there, in whichever order: the rest come in, and all lines are still there."""
    lines = [f"  {key}: 值{number}   # 注{number}" for number, key in enumerate(order[:count])]
    before = "\n".join(["party_a:", *lines, "", "# 完", ""])

    after = put(tmp_path_factory.mktemp("yaml"), before, **{f"party_a__{key}": value for key in order[count:]})

    read = yaml.load(after, yaml.BaseLoader)["party_a"]
    assert read == {key: f"值{order.index(key)}" if key in order[:count] else value for key in order}
    assert [line for line in after.splitlines() if line in before.splitlines()] == before.splitlines()
