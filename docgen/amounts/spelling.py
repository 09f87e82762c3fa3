"""What a spelling of an amount may deserve to be told: its standing, the rule that says so, and the remark.

P is 《支付结算办法》附一《正确填写票据和结算凭证的基本规定》 (银发〔1997〕393号), K is 《会计基础工作规范》第五十二条.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

P = "《支付结算办法》附一"
K = "《会计基础工作规范》第五十二条"


class Standing(StrEnum):
    """How a spelling stands to the rules."""

    CANONICAL = "canonical"
    PERMITTED = "permitted"
    IRREGULAR = "irregular"
    UNREADABLE = "unreadable"

    @property
    def chinese(self) -> str:
        """The words a clerk reads."""
        return {"canonical": "规范", "permitted": "允许", "irregular": "不规范", "unreadable": "无法识别"}[self.value]


class Remark(NamedTuple):
    """One thing about a spelling that differs from the canonical one."""

    standing: Standing
    rule: str | None
    text: str


class UnreadableError(Exception):
    """No amount is written like this; `str()` tells a clerk why."""


def permitted(rule: str, text: str) -> Remark:
    """A remark on a spelling that the rules allow beside the canonical one."""
    return Remark(Standing.PERMITTED, rule, text)


def irregular(rule: str, text: str) -> Remark:
    """A remark on a spelling whose value is plain but that the rules do not allow."""
    return Remark(Standing.IRREGULAR, rule, text)


WAN_ZERO = Remark(Standing.CANONICAL, None, "“万”后写了可写可不写的“零”")
WAN_ZERO_LEFT_OUT = permitted(f"{P}第四条第（三）项", "万位是 0 而千位不是 0，“万”后的“零”可以不写")
YUAN_ZERO = permitted(f"{P}第四条第（三）项、{K}第（五）项", "元位是 0 而角位不是 0，“元”后可以写“零”")
BOTH_ZEROS = irregular(f"{P}第四条第（三）项", "“万”后和“元”后的“零”只可写一个")
JIAO_WITHOUT_WHOLE = permitted(f"{P}第二条", "“角”后可以不写“整”")

ZERO_LEFT_OUT = irregular(f"{P}第四条第（一）项、{K}第（五）项", "中间有 0，少写了“零”")
ZERO_LEFT_OUT_BEFORE_FEN = irregular(f"{P}第四条第（四）项", "角位是 0，“分”前少写了“零”")
EVERY_ZERO = irregular(f"{P}第四条第（二）项、{K}第（五）项", "连续的 0 只写一个“零”")
BARE_TEN = irregular(f"{P}第四条", "“拾”前少写了“壹”")
TRILLION = irregular(f"{P}第一条", "“兆”不是大写金额用字，应写“万亿”")
ZERO_YUAN = irregular(f"{P}第四条", "不足一元的，不写“零元”")
ZERO_JIAO = irregular(f"{P}第四条", "角位是 0，不写“零角”")
ZERO_FEN = irregular(f"{P}第四条", "分位是 0，不写“零分”")
NO_WHOLE = irregular(f"{P}第二条、{K}第（三）项", "到“元”为止的，“元”后少写了“整”")
NO_YUAN = irregular(f"{P}第二条、{K}第（三）项", "数字后少写了“元”")
NO_YUAN_NO_WHOLE = irregular(f"{P}第二条、{K}第（三）项", "数字后少写了“元整”")
WHOLE_AFTER_FEN = irregular(f"{P}第二条、{K}第（三）项", "“分”后不写“整”")
GAP_AFTER_PREFIX = irregular(f"{P}第三条、{K}第（四）项", "“人民币”和金额之间不能留空")
FILLER = irregular(f"{P}第三条", "大写金额中间不能留空格或下划线")
NEGATIVE = irregular(P, "规定里没有负数的写法，减少的金额请用文字说明")
