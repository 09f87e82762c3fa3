"""Keys for fields that data call by Chinese words: those that templates can be read with, where the word is known."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Final

_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
# The last of a longer word tells what it is: 交货日期 is a date.
_WORDS: Final[Mapping[str, str]] = MappingProxyType({
    "名称": "name", "品名": "name", "姓名": "name", "编号": "number", "地址": "address", "住所": "address",
    "代码": "code", "地点": "place", "电话": "phone", "邮箱": "email", "传真": "fax", "联系人": "contact",
    "收货人": "consignee", "法定代表人": "legal_rep", "代表": "agent", "负责人": "leader", "主持人": "chair",
    "记录人": "recorder", "人员": "people", "开户行": "bank", "银行": "bank", "账号": "account_no",
    "户名": "account_name", "账户": "account", "日期": "date", "时间": "time", "开始": "start", "结束": "end",
    "期限": "term", "租期": "term", "工期": "term", "月数": "months", "天数": "days", "年限": "years", "年度": "year",
    "数量": "quantity", "份数": "copies", "单位": "unit", "单价": "unit_price", "金额": "amount", "总额": "total",
    "总价": "total", "合计": "total", "小计": "subtotal", "价款": "sum", "租金": "rent", "费用": "fee",
    "保证金": "deposit", "首付款": "first_payment", "尾款": "final_payment", "税率": "tax_rate", "税额": "tax",
    "比例": "share", "上限": "cap", "违约金": "damages", "面积": "area", "房屋": "premises", "投资": "investment",
    "出租方": "lessor", "出租人": "lessor", "承租方": "lessee", "承租人": "lessee", "买方": "buyer", "卖方": "seller",
    "采购人": "buyer", "供应商": "supplier", "发包人": "employer", "发包方": "employer", "承包人": "contractor",
    "承包方": "contractor", "委托方": "client", "委托人": "client", "受托方": "provider", "受托人": "provider",
    "建设单位": "owner", "承建单位": "builder", "施工单位": "builder", "监理单位": "supervisor", "项目": "items",
    "类别": "category", "规格": "spec", "型号": "model", "品牌": "brand", "方案": "plans", "范围": "scope",
    "备注": "remark", "说明": "note", "内容": "content", "事项": "matter", "清单": "goods", "报价": "quotes",
    "明细": "details", "付款": "payments", "每期": "instalments", "结果": "result", "意见": "opinion",
    "结论": "conclusion", "决定": "decisions", "标题": "title", "主题": "subject", "验收项": "checks",
    "项目名称": "project_name", "合同编号": "contract_no", "合同名称": "contract_name",
})  # fmt: skip


def key_of(word: str, taken: Collection[str], otherwise: str) -> str:
    """The key for a field that the data call by that word, none of those that are taken."""
    if _NAME.fullmatch(word):
        return word
    known = next((_WORDS[end] for end in _ends(word) if end in _WORDS), otherwise)
    return next(key for key in (known, *(f"{known}_{n}" for n in range(2, 1000))) if key not in taken)


def is_known(word: str) -> bool:
    """Whether the word, or what it ends with, is what a field is called."""
    return any(end in _WORDS for end in _ends(word))


def _ends(word: str) -> Iterator[str]:
    """The word and all that it ends with, the longest first."""
    return (word[at:] for at in range(len(word)))
