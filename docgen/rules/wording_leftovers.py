"""What drafting leaves behind: instructions to the drafter, and places nobody has filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.reading.whole import blocks_where, blocks_with
from docgen.rules.facts import Facts
from docgen.rules.rule import inside, rule

# What programs and word processors put where a value shall come, and marks of work to be done.
_MARK: Final = regex(
    r"\b(?:TODO|FIXME|TBD|TBC)\b|lorem ipsum|<<[^<>\n]{1,30}>>|\$\{[^{}\n]{1,40}\}|«[^«»\n]{1,40}»", re.IGNORECASE
)
_MARK_BEGINS: Final = regex(r"[TtFfLl<$«](?:[OoBbIi\u0130\u0131][DdCcXxRr]|<|\{|(?<=«))")
# Words that only speak to the drafter, wherever they stand.
_INSTRUCTION: Final = regex(
    r"此处(?:应|需|请|由.{1,6})?(?:填写|填入|填上|插入|补充|补写|替换|修改|写明)[^。；，\n）)】\]]{0,20}"
    r"|[（(【\[〔]\s*(?:起草|编写|填写|使用|修改|模板)(?:说明|提示|要求|注意)?\s*[：:][^）)】\]〕\n]{1,60}[）)】\]〕]"
    r"|[（(【\[〔]\s*(?:请|待)?(?:在此|于此|据实|如实|根据实际情况|按实际情况|视情况)?"
    r"(?:填写|填入|选填|补填|插入|补充(?!协议|合同)|补写|删除|替换|修改|核实|确认|完善)"
    # （修改章程、增减注册资本、合并分立等）: what a meeting decides.
    r"(?<!修改(?=章程))[^（()）【】\[\]〔〕\n]{0,20}[）)】\]〕]"
    r"|[（(【\[〔]\s*(?:示例|样例|举例|范例|占位|占位符)\s*[）)】\]〕]"
    r"|(?:删除|保留)本(?:段|条|句|行|提示)(?=[。）)】\]]|$)"
)
_INSTRUCTION_BEGINS: Final = regex(
    r"[此删保（(【\[〔](?:处|除本|留本|\s*[起编填使修模请待在于据如根按视选补插删替核确完示样举范占])"
)
# A word in the place of a value: behind a colon, in brackets, or alone in a cell.
_OPEN_WORD: Final = regex(
    r"(?:待|尚未|暂未)(?:填写?|补充?|定|议|确定|确认|完善|核实|更新|提供)(?=\s*(?:[）)】\]〕”。；，;,]|$))"
)
_OPENS: Final = frozenset("：:（(【[〔“")
# Signs in the place of a value. Blank forms have many of them, and they are no faults there.
_BLANK_SIGN: Final = regex(r"【[\s\u3000_＿*●•×xX]*】|〔[\s\u3000_＿]*〕|\[[\s\u3000_＿*●•]*\](?!\()|[●•]{2,}")
_CROSSES: Final = regex(
    r"(?<![A-Za-z0-9ＸX×x])[xXＸ×]{2,}(?![A-Za-z0-9\-])|[xXＸ×]{3,}(?=[元份年月日号条个天%％])|20[xXＸ×]{2}(?=年)"
)
_UNDERLINES: Final = regex(r"[_＿]{3,}|(?<=[：:])[ \u3000]{4,}(?=\S)")
_FORM: Final = 6
_COVER: Final = 60
_FORM_TITLE: Final = regex(
    r"^(?![\d（(•\-])[^。，；]{0,40}(?:招\s*标|磋\s*商|谈\s*判|询\s*价|采\s*购|比\s*选|竞\s*价)\s*文\s*件$|示范文本|范本|合同模板"
)


@rule("W109", "起草说明或占位文字留在文件里", on=Reading)
def drafting_notes(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    """为什么: 写给起草人看的话留在合同里，说明这里还没有定稿。

    错误: 乙方应于【填写日期】前交付，联系人：待补充。
    正确: 乙方应于2026年5月31日前交付，验收时间以甲方通知为准，投标人应当填写报价表。
    """
    marked, instructed = blocks_where(reading, _MARK_BEGINS), blocks_where(reading, _INSTRUCTION_BEGINS)
    opened = blocks_with(reading, "待", "尚未", "暂未")
    marks = [(block, match.span()) for block in marked for match in _unquoted(_MARK, block.text)]
    words = [(block, match.span()) for block in instructed for match in _unquoted(_INSTRUCTION, block.text)]
    open_words = [(block, match.span()) for block in opened for match in _open_words(block.text)]
    if (words or open_words) and not _is_form(reading, len(words) + len(open_words), least=0):
        yield from (_note(reading, block, span, "这是写给起草人看的话") for block, span in words)
        yield from (_note(reading, block, span, "这里还没有填上内容") for block, span in open_words)
    elif words:
        block, span = words[0]
        message = f"“{block.text[slice(*span)]}”：这份文件像是空白格式，共有 {len(words)} 处写给填表人看的话。"
        hint = "如果已经定稿，请逐处填上内容。"
        yield inside(reading, block, span, message, severity=Severity.NOTE, hint=hint)
    yield from (_note(reading, block, span, "这是替内容占位置的标记") for block, span in marks)


def _unquoted(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    return (match for match in pattern.finditer(text) if not _quoted(text, match.start()))


def _open_words(text: str) -> Iterator[re.Match[str]]:
    """The words that stand in the place of a value: behind a colon or a bracket, or at the beginning."""
    for match in _unquoted(_OPEN_WORD, text):
        before = _lead(text, match.start())
        said = before.rstrip()
        if not said or said[-1] in _OPENS or "\t" in before[len(said) :]:
            yield match


def _note(reading: Reading, block: Block, span: tuple[int, int], what: str) -> Finding:
    quote = block.text[slice(*span)]
    message = f"“{quote}”：{what}，不是合同的文字。"
    return inside(reading, block, span, message, severity=Severity.WARNING, hint="请写上确定的内容，或者删去。")


def _lead(text: str, start: int) -> str:
    return text[max(0, start - _LONGEST_QUOTE) : start]


_LONGEST_QUOTE: Final = 1000


def _quoted(text: str, start: int) -> bool:
    """Whether the words are quoted from somewhere else."""
    before = _lead(text, start)
    return any(before.rfind(mark) > before.rfind(end) for mark, end in zip("“‘「『", "”’」』", strict=True))


@rule("W110", "还有没填的位置", on=Reading)
def open_places(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    """为什么: 其余都已填好的文件里剩下一两处【】或 XX，多半是漏填；空白的格式文件不在此列。

    错误:
        甲方：示例市应急管理局
        合同总价为1040000元（大写：壹佰零肆万元整），于2026年5月31日前付清。
        乙方指定【】为项目负责人。
    正确:
        甲方：示例市应急管理局
        合同总价为1040000元（大写：壹佰零肆万元整），于2026年5月31日前付清。
        乙方指定【赵甲】为项目负责人，审查意见称“【】0.1%的违约金”没有写明基数。
    """
    signed = blocks_with(reading, *"【〔[●•xXＸ×")
    found = [(block, match) for block in signed for match in _signs(block.text)]
    if not found or _is_form(reading, len(found)):
        return
    for block, match in found:
        message = f"“{match[0]}”还没有填上内容。"
        hint = "请填上内容；有意留空的，不必理会。"
        yield inside(reading, block, match.span(), message, severity=Severity.NOTE, hint=hint)


def _signs(text: str) -> Iterator[re.Match[str]]:
    for pattern in (_BLANK_SIGN, _CROSSES):
        yield from _unquoted(pattern, text)


_FILLED: Final = regex(r"20[0-9]{2}\s*年\s*[0-9]{1,2}\s*月|(?<![0-9])[0-9]{3,}(?:\.[0-9]{2})?\s*元")


def _is_form(reading: Reading, signs: int, least: int = 2) -> bool:
    """Whether the file is a form to be filled in: many open places, or fewer than `least` dates and amounts."""
    if signs > _FORM or any(_FORM_TITLE.search(block.text.strip()) for block in reading.blocks[:_COVER]):
        return True
    blanks = sum(len(_UNDERLINES.findall(block.text)) for block in blocks_with(reading, "_", "："))
    filled = (match for block in blocks_with(reading, "年", "元") for match in _FILLED.finditer(block.text))
    return blanks + signs > _FORM or (least > 0 and next(islice(filled, least - 1, None), None) is None)
