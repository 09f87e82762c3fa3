"""A start for a new contract: a commented contract.yaml with every field that its kit uses, all still 待填."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from docgen.contract.fit import OPEN
from docgen.contract.folders import DATA_FILE
from docgen.contract.kit import Kit
from docgen.contract.scalars import LINE, TEXT, Scalar
from docgen.contract.schema import json_schema
from docgen.contract.shape import FieldShape, GroupShape, ListShape, Shape
from docgen.errors import InputError, OutputError, reason

SCHEMA_FILE: Final = ".docgen/contract.schema.json"
_DERIVED: Final = frozenset({"annexes"})
_ILLEGAL: Final = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_DEVICES: Final = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)

_HEAD: Final = """\
# yaml-language-server: $schema={schema}
# 上一行让装有 YAML 插件的编辑器（如 VS Code）补全键名、显示说明、标出写错的地方；不用编辑器的不必理会。
#
# {label}：合同数据
#
# 填写办法
#   · 尚未确定的写 待填：草稿里印成空格并逐项列出；用不着的项整行删去。
#   · 键可以用英文，也可以用 # 后面的中文名，如 number: 2026-01 与 合同编号: 2026-01 一样。
#   · 冒号用半角，后面空一格；列表每一项前面是“- ”，照样子增减。
#   · 金额以元计（1040000、1,040,000.00、104万元均可），大写、合计、附件号和条款号不必填，由 docgen 得出。
#   · 注明“控制数”的项可以不填；填了就与算出来的数核对。需要时去掉行首的“# ”。
#   · 较长的部分可以另存在本文件夹里，写作 team: 文件 roster.yaml。
#   · 填好后先核对：docgen check {folder}，再生成：docgen build {folder}
"""


class Needs(NamedTuple):
    """The fields that a kit's documents use, and those that turn a document into a record; entries are written []."""

    used: frozenset[str]
    records: frozenset[str]


def start_text(kit: Kit, folder: str, needs: Needs) -> str:
    """The contract.yaml of a new contract whose data folder will be `folder`: a draft that loads without an error."""
    writer = _Writer(needs.used, needs.records, frozenset(kit.required))
    lines = [_HEAD.format(schema=SCHEMA_FILE, label=kit.label, folder=in_command(folder)).rstrip(), ""]
    lines += [f"kit: {_quoted(kit.name)}  # {kit.shape.fields['kit'].label}：{kit.label}"]
    for key, item in kit.shape.fields.items():
        if key != "kit" and key not in _DERIVED and writer.wanted(key):
            lines += ["", *writer.field(item, key, "")]
    return "\n".join(lines) + "\n"


def create(kit: Kit, name: str, into: Path, needs: Needs) -> Path:
    """The new data folder `into`/`name` with a contract.yaml to fill in and the schema that editors complete from."""
    refuse_name(name)
    target = into / name
    if os.path.lexists(target):
        raise OutputError(f"{target.as_posix()}：已经存在，没有改动。", hint="请换一个名称，或先移走原来的文件夹。")
    try:
        into.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".docgen-new-", dir=into))
    except OSError as error:
        raise OutputError(f"{into.as_posix()}：不能在这里新建文件夹（{reason(error)}）。") from None
    try:
        _fill(made, kit, target.as_posix(), needs)
        made.chmod(0o777 & ~_umask())
        made.rename(target)
    except OSError as error:
        raise OutputError(f"{target.as_posix()}：没有写成（{reason(error)}）。") from None
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return target


def in_command(path: str) -> str:
    """The path as it is written in a command line: in quotes where a shell would cut or read it otherwise."""
    return path if re.fullmatch(r"[\w./:\\-]+", path) else f'"{path}"'


def refuse_name(name: str) -> None:
    """Raise an InputError when `name` cannot name a folder on Linux, macOS and Windows alike."""
    if not name.strip() or unicodedata.normalize("NFC", name) != name:
        raise InputError(f"“{name}”不能作文件夹名。", hint="请用汉字、字母、数字和横线。")
    if fault := _ILLEGAL.search(name):
        shown = fault[0] if fault[0].isprintable() else f"U+{ord(fault[0]):04X}"
        raise InputError(f"名称里不能有“{shown}”。", hint="请用汉字、字母、数字和横线；放到别处用 --into。")
    if name != name.strip() or name.endswith(".") or name.startswith((".", "-")):
        raise InputError(f"“{name}”不能作文件夹名：首尾不能是空格、点，开头不能是横线。")
    if _DEVICES.fullmatch(name):
        raise InputError(f"“{name}”是 Windows 保留的名称，请换一个。")
    if len(name.encode("utf-8", "replace")) > 120 or not name.isprintable():
        raise InputError("名称太长，或含有看不见的字符；最多 40 个汉字。")


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes fields as commented YAML: what the kit uses as 待填, what is derived or sets a record as a comment."""

    used: frozenset[str]
    records: frozenset[str]
    required: frozenset[str]

    def wanted(self, path: str) -> bool:
        """Whether the field, or one below it, is used."""
        return path == "contract" or any(
            used == path or used.startswith((f"{path}.", f"{path}[")) for used in self.used
        )

    def field(self, item: FieldShape, path: str, indent: str) -> Iterator[str]:
        """The lines of one field."""
        if path == "contract.stage":
            yield f"{indent}{item.key}: 草稿  # {item.label}：草稿 或 定稿；定稿不能有 待填"
        elif self._is_comment(item, path):
            yield f"{indent}# {item.key}:  # {_remark(item)}"
        elif isinstance(item.shape, Scalar):
            yield f"{indent}{item.key}: {OPEN}  # {_remark(item)}"
        else:
            yield from self._below(item, path, indent)

    def _is_comment(self, item: FieldShape, path: str) -> bool:
        """Whether the field is best left out: derived, a reference that 待填 cannot be, or what sets a record."""
        if path in self.records:
            return True
        shape = item.shape.item if isinstance(item.shape, ListShape) else item.shape
        if not isinstance(shape, Scalar) or path in self.required:
            return False
        description = item.description or ""
        return "控制数" in description or (shape is LINE and description.startswith("写"))

    def _below(self, item: FieldShape, path: str, indent: str) -> Iterator[str]:
        inner = list(self._members(item.shape, path, f"{indent}  "))
        live = any(not line.lstrip().startswith("#") for line in inner)
        yield f"{indent}{item.key}:{'' if live else f' {OPEN}'}  # {_remark(item)}"
        yield from inner if live else ()

    def _members(self, shape: Shape, path: str, indent: str) -> Iterator[str]:
        """The lines below a group's or a list's own line."""
        if isinstance(shape, ListShape):
            entry = list(self._members(shape.item, f"{path}[]", f"{indent}  "))
            yield from _dashed(entry, indent)
        elif isinstance(shape, GroupShape):
            every = [(item, f"{path}.{key}") for key, item in shape.fields.items()]
            chosen = [pair for pair in every if self.wanted(pair[1]) or pair[1] == "contract.stage"] or every
            # What is only a comment stands last, so that the “- ” of a list is never before one.
            for item, inner in sorted(chosen, key=lambda pair: self._is_comment(*pair)):
                yield from self.field(item, inner, indent)
            rest = [f"{item.key}（{item.label}）" for item, inner in every if (item, inner) not in chosen]
            if rest:
                yield f"{indent}# 还可以写：{'、'.join(rest)}"


def _dashed(entry: list[str], indent: str) -> Iterator[str]:
    """The lines of a list's one entry with “- ” before the first."""
    if not entry or entry[0].lstrip().startswith("#"):
        yield f"{indent}- {OPEN}"
        return
    yield f"{indent}- {entry[0].lstrip()}"
    yield from entry[1:]


def _remark(item: FieldShape) -> str:
    """What stands behind a field: its label, what it is, and how it is written where that is not plain."""
    shape = item.shape.item if isinstance(item.shape, ListShape) else item.shape
    form = shape.expected if isinstance(shape, Scalar) and shape not in (LINE, TEXT) else None
    chosen = form if isinstance(shape, Scalar) and shape.options else None
    words = [
        item.description or form,
        item.description and chosen,
        "可以有若干项" if isinstance(item.shape, ListShape) else None,
    ]
    told = "；".join(word for word in words if word)
    return f"{item.label}：{told}" if told else item.label


def _quoted(text: str) -> str:
    """The text as a YAML scalar."""
    return text if re.fullmatch(r"[\w\u4e00-\u9fff][\w\u4e00-\u9fff-]*", text) else json.dumps(text, ensure_ascii=False)


def _fill(folder: Path, kit: Kit, shown: str, needs: Needs) -> None:
    (folder / DATA_FILE).write_text(start_text(kit, shown, needs), encoding="utf-8", newline="\n")
    schema = folder / SCHEMA_FILE
    schema.parent.mkdir()
    text = json.dumps(json_schema(kit), ensure_ascii=False, indent=1)
    schema.write_text(f"{text}\n", encoding="utf-8", newline="\n")


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
