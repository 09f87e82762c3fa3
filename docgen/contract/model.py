"""The contract model: every field that docgen itself understands, with the Chinese label a clerk knows it by.

Every field may be left out here: what a kind of contract requires is said by its kit, and a field that is 待填
is None as well (the Contract remembers which ones are). Amounts are in 元. Labels are unique among siblings.
A field marked 控制数 is derived when it is left out, and must agree with the derived figure when it is given.
"""

# No postponed annotations: every run reads them all, and texts would have to be compiled first.
from typing import Annotated, Literal

from docgen.contract.group import Group, grouped, labelled, listed
from docgen.contract.scalars import (
    Count,
    Day,
    IdentityNumber,
    InstalmentAmount,
    Line,
    Money,
    Points,
    Quantity,
    Rate,
    SocialCreditCode,
    Text,
    Year,
    choice,
)

Stage = Annotated[Literal["草稿", "定稿"], choice(("草稿", "定稿"))]
Basis = Annotated[Literal["总价包干", "据实结算"], choice(("总价包干", "据实结算"))]


class Period(Group):
    """From when to when the contract is performed; both ends may be partial dates or events."""

    start: Day | None = labelled("开始", "可写 2021-06-21、2026年6月、2026年7月下旬，或 合同签订之日")
    end: Day | None = labelled("结束")


class Holding(Group):
    """How many copies one holder keeps."""

    holder: Line | None = labelled("持有人")
    count: Count | None = labelled("份数")


class Copies(Group):
    """The copies of the contract and who holds them."""

    total: Count | None = labelled("合计", "控制数：等于各持有人份数之和")
    holders: tuple[Holding, ...] = listed("持有情况")


class Terms(Group):
    """The contract's own particulars."""

    stage: Stage | None = labelled("阶段", "草稿 或 定稿")
    number: Line | None = labelled("合同编号")
    name: Line | None = labelled("合同名称", "全称，含“协议”“合同书”等字样")
    project_name: Line | None = labelled("项目名称")
    name_prefix: Line | None = labelled("名称前缀")
    year: Year | None = labelled("年度")
    procurement_method: Line | None = labelled("采购方式")
    sign_date: Day | None = labelled("签订日期")
    period: Period = grouped(Period, "履行期限")
    place: Line | None = labelled("履行地点")
    copies: Copies = grouped(Copies, "份数")


class Contact(Group):
    """A person to reach."""

    name: Line | None = labelled("姓名")
    phone: Line | None = labelled("电话")
    email: Line | None = labelled("电子邮箱")
    fax: Line | None = labelled("传真")


class Bank(Group):
    """The account that payments go to."""

    account_name: Line | None = labelled("户名")
    bank: Line | None = labelled("开户银行")
    account_no: Line | None = labelled("账号")


class Party(Group):
    """One party to the contract."""

    name: Line | None = labelled("名称")
    short_name: Line | None = labelled("简称")
    credit_code: SocialCreditCode | None = labelled("统一社会信用代码")
    id_number: IdentityNumber | None = labelled("身份证号")
    address: Line | None = labelled("地址")
    registered_address: Line | None = labelled("注册地址")
    post_code: Line | None = labelled("邮政编码")
    phone: Line | None = labelled("电话")
    fax: Line | None = labelled("传真")
    legal_rep: Line | None = labelled("法定代表人")
    agent: Line | None = labelled("授权代表")
    handler: Line | None = labelled("经办人")
    contact: Contact = grouped(Contact, "联系人")
    task_leader: Line | None = labelled("任务负责人")
    bank: Bank = grouped(Bank, "收款账户")


class PriceRow(Group):
    """One row of a price table: unit price × quantity, or a lump sum given as its amount alone."""

    no: Count | None = labelled("序号", "控制数：各节自 1 起连续")
    item: Text | None = labelled("事项")
    unit_price: Money | None = labelled("单价")
    quantity: Quantity | None = labelled("数量")
    unit: Line | None = labelled("单位")
    amount: Money | None = labelled("金额", "控制数：单价 × 数量；一口价只写金额")
    remark: Line | None = labelled("备注")


class PriceSection(Group):
    """One section of the price table."""

    title: Line | None = labelled("标题")
    rows: tuple[PriceRow, ...] = listed("报价行")
    subtotal: Money | None = labelled("小计", "控制数：等于各行金额之和")


class SubBudget(Group):
    """A part of the total that stands for some of the price table's sections."""

    name: Line | None = labelled("名称")
    amount: Money | None = labelled("金额", "控制数：等于所含各节小计之和")
    sections: tuple[Line, ...] = listed("所含分节", "写分节的标题")


class Instalment(Group):
    """One payment: an amount, a share of the total, or 余款 (what remains)."""

    name: Line | None = labelled("名称")
    share: Rate | None = labelled("比例", "写 50%、1‰ 或 百分之十")
    amount: InstalmentAmount | None = labelled("金额", "金额，或 余款；写了比例的为控制数")
    trigger: Text | None = labelled("付款条件")
    days: Count | None = labelled("付款天数", "工作日")


class Tax(Group):
    """The tax that the total contains: net + tax = total."""

    rate: Rate | None = labelled("税率")
    net: Money | None = labelled("不含税价", "控制数")
    tax: Money | None = labelled("税额", "控制数")


class Price(Group):
    """What the contract costs and how it is paid."""

    basis: Basis | None = labelled("结算方式", "总价包干 或 据实结算；据实结算的分期付款不要求合计等于总价")
    total: Money | None = labelled("合同总价", "控制数：等于报价表各节之和；没有报价表的必填")
    tax: Tax = grouped(Tax, "税款")
    sections: tuple[PriceSection, ...] = listed("报价表")
    sub_budgets: tuple[SubBudget, ...] = listed("分项费用")
    instalments: tuple[Instalment, ...] = listed("付款")


class Penalty(Group):
    """The shares and days of the clauses on breach."""

    delay_daily: Rate | None = labelled("逾期每日比例")
    breach: Rate | None = labelled("违约金比例")
    cap: Rate | None = labelled("违约金上限")
    term_days: Count | None = labelled("解除天数", "逾期超过此天数的可以解除")


class Change(Group):
    """The caps on work and money that are added later."""

    new_work_cap: Rate | None = labelled("新增工作上限")
    supplement_cap: Rate | None = labelled("补充协议上限")


class Acceptance(Group):
    """When and by whom the work is accepted."""

    start: Day | None = labelled("开始")
    end: Day | None = labelled("结束")
    mid_start: Day | None = labelled("中期开始")
    mid_end: Day | None = labelled("中期结束")
    lead: Line | None = labelled("组长")
    members: Line | None = labelled("成员")
    notice_days: Count | None = labelled("通知天数", "工作日")


class Member(Group):
    """One member of the contractor's team."""

    no: Count | None = labelled("序号", "控制数：自 1 起连续")
    name: Line | None = labelled("姓名")
    education: Line | None = labelled("学历")
    phone: Line | None = labelled("联系电话")
    role: Line | None = labelled("项目内职务")
    duty: Line | None = labelled("分工职责")
    experience: Line | None = labelled("主要工作经历")


class StaffGroup(Group):
    """One group of the team and what it does."""

    name: Line | None = labelled("名称")
    duty: Text | None = labelled("职责")


class Requirement(Group):
    """What members of some groups must bring."""

    title: Line | None = labelled("适用对象")
    items: tuple[Text, ...] = listed("条件")


class Staffing(Group):
    """The staffing block that all work plans share."""

    structure: Text | None = labelled("团队结构")
    groups: tuple[StaffGroup, ...] = listed("职责分工")
    requirements: tuple[Requirement, ...] = listed("任职要求")


class IndicatorRow(Group):
    """One indicator with its rules."""

    indicator: Line | None = labelled("指标")
    note: Line | None = labelled("说明")
    rules: tuple[Text, ...] = listed("评分细则")
    closing: Text | None = labelled("结语")
    points: Points | None = labelled("分值")


class IndicatorGroup(Group):
    """A group of indicators; its points are the sum of theirs."""

    name: Line | None = labelled("名称")
    points: Points | None = labelled("分值", "控制数：等于组内各指标分值之和")
    rows: tuple[IndicatorRow, ...] = listed("指标行")


class IndicatorTable(Group):
    """A table of indicators in groups, with or without points."""

    id: Line | None = labelled("标识", "供工作方案引用")
    title: Line | None = labelled("标题")
    points: Points | None = labelled("总分", "控制数：等于各组分值之和")
    groups: tuple[IndicatorGroup, ...] = listed("分组")


class Step(Group):
    """A step inside a service: a heading with text, points below it, and tables."""

    title: Line | None = labelled("标题")
    text: tuple[Text, ...] = listed("正文")
    items: tuple[Text, ...] = listed("条目")
    tables: tuple[Line, ...] = listed("指标表", "写指标表的标识")


class Task(Group):
    """A task inside a service, with its steps."""

    title: Line | None = labelled("标题")
    text: tuple[Text, ...] = listed("正文")
    steps: tuple[Step, ...] = listed("步骤")
    tables: tuple[Line, ...] = listed("指标表", "写指标表的标识")


class Service(Group):
    """One service of a work plan, with its tasks."""

    title: Line | None = labelled("标题")
    text: tuple[Text, ...] = listed("正文")
    tasks: tuple[Task, ...] = listed("任务")


class WorkPlan(Group):
    """One work item of the contract and the annex that says how it is done."""

    id: Line | None = labelled("标识")
    title: Line | None = labelled("工作内容", "合同正文中的标题")
    summary: Text | None = labelled("内容概述", "合同正文中的文字")
    annex: Count | None = labelled("附件号", "控制数：由文件顺序得出")
    annex_title: Line | None = labelled("附件标题")
    section: Line | None = labelled("报价分节", "写报价表中分节的标题")
    purpose: tuple[Text, ...] = listed("制定目的")
    guidance: tuple[Text, ...] = listed("指导思想")
    goals_title: Line | None = labelled("目标标题", "默认 服务目标")
    goals: tuple[Text, ...] = listed("服务目标")
    services_lead: tuple[Text, ...] = listed("服务内容引言")
    services: tuple[Service, ...] = listed("服务内容")
    staffing_subject: Line | None = labelled("人员保障对象")
    deliverables_lead: Text | None = labelled("成果物引言")
    deliverables: tuple[Text, ...] = listed("成果物")


class Phase(Group):
    """One phase of the work."""

    title: Line | None = labelled("标题")
    start: Day | None = labelled("开始")
    end: Day | None = labelled("结束")
    text: tuple[Text, ...] = listed("内容")


class Opinion(Group):
    """One opinion of the legal review, with points below it."""

    text: tuple[Text, ...] = listed("意见")
    items: tuple[Text, ...] = listed("分项意见")


class Review(Group):
    """The legal review form; once it is dated it is a record."""

    form_no: Line | None = labelled("编号")
    contract_name: Line | None = labelled("合同名称", "控制数：等于合同名称")
    amount: Money | None = labelled("标的金额", "控制数：等于合同总价")
    department: Line | None = labelled("起草部门")
    contact: Line | None = labelled("联系人")
    opinions: tuple[Opinion, ...] = listed("修改意见")
    reviewer: Line | None = labelled("审核人")
    date: Day | None = labelled("日期")


class AnnexEntry(Group):
    """An entry of the annex list, given only to be checked against the derived one."""

    no: Count | None = labelled("附件号", "控制数")
    title: Line | None = labelled("标题", "控制数")


class ContractData(Group):
    """The data of one contract; a kit adds its own fields beside these."""

    kit: Line | None = labelled("合同类型", "templates/ 下的文件夹名")
    contract: Terms = grouped(Terms, "合同")
    party_a: Party = grouped(Party, "甲方")
    party_b: Party = grouped(Party, "乙方")
    price: Price = grouped(Price, "价款")
    penalty: Penalty = grouped(Penalty, "违约")
    change: Change = grouped(Change, "变更")
    acceptance: Acceptance = grouped(Acceptance, "验收")
    work_plans: tuple[WorkPlan, ...] = listed("工作方案")
    staffing: Staffing = grouped(Staffing, "人员保障")
    indicator_tables: tuple[IndicatorTable, ...] = listed("指标表")
    team: tuple[Member, ...] = listed("项目团队")
    phases: tuple[Phase, ...] = listed("进度阶段")
    review: Review = grouped(Review, "法审建议单")
    annexes: tuple[AnnexEntry, ...] = listed("附件清单", "控制数：由文件顺序得出")
