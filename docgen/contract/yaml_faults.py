"""The faults of data files that are hardly YAML: for each code the reason for a clerk, and samples."""

from __future__ import annotations

from typing import Final

from docgen.contract.faults import Fault
from docgen.contract.source_text import TITLES


def _fault(code: str, why: str, wrong: str = "", right: str = "") -> Fault:
    return Fault(code, TITLES[code], why, wrong, right)


YAML_FAULTS: Final[tuple[Fault, ...]] = (
    _fault("F101", "数据文件应以 UTF-8 编码保存；按 GB 18030 读出的文件照常使用，生僻字请核对一遍，再另存为 UTF-8。"),
    _fault("F102", "空文件多半是忘了保存，或选错了文件。", "# 只有注释", "甲方: 示例市应急管理局"),
    _fault("F103", "看不见的控制字符 Word 存不下，多半是从别处粘贴带来的。"),
    _fault("F104", "合同数据不会有这么大、这么深，多半是选错了文件，或者括号没有写完。"),
    _fault("F105", "一个文件写一份合同，后面的一份不会被读到。", "number: 甲\n---\nnumber: 乙", "number: 甲"),
    _fault("F111", "YAML 只认半角冒号，写全角冒号的整行会被当作一段文字。", "number：一号", "number: 一号"),
    _fault("F112", "冒号后面没有空格的，整行会被当作一段文字。", "year:2026", "year: 2026"),
    _fault("F113", "没有冒号就分不出哪里是键、哪里是值。", "party_a\n  name: 甲", "party_a:\n  name: 甲"),
    _fault(
        "F114",
        "列表的每一项以半角横线加一个空格开头，写成别的就不是列表。",
        "goals:\n  -提高效率\n  - 降低成本",
        "goals:\n  - 提高效率\n  - 降低成本",
    ),
    _fault(
        "F115",
        "制表符（Tab）在各处显示的宽度不同，YAML 不认；每级缩进两个空格。",
        "party_a:\n\tname: 甲",
        "party_a:\n  name: 甲",
    ),
    _fault(
        "F116",
        "全角空格看着像缩进，YAML 不认；每级缩进两个半角空格。",
        "party_a:\n\u3000name: 甲",
        "party_a:\n  name: 甲",
    ),
    _fault(
        "F117",
        "缩进说明哪一项属于哪一项：同一级左对齐，下一级多缩进两格。",
        "party_a:\n  name: 甲\n   phone: 乙",
        "party_a:\n  name: 甲\n  phone: 乙",
    ),
    _fault("F118", "引号有头无尾，后面各行都会被并进来。", 'number: "0010', 'number: "0010"'),
    _fault(
        "F119",
        "以方括号、花括号开头的内容被当作列表或一组字段；只是文字的，要用引号括起来。",
        "number: [2026]121号",
        'number: "[2026]121号"',
    ),
    _fault(
        "F120",
        "有的符号在 YAML 里另有用途，值里有这些符号的，要用半角引号括起来。",
        "address: 示例路: 1号",
        'address: "示例路: 1号"',
    ),
    _fault("F121", "全角引号是文字的一部分，会照样印进合同。", "account_no: “0010”", 'account_no: "0010"'),
    _fault("F122", "空格加 # 以后是注释，不会进入合同。", "address: 示例路1号 #2楼", 'address: "示例路1号 #2楼"'),
    _fault(
        "F123",
        "横线没有与上一项左对齐，这一项就并进了上一项的文字。",
        "goals:\n  - 提高效率\n    - 降低成本",
        "goals:\n  - 提高效率\n  - 降低成本",
    ),
    _fault("F131", "同一项写了两次，不知以哪个为准。", "year: 2026\nyear: 2027", "year: 2026"),
    _fault(
        "F132",
        "锚点和引用让一个值管着几处，改一处就悄悄改了别处；每个值都要写出来。",
        "name: &a 甲\nshort_name: *a",
        "name: 甲\nshort_name: 甲",
    ),
    _fault("F133", "合同数据一律按文字读，不用类型标签。", "year: !!int 2026", "year: 2026"),
    _fault("F134", "键要写成文字，才能与合同的各项对上。", "[甲, 乙]: 1", "甲: 1"),
    _fault("F135", "最外层要写成“键: 值”，一行一项。", "- 甲\n- 乙", "甲: 1\n乙: 2"),
    _fault("F139", "程序认不出这一处的写法，说不出更多；多半是冒号、空格、引号或缩进。"),
)
"""All of them by code; what a sample cannot show (an encoding, a size) has none."""
