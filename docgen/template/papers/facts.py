"""What a paper says without any data beside it: parties, amounts, dates, accounts, by the words before them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from docgen.template.author.inline import CELL
from docgen.template.papers.lines import Line
from docgen.template.papers.yaml_words import quoted

_A: Final = "甲方|委托方|委托人|采购人|买方|发包人|发包方|出租方|需方|定作方"
_B: Final = "乙方|受托方|受托人|供应商|卖方|承包人|承包方|承租方|供方|承揽方|服务方"
SIDE: Final = re.compile(rf"(?P<a>{_A})|(?P<b>{_B})")
_PARTY: Final = re.compile(rf"(?:(?P<a>{_A})|(?P<b>{_B}))(?:[（(][^）)]{{1,10}}[）)])?：(?P<name>[^，。；：]*)")
LEADS: Final = (
    ("统一社会信用代码", "credit_code"), ("身份证号", "id_number"), ("注册地址", "registered_address"),
    ("通讯地址", "address"), ("住所地", "address"), ("住所", "address"), ("地址", "address"), ("邮政编码", "post_code"),
    ("邮编", "post_code"), ("法定代表人", "legal_rep"), ("授权代表", "agent"), ("委托代理人", "agent"),
    ("经办人", "handler"), ("联系人", "contact.name"), ("联系电话", "contact.phone"), ("电子邮箱", "contact.email"),
    ("E-mail", "contact.email"), ("邮箱", "contact.email"), ("传真", "fax"), ("电话", "phone"),
    ("开户名称", "bank.account_name"), ("账户名称", "bank.account_name"), ("户名", "bank.account_name"),
    ("开户银行", "bank.bank"), ("开户行", "bank.bank"), ("银行账号", "bank.account_no"), ("账号", "bank.account_no"),
)  # fmt: skip
GENERAL: Final = (
    ("合同编号", "contract.number"), ("编号", "contract.number"), ("项目名称", "contract.project_name"),
    ("签订日期", "contract.sign_date"), ("签订时间", "contract.sign_date"), ("履行地点", "contract.place"),
)  # fmt: skip
_DATE: Final = r"\d{4}年\d{1,2}月(?:\d{1,2}日|[上中下]旬)?"
_FIGURE: Final = r"\d[\d,]*(?:\.\d+)?"
_RATE: Final = r"\d+(?:\.\d+)?[%‰]|[百千]分之[一二三四五六七八九十]+"
_IN_TEXT: Final = (
    ("price.total", rf"(?:总价|总金额|总额|合同价款|合同金额|总费用|服务费)[^。；]{{0,14}}?[¥￥]?({_FIGURE}万?)元"),
    ("price.total", rf"(?:总价|总金额|总额|合同价款|合同金额|总费用|服务费)[^。；]{{0,40}}?[¥￥]({_FIGURE})"),
    ("penalty.delay_daily", rf"(?:逾期|迟延|延期|延迟)[^。；]{{0,24}}?({_RATE})[^。；]{{0,8}}违约金"),
    ("penalty.breach", rf"(?:总价|总额|总金额|合同价款?)的?({_RATE})[^。；]{{0,8}}违约金"),
    ("contract.copies.total", r"一式(\d+|[壹贰叁肆伍陆柒捌玖拾一二三四五六七八九十]+)份"),
    ("contract.period.end", rf"(?:期限|时间|服务期)[^。；]{{0,30}}?至({_DATE})"),
    ("contract.period.start", rf"(?:期限|时间|服务期)[^。；]{{0,20}}?自({_DATE})起?(?:，|开始)?至{_DATE}"),
    ("contract.period.start", r"(?:期限|时间|服务期)[^。；]{0,10}?自?((?:合同|协议)(?:签订|生效)之日)起"),
    ("acceptance.notice_days", r"验收前(\d+)个工作日"),
    ("penalty.term_days", r"(?:逾期|迟延|延期)[^。；]{0,6}超过(\d+)日"),
)  # fmt: skip
# 联系人：某某　电话：13800000001 are two.
_LABELLED: Final = re.compile(
    r"(?:^|（|(?<=\s)(?=[^\s：]+：))([^：，。；（]{2,10})：([^，。；]{2,60}?)(?:）|$|\s+(?=[^\s：，。；（]{2,10}：))"
)
_MARKS: Final = re.compile(r"\[(?:>\d+|v\d+|\w)\]")
_NUMERALS: Final = {char: str(value) for value, char in enumerate("零壹贰叁肆伍陆柒捌玖")} | {
    char: str(value) for value, char in enumerate("零一二三四五六七八九")
} | {"拾": "10", "十": "10"}  # fmt: skip


def facts_in(lines: Sequence[Line]) -> dict[str, str]:
    """What the lines say of the fields of the model, by path, as it is typed into a contract.yaml."""
    found: dict[str, str] = {}
    side = ""
    for line in lines:
        for part in _parts(line):
            side = _side(part) or side
            for path, value in (*_named(part, side), *_told(part)):
                if _is_value(path, value):
                    longer = path == "contract.sign_date" and value.startswith(found.get(path, value))
                    found[path] = value if longer else found.get(path, value)
    title = next((line.text for line in lines if line.head in ("[封面题名]", "[标题]")), "")
    if title and len(title) <= 60:
        before, dash, name = title.partition("——\\n")
        if dash:
            found.setdefault("contract.name_prefix", f"{before}——")
        found.setdefault("contract.name", re.sub(r"\\n|\s", "", name or title))
    return found


def _is_value(path: str, value: str) -> bool:
    """Whether the words may be a value of the field: no blank, and figures where it takes nothing else."""
    if not value or re.search(r"：$|[_＿]{2}|【\s*】|\+\+|[×X]{2}", value):
        return False
    return not path.endswith(("phone", "post_code", "credit_code", "account_no", "fax")) or (
        re.search(r"\d{5}", re.sub(r"[\s-]", "", value)) is not None
    )


def _parts(line: Line) -> Iterator[str]:
    """The text of a line, of a row cell by cell with what stands before a value."""
    if not line.is_row:
        yield line.text
        return
    cells = [_MARKS.sub("", cell).strip() for cell in line.text.split(CELL)]
    for label, value in pairwise(cells):
        yield f"{label}：{value}" if label and "：" not in label else value


def _side(text: str) -> str:
    """Which party the text begins to speak of: a, b, or nothing."""
    match = SIDE.match(text) if re.match(rf"(?:{_A}|{_B})[^，。；]{{0,12}}[：（(]", text) else None
    return "" if match is None else "a" if match["a"] else "b"


def _named(text: str, side: str) -> Iterator[tuple[str, str]]:
    for match in _PARTY.finditer(text):
        name = re.sub(r"（.*", "", match["name"]).strip()
        if len(name) >= 4 and not re.search(r"[（(]?(?:盖章|公章|签)", name):
            yield f"party_{'a' if match['a'] else 'b'}.name", name
    for match in _LABELLED.finditer(text):
        label = re.sub(r"\s", "", match[1])
        path = field_of(label, side)
        if path is not None:
            yield path, re.sub(r"（.*", "", match[2]).strip()


def field_of(label: str, side: str) -> str | None:
    """The path of the field that a label stands before; None where the model has none of that name."""
    known = next((path for word, path in GENERAL if label.endswith(word)), None)
    if known is not None:
        return known
    own = next((path for word, path in LEADS if label.endswith(word)), None)
    if own is None:
        return None
    told = SIDE.search(label)
    party = ("a" if told["a"] else "b") if told else "b" if own.startswith("bank") else side
    return f"party_{party}.{own}" if party else None


def _told(text: str) -> Iterator[tuple[str, str]]:
    for path, pattern in _IN_TEXT:
        match = re.search(pattern, text)
        daily = match is not None and re.search(r"每[^，。；]{0,6}日[^。；]*$", text[: match.start(1)])
        if match is not None and not (daily and path == "penalty.breach"):
            yield path, _NUMERALS.get(match[1], match[1])
    if match := re.fullmatch(rf"({_DATE})", text):
        yield "contract.sign_date", match[1]


def as_yaml(facts: dict[str, str], kit: str) -> str:
    """The facts as a contract.yaml of that kit, still a draft."""
    tree: dict[str, object] = {}
    for path, value in facts.items():
        *groups, key = path.split(".")
        here = tree
        for group in groups:
            here = here.setdefault(group, {})  # type: ignore[assignment]
        here[key] = value
    lines = [f"kit: {kit}"]
    contract = tree.setdefault("contract", {})
    if isinstance(contract, dict):
        contract.setdefault("stage", "草稿")
    lines += _written(tree, "")
    return "\n".join(lines) + "\n"


def _written(tree: dict[str, object], indent: str) -> Iterator[str]:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield f"{indent}{key}:"
            yield from _written(value, f"{indent}  ")
        else:
            yield f"{indent}{key}: {quoted(str(value))}"
