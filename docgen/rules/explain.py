"""Rules and faults of data files in words: what `docgen explain` prints."""

from __future__ import annotations

from textwrap import indent
from typing import Final

from docgen.contract.faults import FAULTS, Fault
from docgen.contract.yaml_faults import YAML_FAULTS
from docgen.rules.catalogue import rules
from docgen.rules.rule import LETTERS
from docgen.template.lint.faults import TEMPLATE_FAULTS

_FILES: Final = (
    Fault("F250", "合同类型的 kit.yaml 写法不对", "合同类型用不了，就一份文件也生成不了。", "", ""),
    Fault("F260", "docgen.yaml 写法不对", "本单位的规则读不出来，就不知道该报什么、不报什么。", "", ""),
    Fault("F401", "文件里有没能核对的部分", "没有核对的部分不能当作没有问题，需要人工看。", "", ""),
    Fault("F402", "文件夹里有不认识的文件", "图片、表格等没有核对，不能当作没有问题。", "", ""),
    Fault("F403", "一条规则没有做完", "docgen 自身出错，这条规则所查的内容没有核对。", "", ""),
    Fault("F404", "合订本与单份文件不一致", "两处说法不同，就不知道签的是哪一份。", "", ""),
    Fault("F501", "文件在生成之后被改动过", "覆盖会丢掉手工的改动，所以整套都不写出。", "", ""),
    Fault("F504", "手工改动与数据的改动碰在一处", "两者都对不上同一处，只有人能决定用哪一个。", "", ""),
    Fault("F505", "有改动没能并入手工改过的文件", "没有并入的内容不补上，这份文件就与数据不符。", "", ""),
    Fault("F506", "数据里的值被手工改过", "文件与数据不一致；下一次改这个值时两者会碰在一起。", "", ""),
    Fault("F503", "已签署的记录需要重新审核", "签了字的记录不再生成；合同此后有改动，原来的审核就不再作数。", "", ""),
)
"""Findings about the files of a kit or of a set, which have no sample in a data file."""


def titles() -> dict[str, str]:
    """The title of every code there is, in the order of the codes."""
    known = {rule.code: rule.title for rule in rules()}
    known |= {fault.code: fault.title for fault in (*YAML_FAULTS, *FAULTS, *_FILES, *TEMPLATE_FAULTS)}
    return dict(sorted(known.items()))


def listing() -> str:
    """All codes with their titles, grouped by letter."""
    known = titles()
    groups = []
    for letter, name in LETTERS.items():
        lines = [f"  {code}  {title}" for code, title in known.items() if code.startswith(letter)]
        groups.append("\n".join([f"{letter} {name}", *lines]))
    return "\n\n".join(groups)


def explain(code: str) -> str | None:
    """A rule in full: title, reason, a wrong and a right sample; None for a code there is not."""
    title = titles().get(code)
    if title is None:
        return None
    why, wrong, right = _samples(code)
    parts = [f"{code} {title}"]
    parts += [f"为什么：{why}"] if why else []
    parts += [f"错误：\n{indent(wrong, '    ')}"] if wrong else []
    parts += [f"正确：\n{indent(right, '    ')}"] if right else []
    return "\n\n".join(parts)


def _samples(code: str) -> tuple[str, str, str]:
    """The reason and both samples of a code, empty where there are none."""
    known = {rule.code: (rule.why, rule.wrong, rule.right) for rule in rules()}
    known |= {
        fault.code: (fault.why, fault.wrong, fault.right)
        for fault in (*YAML_FAULTS, *FAULTS, *_FILES, *TEMPLATE_FAULTS)
    }
    return known.get(code, ("", "", ""))


def catalogue_page() -> str:
    """The page of all codes in Markdown: title, reason, a wrong and a right sample of each."""
    pieces = ["# 规则一览", _PAGE_LEAD]
    for letter, name in LETTERS.items():
        pieces.append(f"## {letter}　{name}")
        for code, title in titles().items():
            if code.startswith(letter):
                pieces += _entry(code, title)
    return "\n\n".join(pieces) + "\n"


_PAGE_LEAD: Final = (
    "报告里每一条发现都有代码。这一页由程序里各条规则自己的说明生成（`nox -s golden`），"
    "例子也就是测试：错误的例子恰好报这一条，正确的例子什么也不报。"
)


def _entry(code: str, title: str) -> list[str]:
    why, wrong, right = _samples(code)
    pieces = [f"### {code} {title}", *([why] if why else [])]
    for name, sample in (("错误", wrong), ("正确", right)):
        if sample:
            pieces.append(f"{name}：\n\n```text\n{sample}\n```")
    return pieces
