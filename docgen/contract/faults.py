"""The faults of data that is readable YAML but not a contract's data: their codes, titles, reasons and samples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of fault; the samples are fragments of a contract.yaml, the wrong one yields exactly this code."""

    code: str
    title: str
    why: str
    wrong: str
    right: str


FAULTS: Final[tuple[Fault, ...]] = (
    Fault(
        "F201",
        "没有这一项",
        "写错的项不会进入合同，等于漏填。",
        "price:\n  合同总额: 1040000",
        "price:\n  合同总价: 1040000",
    ),
    Fault(
        "F202",
        "同一项写了两次",
        "英文键和中文名是同一项，两处的值可能不同，不知以哪个为准。",
        "price:\n  total: 1040000\n  合同总价: 1050000",
        "price:\n  合同总价: 1040000",
    ),
    Fault(
        "F203",
        "应为一组字段",
        "这一项下面还分若干项，只写一个值不知道填的是哪一项。",
        "甲方: 示例市应急管理局",
        "甲方:\n  名称: 示例市应急管理局",
    ),
    Fault(
        "F204",
        "应为列表",
        "列表的每一项前面有“- ”，缺了就分不出有几项。",
        "价款:\n  付款:\n    金额: 余款",
        "价款:\n  付款:\n    - 金额: 余款",
    ),
    Fault(
        "F205",
        "应为单个值",
        "这一项只有一个值，下面不再分项。",
        "price:\n  total:\n    - 1040000",
        "price:\n  total: 1040000",
    ),
    Fault(
        "F206",
        "没有填写",
        "空着的项可能是漏填；尚未确定的要写 待填，草稿里会印成空格并逐项列出。",
        "price:\n  total:",
        "price:\n  total: 待填",
    ),
    Fault(
        "F211",
        "文字不能使用",
        "Word 存不下控制字符；看不见的字符会让两处看似相同的文字对不上。",
        'contract:\n  name: "服务\\n协议"',
        "contract:\n  name: 服务协议",
    ),
    Fault(
        "F212",
        "整数写法不对",
        "份数、天数等只写数字，单位由模板印出。",
        "contract:\n  份数:\n    合计: 6份",
        "contract:\n  份数:\n    合计: 6",
    ),
    Fault(
        "F213",
        "数的写法不对",
        "数量、分值只写数字；写法不规范的数可能读成另一个数。",
        "indicator_tables:\n  - points: 100分",
        "indicator_tables:\n  - points: 100",
    ),
    Fault(
        "F214",
        "金额写法不对",
        "金额以元计，精确到分；读不准的金额一律不猜。",
        "price:\n  total: 一百万左右",
        "price:\n  total: 1,000,000.00",
    ),
    Fault(
        "F215",
        "比例写法不对",
        "只写 10 看不出是 10% 还是 10 倍。",
        "penalty:\n  breach: 10",
        "penalty:\n  breach: 10%",
    ),
    Fault(
        "F216",
        "日期写法不对",
        "日历上没有的日期、缺年份的日期都无法履行。",
        "contract:\n  sign_date: 2021-02-30",
        "contract:\n  sign_date: 2021-02-28",
    ),
    Fault("F217", "年份写法不对", "年份用四位数字写全。", "contract:\n  year: 21年", "contract:\n  year: 2021"),
    Fault(
        "F218",
        "不在可选的写法之内",
        "这一项只有几种固定的写法。",
        "price:\n  basis: 包干",
        "price:\n  basis: 总价包干",
    ),
    Fault(
        "F219",
        "号码写法不对",
        "统一社会信用代码和身份证号都是 18 位，少一位就指向别人或谁也不是。",
        "party_a:\n  credit_code: 9111",
        "party_a:\n  credit_code: 待填",
    ),
    Fault("F221", "没有写合同类型", "合同类型决定有哪些文件、哪些必填项。", "kit:", "kit: 样例"),
    Fault("F222", "没有这种合同类型", "合同类型是 templates/ 下的文件夹名。", "kit: 样列", "kit: 样例"),
    Fault(
        "F223",
        "没有写阶段",
        "阶段决定文件能否带着空项写出：草稿可以，定稿不行。没有写的按草稿处理。",
        "contract:\n  number: 示政数合【2026】121号",
        "contract:\n  stage: 草稿",
    ),
    Fault(
        "F231",
        "缺少必填项",
        "这种合同必须写明这一项。",
        "contract:\n  stage: 定稿",
        "contract:\n  number: 1\n  stage: 定稿",
    ),
    Fault(
        "F232",
        "尚未填写",
        "定稿不能留空；草稿里的空项逐一列出，免得遗漏。",
        "contract:\n  stage: 定稿\n  number: 待填",
        "contract:\n  stage: 定稿\n  number: 示政数合【2026】121号",
    ),
    Fault(
        "F233",
        "未定的内容会照样印出",
        "只有单独一个 待填 才印成空格；夹在文字里的“待填”，以及“待定”“××”等，会原样印进合同。",
        "contract:\n  place: 示例市待填区",
        "contract:\n  place: 待填",
    ),
    Fault(
        "F241",
        "引用的数据文件不能使用",
        "“文件 NAME.yaml”只引用数据文件夹之内、确实存在的文件，也不能绕回自己。",
        "team: 文件 没有这个文件.yaml",
        "team:\n  - name: 张三",
    ),
)

TITLES: Final[Mapping[str, str]] = MappingProxyType({fault.code: fault.title for fault in FAULTS})
"""The titles of the findings that loading data can yield, by code."""

SCALAR_CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "line": "F211",
        "text": "F211",
        "count": "F212",
        "quantity": "F213",
        "points": "F213",
        "money": "F214",
        "instalment": "F214",
        "rate": "F215",
        "day": "F216",
        "year": "F217",
        "choice": "F218",
        "flag": "F218",
        "credit_code": "F219",
        "identity_number": "F219",
    }
)
"""The code of a value that its kind cannot read."""
