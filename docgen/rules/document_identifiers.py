"""Numbers that say who, where and which: accounts, contract numbers, codes, phones; near misses and check digits."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Bundle, Reading
from docgen.reading.whole import blocks_with
from docgen.rules.alike import edits, loosened, short_form
from docgen.rules.check_digits import credit_check, identity_check
from docgen.rules.facts import Facts
from docgen.rules.near_accounts import near_accounts
from docgen.rules.party_facts import Fact, party_facts
from docgen.rules.party_records import Odd, by_owner, facts_of_set, listed_together, odd_ones
from docgen.rules.rule import inside, place_in, rule
from docgen.rules.slips import slipped

_ACCOUNT: Final = regex(r"^[0-9０-９ \-]{8,40}$")
_MASKED: Final = regex(r"[*＊×某Xx]{2,}|(.)\1{5,}|234567|ABCDEF")
_INVENTED: Final = regex(r"(.)\1{3,}|1234$")
_PHONE: Final = regex(r"^[0-9０-９\-—()（） +]{7,20}$")
_EMAIL: Final = regex(r"^[\w.\-+]+@[\w\-]+(?:\.[\w\-]+)+$")
_CODE: Final = regex(r"^[0-9A-Z]{18}$")
_CODE_LETTERS: Final = frozenset("0123456789ABCDEFGHJKLMNPQRTUWXY")
_IDENTITY: Final = regex(r"^[1-9][0-9]{16}[0-9Xx]$")


def _digits(value: str) -> str:
    return re.sub(r"[^0-9]", "", loosened(value))


@rule("P104", "收款账户前后不一", on=Bundle)
def same_accounts(bundle: Bundle, _facts: Facts) -> Iterator[Finding]:
    """为什么: 账号错一位，款项就付不出去或付给别人；同一账号的开户行两处不同，付款也会被退回。

    错误:
        乙方账户信息：
        户名：示例咨询有限公司
        账号：6222 0808 1234 5011
        附件1
        户名：示例咨询有限公司
        账号：6222080812345071
    正确:
        乙方账户信息：
        户名：示例咨询有限公司
        账号：6222 0808 1234 5011
        附件1
        户名：示例咨询有限公司
        账号：6222080812345011
    """
    told = list(_off_accounts(bundle))
    yield from told
    places = {(one.place.file, one.place.block) for one in told}
    near = near_accounts(bundle.readings)
    yield from (one for one in near if (one.place.file, one.place.block) not in places)


def _off_accounts(bundle: Bundle) -> Iterator[Finding]:
    """The accounts and banks of one holder that differ."""
    accounts: dict[str, list[Fact]] = defaultdict(list)
    banks: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts_of_set(bundle):
        holder = loosened(fact.beside)
        if fact.kind == "账号" and holder and _ACCOUNT.match(fact.value):
            accounts[holder].append(fact)
        elif fact.kind == "开户行" and (holder or fact.party):
            banks[holder or fact.party].append(fact)
    for group in accounts.values():
        for odd in odd_ones(group, _digits):
            ours, theirs = _digits(odd.fact.value), _digits(odd.right.value)
            if edits(ours, theirs, 2) <= 2:
                message = f"{odd.fact.beside}的账号在这里是 {odd.fact.value}，别处是 {odd.right.value}，差一两位。"
                yield odd.finding(message, sure=True, expected=odd.right.value if odd.decided else None)
    for group in banks.values():
        for odd in odd_ones(group):
            ours, theirs = loosened(odd.fact.value), loosened(odd.right.value)
            if edits(ours, theirs, 2) <= 2 and not short_form(ours, theirs):
                message = f"开户行在这里是“{odd.fact.value}”，别处是“{odd.right.value}”。"
                yield odd.finding(message, expected=odd.right.value if odd.decided else None)


@rule("P105", "合同编号前后不一", on=Bundle)
def same_contract_numbers(bundle: Bundle, _facts: Facts) -> Iterator[Finding]:
    """为什么: 封面、页眉和附件上的编号是同一份合同的标识，差一位就指向另一份合同。

    错误:
        合同编号：示政合【2026】121号
        一、服务内容
        合同编号：示政合【2026】112号
    正确:
        合同编号：示政合【2026】121号
        一、服务内容
        合同编号：示政合【2026】121号
    """
    for reading in bundle.readings:
        yield from _project_numbers(reading)
    numbers = [fact for fact in facts_of_set(bundle) if fact.kind == "合同编号" and re.search(r"[0-9]", fact.value)]
    spelled: dict[str, set[str]] = defaultdict(set)
    for fact in numbers:
        spelled[fact.reading.file].add(loosened(fact.value))
    for odd in odd_ones(numbers):
        ours, theirs = loosened(odd.fact.value), loosened(odd.right.value)
        own = len(spelled[odd.fact.reading.file]) == 1 and _in_one_file(odd) and not _in_passing(odd.fact)
        own = own and not _names_title(odd)
        if edits(ours, theirs, 2) > 2 or min(len(ours), len(theirs)) < 4 or own:
            continue
        message = f"合同编号在这里是“{odd.fact.value}”，别处是“{odd.right.value}”。"
        one_file = any(fact.reading is odd.fact.reading for fact in odd.rights)
        yield odd.finding(message, sure=one_file, expected=odd.right.value if odd.decided else None)


_PROJECT: Final = regex(
    r"(?:项目|招标|采购)\s?编\s?号\s*[:：]?\s*(?P<value>[A-Za-z0-9][A-Za-z0-9\-_/（）()〔〕\[\]【】]{5,30}[A-Za-z0-9])(?:号)?"
)
_PROJECT_CELL: Final = regex(r"\s*(?:项目|招标|采购)\s?编\s?号\s*[:：]?\s*")
_USUAL: Final = 2


def _project_numbers(reading: Reading) -> Iterator[Finding]:
    """The number of a project that one slip tells apart from what the other places of a file have."""
    found: dict[str, list[tuple[Block, tuple[int, int]]]] = defaultdict(list)
    for block in blocks_with(reading, "编号", "编 号"):
        match = _PROJECT.search(block.text)
        if match is None and block.cell is not None and _PROJECT_CELL.fullmatch(block.text):
            block = reading.blocks[min(block.index + 1, len(reading.blocks) - 1)]  # noqa: PLW2901
            match = _PROJECT.fullmatch(f"项目编号{block.text}")
            span = (0, len(block.text)) if match else (0, 0)
        else:
            span = match.span("value") if match else (0, 0)
        if match is not None:
            found[match["value"]].append((block, span))
    usual = [value for value, places in found.items() if len(places) >= _USUAL]
    decided, right = bool(usual), next(iter([*usual, *found]), "")
    for value, places in found.items():
        if len(usual) > 1 or (not usual and len(found) > _USUAL) or not _one_slip(value, right):
            continue
        block, span = places[0]
        other, there = found[right][0]
        yield inside(
            reading, block, span, f"项目编号在这里是“{value}”，别处是“{right}”。", severity=Severity.WARNING,
            expected=right if decided else None, related=(place_in(reading, other, there),),
            hint="请核对编号；确是另一个项目的，可以不改。",
        )  # fmt: skip


def _one_slip(one: str, other: str) -> bool:
    """Whether two neighbours are swapped, or one character before the last is another; -1 and -2 are two lots."""
    places = slipped(one, other)
    return len(places) == 2 or (len(places) == 1 and places[0] < len(one) - 1)


def _in_passing(fact: Fact) -> bool:
    """Whether a sentence names the number of the contract that it speaks of: 双方签订合同（编号：…）."""
    return _PASSING.search(fact.block.text[: fact.span[0]]) is not None


_PASSING: Final = regex(r"[（(]编\s*号\s*[:：]\s*$")
_TITLED: Final = regex(r"《([^《》]{6,40})》\s?[（(](?:合同|协议)?编\s*号\s*[:：]\s*$")


def _names_title(odd: Odd) -> bool:
    """Whether a sentence names a number with the title that the other file bears: 《…合同》（合同编号：…）."""
    match = _TITLED.search(odd.fact.block.text[: odd.fact.span[0]])
    return match is not None and any(
        loosened(block.text) == loosened(match[1]) for block in blocks_with(odd.right.reading, match[1][-2:])
    )


def _in_one_file(odd: Odd) -> bool:
    """Whether the usual number stands in a single file, so that another file may be another contract."""
    first = odd.right.reading
    return all(fact.reading is first for fact in odd.rights)


@rule("P106", "电话、邮编、邮箱或代码差一两位", on=Bundle)
def near_numbers(bundle: Bundle, _facts: Facts) -> Iterator[Finding]:
    """为什么: 同一方的同一种号码在两处只差一位，多半有一处抄错；完全不同的几个电话是常有的事，不算错。

    错误:
        乙方：示例咨询有限公司
        联系人：吴例四
        联系电话：010-85012377
        第一条 服务内容
        第二条 合同价款
        第三条 双方权利义务
        乙方：示例咨询有限公司
        联系人：吴例四
        联系电话：010-85012877
    正确:
        乙方：示例咨询有限公司
        联系人：吴例四
        联系电话：010-85012377
        第一条 服务内容
        第二条 合同价款
        第三条 双方权利义务
        乙方：示例咨询有限公司
        联系人：吴例四
        联系电话：13912345678
    """
    facts = facts_of_set(bundle)
    for kind in ("电话", "传真", "邮政编码", "信用代码", "电子邮箱"):
        for group in by_owner(facts, kind):
            key = loosened if kind in {"信用代码", "电子邮箱"} else _digits
            for odd in odd_ones(group, key):
                if not listed_together(odd) and _near(kind, odd):
                    message = (
                        f"{odd.fact.party}方的{odd.fact.label}在这里是 {odd.fact.value}，别处是 {odd.right.value}。"
                    )
                    sure = kind == "信用代码"
                    yield odd.finding(message, sure=sure, expected=odd.right.value if odd.decided else None)


def _near(kind: str, odd: Odd) -> bool:
    """Whether a number is so near the usual one of its kind that one of them is rather a slip than another number."""
    one, other = odd.fact.value, odd.right.value
    if kind == "信用代码":
        return len(loosened(one)) == len(loosened(other)) == 18 and edits(loosened(one), loosened(other), 2) <= 2
    if kind == "电子邮箱":
        ours, theirs = loosened(one), loosened(other)
        letters = re.sub(r"[0-9]", "", ours) != re.sub(r"[0-9]", "", theirs)
        return bool(_EMAIL.match(one) and _EMAIL.match(other)) and letters and edits(ours, theirs, 1) <= 1
    ours, theirs = _digits(one), _digits(other)
    if kind == "邮政编码":
        return len(ours) == len(theirs) == 6 and edits(ours, theirs, 1) <= 1 and ours[:4] != theirs[:4]
    if not (_PHONE.match(one) and _PHONE.match(other)) or edits(ours, theirs, 1) > 1:
        return False
    same_person = odd.fact.beside == odd.right.beside != ""
    return same_person or len(ours) != len(theirs) or ours[:-2] != theirs[:-2]


@rule("P107", "证照号码校验不通过", on=Reading)
def check_digits(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    """为什么: 统一社会信用代码和身份证号的末位由前 17 位算出，算出来不同就有一位抄错；打了星号的不核对。

    错误:
        统一社会信用代码：91990000MA0A20023X
    正确:
        统一社会信用代码：91990000MA0A20023W
    """
    for fact in party_facts(reading):
        value = re.sub(r"[\s\-]", "", fact.value).upper()
        if fact.kind == "信用代码" and _CODE.match(value) and not _MASKED.search(value):
            right = credit_check(value[:-1]) if set(value) <= _CODE_LETTERS else ""
        elif fact.kind == "身份证号" and _IDENTITY.match(value) and not _INVENTED.search(value):
            right = identity_check(value[:-1])
        else:
            continue
        if value[-1] != right:
            yield inside(
                fact.reading,
                fact.block,
                fact.span,
                f"{fact.label} {fact.value} 末位校验不通过，至少有一位写错。",
                severity=Severity.WARNING,
                hint="请对照证照逐位核对，注意 0 与 O、1 与 I。",
            )
