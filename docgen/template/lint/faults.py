"""The faults of templates: their codes, titles, reasons and samples, which are lines of an outline."""

from __future__ import annotations

from typing import Final

from docgen.contract.faults import Fault

TEMPLATE_FAULTS: Final[tuple[Fault, ...]] = (
    Fault(
        "T101",
        "标签的写法不对",
        "读不懂的标签印不出任何东西，整份文件也就生成不了。",
        "[正文] 合同编号：{{ contract.number + }}",
        "[正文] 合同编号：{{ contract.number }}",
    ),
    Fault(
        "T102",
        "标签缺少配对的另一半",
        "条件和循环不写明到哪里为止，就不知道哪些段落要省去或重复。",
        "{%p if party_a.credit_code %}\n[正文] 统一社会信用代码：{{ party_a.credit_code }}",
        "{%p if party_a.credit_code %}\n[正文] 统一社会信用代码：{{ party_a.credit_code }}\n{%p endif %}",
    ),
    Fault(
        "T103",
        "花括号没有配成对",
        "少一个花括号，标签就会被当作普通文字印进合同，或者连到后面的标签上。",
        "[正文] 甲方：{{ party_a.name }",
        "[正文] 甲方：{{ party_a.name }}",
    ),
    Fault(
        "T104",
        "标签里有全角符号",
        "中文输入法打出的花括号、竖线、括号、逗号和点是另外的字符，不起标签的作用。",
        "[正文] 合同总价：{{ price.total｜大写 }}",
        "[正文] 合同总价：{{ price.total|大写 }}",
    ),
    Fault(
        "T105",
        "标签写到了另一段或另一格",
        "一个标签从头到尾要在同一段里；中间按了回车，或分在两个单元格里，就拼不起来。",
        "[正文] 甲方：{{ party_a.\n[正文] name }}",
        "[正文] 甲方：{{ party_a.name }}",
    ),
    Fault(
        "T106",
        "标签里有不支持的写法",
        "模板只用来取数据、作判断和循环；别的语句可能取用外部文件或耗尽内存，一律不执行。",
        "[正文] {% import '别处.docx' as other %}",
        '{%p include "签署栏" %}',
    ),
    Fault(
        "T107",
        "标签放的位置不对",
        "{%p %}、{%tr %}、{%tc %} 会连同所在的段、行、格一起消失，同处的文字也就没有了。",
        "[正文] 联系方式：{%p if party_a.phone %}\n[正文] 电话：{{ party_a.phone }}\n{%p endif %}",
        "{%p if party_a.phone %}\n[正文] 电话：{{ party_a.phone }}\n{%p endif %}",
    ),
    Fault(
        "T108",
        "标签的格式会使印出的值走样",
        "印出的值用的是标签第一个花括号的字体；它和标签其余的字不同，多半不是有意的。",
        "",
        "",
    ),
    Fault(
        "T109",
        "共用段落放不进来",
        "没有这个名称的共用段落，引用它的地方就是空白；kit.yaml 的 blocks 写明有哪些。",
        '{%p include "签署蓝" %}',
        '{%p include "签署栏" %}',
    ),
    Fault(
        "T201",
        "没有这个字段",
        "写错的字段没有值可印；等到生成时才发现，合同就耽误了。",
        "[正文] 甲方：{{ party_a.nmae }}",
        "[正文] 甲方：{{ party_a.name }}",
    ),
    Fault(
        "T202",
        "没有这种写法或判断",
        "竖线后面的词决定值印成什么样子，写错了就不知道怎么印。",
        "[正文] 合同总价：{{ price.total|大些 }}",
        "[正文] 合同总价：{{ price.total|大写 }}",
    ),
    Fault(
        "T203",
        "没有这个函数",
        "括号前面的词要是函数：no、ref、annex、table、range；字段后面不写括号。",
        '[正文] 见{{ anex("price") }}',
        '[正文] 见{{ annex("price") }}',
    ),
    Fault(
        "T204",
        "参数的个数或名称不对",
        "参数多了少了，写法和函数就不知道该怎么做。",
        "[正文] {{ no() }}项目概况",
        '[正文] {{ no("一、") }}项目概况',
    ),
    Fault(
        "T205",
        "这里要的是一个值",
        "一组字段、一个列表、一个真假值都不能直接印成文字。",
        "[正文] 甲方：{{ party_a }}",
        "[正文] 甲方：{{ party_a.name }}",
    ),
    Fault(
        "T206",
        "这里要的是列表",
        "循环要逐项取，只有列表才有一项一项。",
        "{%p for instalment in price %}\n[正文] 一期\n{%p endfor %}",
        "{%p for instalment in price.instalments %}\n[正文] {{ instalment.name }}\n{%p endfor %}",
    ),
    Fault(
        "T207",
        "写法与值不合",
        "大写要的是金额，日期要的是日期；用错了，生成时会停下，或者印出不相干的东西。",
        "[正文] 签订于{{ contract.sign_date|大写 }}",
        "[正文] 签订于{{ contract.sign_date|日期 }}",
    ),
    Fault(
        "T208",
        "比较或计算的两边不合",
        "金额与文字永远不相等，条件永远不成立，该有的条款就悄悄没有了。",
        '{%p if price.basis == "总价承包" %}\n[正文] 总价包干。\n{%p endif %}',
        '{%p if price.basis == "总价包干" %}\n[正文] 总价包干。\n{%p endif %}',
    ),
    Fault(
        "T209",
        "编号、条款或附件的引用对不上",
        "引用的条款或附件不存在，合同里的“见第几条”就没有所指。",
        '[正文] {{ no("一、", "payment") }}付款\n[正文] 按第{{ ref("paymant") }}条支付。',
        '[正文] {{ no("一、", "payment") }}付款\n[正文] 按第{{ ref("payment") }}条支付。',
    ),
    Fault("T210", "字段没有一份模板用到", "填了却哪里也不印的内容，经办人会以为已经写进了合同。", "", ""),
    Fault(
        "T301",
        "文件不能作模板",
        "宏、外部链接、自动取数的域会在别人的电脑上自行其是；损坏的文件和未处理的修订也不能用。",
        "",
        "",
    ),
    Fault("T302", "没有指定中文字体", "只指定西文字体时，中文用什么字体由各台机器决定，版式就不一样。", "", ""),
    Fault("T303", "文件或共用段落没有用到", "留着不用的模板，改了也不起作用。", "", ""),
)
"""Every fault that linting tells, in the order of the codes; some have no sample in an outline."""
