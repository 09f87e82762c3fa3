"""The parties of a set: their names, the people who act for them and their addresses, as all its parts state them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Bundle
from docgen.rules.alike import edits, loosened, short_form
from docgen.rules.facts import Facts
from docgen.rules.name_search import difference, searchable, sounds_alike, squeezed, swapped, telling
from docgen.rules.party_facts import Fact
from docgen.rules.party_records import Odd, by_owner, contracts_of, facts_of_set, listed_together, odd_ones
from docgen.rules.rule import inside, rule

_ORGANISATION: Final = regex(r"^[\u4e00-\u9fffA-Za-z0-9（）()·.&\-\s“”]{4,50}$")
_ORGANISATION_END: Final = regex(
    r"(?:公司|局|院|所|中心|委员会|委|办公室|学校|大学|中学|小学|学院|幼儿园|医院|厅|部|处|站|馆|社|厂|集团|银行|支行|协会|学会|商会"
    r"|联合会|基金会|政府|办事处|署|办|店|队|会|合伙）|合伙\)|企业|工作室|经营部|商行|联合体|研究会|分公司|党校|法院|检察院)$"
)
_STRICT: Final = frozenset({"甲方", "乙方", "委托方", "受托方", "委托人", "受托人"})
_PLACES: Final = frozenset("市省县区州")
_PERSON: Final = regex(r"^[\u4e00-\u9fff·]{2,6}$")
_TITLES: Final = regex(r"(?:先生|女士|同志|主任|经理|处长|科长|老师)$|[（(].*$|\s+")
_NO_PERSON: Final = regex(r"签|章|或|代理|授权|姓名|职务|电话|公司|单位|负责|代表")
_STEP: Final = regex(r".*?(?:省|市|区|县|镇|乡|村|街道|街|道|路|巷|胡同|号院|号楼|号|楼|层|室|座|单元|幢|院)|.+$")
_AREA: Final = regex(r"(?:省|市|区|县|镇|乡|街道|层|楼|座|单元|室|幢|院)$")
_WHERE: Final = regex(r"[省市区县镇乡村街道路巷弄号楼院座厦园城州层室幢]")
_FIELD_NAME: Final = regex(r"\{[{%]|[}%]\}|[«»]|所在地$")
_BLANK: Final = regex(r"[ \t]{2,}|\u3000|[_＿]{2,}")
_LITTLE: Final = frozenset("省市区县州院号楼层室")


def _is_organisation(name: str) -> bool:
    return _ORGANISATION.match(name) is not None and _ORGANISATION_END.search(name.strip()) is not None


@rule("P101", "当事人名称前后不一", on=Bundle)
def same_names(bundle: Bundle, _facts: Facts) -> Iterator[Finding]:
    """为什么: 当事人的名称以登记的全称为准，封面、正文、账户和签署处差一个字，付款和追责就会有争议。

    错误:
        乙方：示例市中治咨询服务有限公司
        户名：示例市中冶咨询服务有限公司
        乙方（盖章）：示例市中治咨询服务有限公司
    正确:
        乙方：示例市中治咨询服务有限公司
        户名：示例市中治咨询服务有限公司
        乙方（盖章）：示例市中治咨询服务有限公司
    """
    for contract in contracts_of(bundle):
        yield from _names_of_contract(contract)


def _names_of_contract(bundle: Bundle) -> Iterator[Finding]:
    facts = facts_of_set(bundle)
    groups = _spellings(facts)
    numbers = _contract_numbers(facts)
    right: dict[str, str] = {}

    def text() -> str:
        return "\n".join(loosened(reading.text) for reading in bundle.readings)

    found: list[Odd] = []
    for party, group in groups.items():
        odds = list(odd_ones(group, text=text))
        right[party] = odds[0].right.value if odds else group[0].value
        found += odds
    for odd in found:
        others = {loosened(name) for party, name in right.items() if party != odd.fact.party}
        if loosened(odd.fact.value) not in others:
            yield from _odd_name(odd, numbers)
    groups = {party: [fact for fact in group if fact.value == right[party]] for party, group in groups.items()}
    yield from _account_names(facts, groups)
    yield from _names_in_text(bundle, facts, groups)


def _spellings(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    """The names of each party that look like an organisation's, or like one with its last characters missing."""
    groups: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.kind == "名称" and fact.party and _ORGANISATION.match(fact.value):
            groups[fact.party].append(fact)
    sure = {party: [fact for fact in group if _is_organisation(fact.value)] for party, group in groups.items()}
    return {
        party: [fact for fact in group if _is_organisation(fact.value) or _is_slip(fact.value, _usual(sure[party]))]
        for party, group in groups.items()
        if sure[party]
    }


def _usual(facts: Sequence[Fact]) -> str:
    keys = [loosened(fact.value) for fact in facts]
    return max(facts, key=lambda fact: keys.count(loosened(fact.value))).value


def _is_slip(name: str, right: str) -> bool:
    one, other = loosened(name), loosened(right)
    if min(len(one), len(other)) < 4 or one == other:
        return False
    return edits(one, other, 2) <= (2 if len(other) >= 8 else 1)


def _contract_numbers(facts: Iterable[Fact]) -> dict[str, set[str]]:
    numbers: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        if fact.kind == "合同编号":
            numbers[fact.reading.file].add(loosened(fact.value))
    return numbers


def _odd_name(odd: Odd, numbers: dict[str, set[str]]) -> Iterator[Finding]:
    """What is to say of a name that differs from the usual one; nothing where it is a short form of it."""
    fact, right = odd.fact, odd.right
    ours, theirs = loosened(fact.value), loosened(right.value)
    one_file = any(other.reading is fact.reading for other in odd.rights)
    one_contract = one_file or bool(numbers[fact.reading.file] & numbers[right.reading.file])
    who = f"{fact.party}方"
    if _is_slip(fact.value, right.value):
        if not _honest_short_form(ours, theirs):
            sure = one_contract and not telling(*difference(ours, theirs))
            message = f"{who}的名称在这里是“{fact.value}”，别处是“{right.value}”，差一两个字。"
            yield odd.finding(message, sure=sure, expected=right.value)
    elif one_contract and fact.label in _STRICT and not short_form(ours, theirs) and not _shared(ours, theirs):
        message = f"{who}在这里是“{fact.value}”，别处是“{right.value}”。"
        yield odd.finding(message, expected=right.value if odd.decided else None)


def _shared(one: str, other: str) -> bool:
    """Whether one may be a part of the other, or a short form of it: an office of an authority, a branch."""
    return one in other or other in one or (len(one) >= 4 and len(other) >= 4 and one[:6] == other[:6])


def _honest_short_form(ours: str, theirs: str) -> bool:
    """Whether a name is only left shorter: 市 of the city left out, words put before or behind a whole name."""
    left, more = difference(ours, theirs)
    if (not left and set(more) <= _PLACES) or (not more and set(left) <= _PLACES):
        return True
    shorter, longer = sorted((ours, theirs), key=len)
    return shorter != longer and shorter in longer and _ORGANISATION_END.search(shorter) is not None


def _account_names(facts: Iterable[Fact], groups: dict[str, list[Fact]]) -> Iterator[Finding]:
    """The names of accounts against the names of the parties."""
    for fact in facts:
        if fact.kind != "户名" or not groups:
            continue
        own = [group for party, group in groups.items() if fact.party in {"", party}]
        spelled = {loosened(group[0].value) for group in groups.values()}
        if loosened(fact.value) in spelled:
            continue
        for group in own:
            right, rights = group[0].value, tuple(group)
            odd = Odd(fact, rights, decided=True)
            if _is_slip(fact.value, right) and not _honest_short_form(loosened(fact.value), loosened(right)):
                message = f"户名“{fact.value}”与{rights[0].party}方的名称“{right}”差一两个字。"
                yield odd.finding(message, sure=True, expected=right)
            elif fact.party and _is_organisation(fact.value) and not _related(fact.value, right):
                message = f"户名“{fact.value}”不是{rights[0].party}方“{right}”。"
                yield odd.finding(message, hint="请核对；确由他人收款的，应有书面说明。")


def _related(name: str, right: str) -> bool:
    ours, theirs = loosened(name), loosened(right)
    return short_form(ours, theirs) or _shared(ours, theirs)


def _names_in_text(bundle: Bundle, facts: Iterable[Fact], groups: dict[str, list[Fact]]) -> Iterator[Finding]:
    """Slips in the full names where they stand in running text."""
    labelled = {(fact.reading.file, fact.block.index) for fact in facts}
    texts = [searchable(reading) for reading in bundle.readings]
    for group in groups.values():
        first = group[0]
        right = first.value
        name = squeezed(right)
        hits = {(text.reading.file, hit): text for text in texts for hit in text.near_misses(name, 1)}
        for (file, hit), text in hits.items():
            if len(name) < 8 or (file, hit.block.index) in labelled or not _slip_in_text(hit.key, name):
                continue
            words = hit.block.text[hit.start : hit.end]
            if _BLANK.search(words):
                continue  # 中国建设银行　　行: the name of the branch is to be filled in
            yield inside(
                text.reading,
                hit.block,
                (hit.start, hit.end),
                f"“{words}”与{first.party}方的名称“{right}”差一个字。",
                severity=Severity.WARNING,
                expected=right,
                related=(first.place,),
                hint="如果说的是同一个单位，请统一写法。",
            )


def _slip_in_text(found: str, name: str) -> bool:
    ours, theirs = difference(found, name)
    if not ours or not theirs:
        return not set(ours + theirs) <= _PLACES
    return swapped(ours, theirs) or sounds_alike(ours, theirs)


@rule("P102", "法定代表人或联系人前后不一", on=Bundle)
def same_people(bundle: Bundle, _facts: Facts) -> Iterator[Finding]:
    """为什么: 同一方的法定代表人只有一位；联系人前后不同，通知就可能送错。各附件的授权代表可以不同，不算错。

    错误:
        甲方：示例市应急管理局
        法定代表人：甲示一
        第一条 服务内容
        第二条 合同价款
        第三条 双方权利义务
        第四条 违约责任
        甲方（盖章）：示例市应急管理局
        法定代表人：乙示一
    正确:
        甲方：示例市应急管理局
        法定代表人：甲示一
        第一条 服务内容
        第二条 合同价款
        第三条 双方权利义务
        第四条 违约责任
        甲方（盖章）：示例市应急管理局
        法定代表人：甲示一
    """
    facts = facts_of_set(bundle)
    for kind in ("法定代表人", "联系人", "经办人"):
        for group in by_owner(facts, kind):
            people = [
                fact for fact in group if _PERSON.match(_person(fact.value)) and not _NO_PERSON.search(fact.value)
            ]
            for odd in odd_ones(people, _person):
                if not listed_together(odd):
                    right = _person(odd.right.value)
                    message = f"{odd.fact.party}方的{kind}在这里是“{_person(odd.fact.value)}”，别处是“{right}”。"
                    yield odd.finding(message, expected=right if odd.decided else None)
    for odd in _misspelled(facts):
        name, right = _person(odd.fact.value), _person(odd.right.value)
        message = f"{odd.fact.party}方的{odd.fact.label}“{name}”与“{right}”是同一个电话，名字差一个字。"
        yield odd.finding(message, expected=right if odd.decided else None)


def _misspelled(facts: Iterable[Fact]) -> Iterator[Odd]:
    """The people named under different labels that have one telephone and nearly one name."""
    for group in by_owner(facts, "联系人", "经办人", "电话"):
        phones: dict[str, set[str]] = defaultdict(set)
        for fact in group:
            if fact.kind == "电话" and len(fact.value) >= _WHOLE_NUMBER:
                phones[_person(fact.beside)].add(loosened(fact.value))
        people = [fact for fact in group if fact.kind != "电话" and _PERSON.match(_person(fact.value))]
        names = [_person(fact.value) for fact in people]
        for fact, name in zip(people, names, strict=True):
            near = [
                other
                for other, right in zip(people, names, strict=True)
                if other.kind != fact.kind and edits(name, right, 1) == 1 and phones[name] & phones[right]
            ]
            if near and (names.count(name), -people.index(fact)) < (len(near), -people.index(near[0])):
                yield Odd(fact, tuple(near), len(near) > names.count(name))


_WHOLE_NUMBER: Final = 11


def _person(value: str) -> str:
    return _TITLES.sub("", value)


@rule("P103", "地址前后不一", on=Bundle)
def same_addresses(bundle: Bundle, _facts: Facts) -> Iterator[Finding]:
    """为什么: 通知和文书按合同写明的地址送达，同一种地址两处不同，送达就会有争议。只是写得简略的不算错。

    错误:
        乙方：示例科技战略研究院
        地址：示例市学知区明湖村研究院路15号
        第一条 服务内容
        乙方（盖章）：示例科技战略研究院
        通讯地址：示例市学知区研究院路15号
    正确:
        乙方：示例科技战略研究院
        地址：示例市学知区明湖村研究院路15号
        第一条 服务内容
        乙方（盖章）：示例科技战略研究院
        通讯地址：示例市学知区明湖村研究院路15号
    """
    facts = facts_of_set(bundle)
    for kind in ("通讯地址", "注册地址", "办公地址"):
        for group in by_owner(facts, kind):
            for odd in odd_ones([fact for fact in group if _is_address(fact.value)]):
                if _other_address(odd):
                    longer = max((odd.fact.value, odd.right.value), key=len)
                    expected = odd.right.value if odd.decided else longer
                    message = f"{odd.fact.party}方的地址在这里是“{odd.fact.value}”，别处是“{odd.right.value}”。"
                    yield odd.finding(message, expected=expected if expected != odd.fact.value else None)


def _is_address(value: str) -> bool:
    """Whether a value says where something is, and is no name of a field that was to be filled in."""
    return len(value) >= 6 and bool(_WHERE.search(value)) and not _FIELD_NAME.search(value)


def _other_address(odd: Odd) -> bool:
    """Whether an address is another one than the usual, and no shorter or longer form of it."""
    ours, theirs = (_STEP.findall(loosened(fact.value)) for fact in (odd.fact, odd.right))
    steps = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    if sum(end - start for kind, start, end, _, _ in steps if kind == "equal") < 2:
        return odd.fact.label == odd.right.label and not short_form("".join(ours), "".join(theirs))
    return any(
        not _left_out(ours[a:b], theirs[c:d], inner=number not in {0, len(steps) - 1})
        for number, (kind, a, b, c, d) in enumerate(steps)
        if kind != "equal"
    )


def _left_out(ours: list[str], theirs: list[str], *, inner: bool) -> bool:
    """Whether one side only says less here: nothing before or behind, no district or floor between, no 市 or 院."""
    one, other = "".join(ours), "".join(theirs)
    if not one or not other:
        return not inner or all(_AREA.search(step) for step in (*ours, *theirs))
    if one.startswith(other) or other.startswith(one):
        return True
    left, more = difference(one, other)
    return (not left or not more) and set(left + more) <= _LITTLE
