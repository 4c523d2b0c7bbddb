"""What the documents say of the code, taken from the code: `python -m tests.readme` writes it, a test compares it.

A block stands between `<!-- name -->` and `<!-- /name -->`; what is written there by hand is lost.
"""

import inspect
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import get_args, get_origin

from pydantic import SecretStr

from dashboard.config import ROOT, Settings
from dashboard.i18n import Words, words
from dashboard.rules.roles import ACTIONS, Action, Relation, Role
from dashboard.store import tables
from dashboard.store.tables.keys import Base, Closed, Open, Published

ENGLISH, CHINESE = words("en"), words("zh-CN")

# What each action is, in English and in Chinese.
ACTION_WORDS = {
    "congress.read": ("the list of congresses and years", "各级人大与年度目录"),
    "overview.read": ("the overview of a cycle", "年度总览"),
    "project.read": ("projects with plans and published reports", "项目、计划与已公布的月报"),
    "order.read": ("published wishes, their funnel and the candidates", "已公开的建议、征集漏斗与候选项目"),
    "candidate.read": (
        "candidates' plans and documents: others read what is published",
        "候选项目的实施计划与材料；公布前限有关人员",
    ),
    "candidate.describe": (
        "write candidates' plans, attach and remove documents before the freeze",
        "冻结前填写候选项目的实施计划、增删材料",
    ),
    "round.read": ("announced results of rounds", "已公告的票决结果"),
    "box.read": ("the sealed box, to whom the round's rule set names", "封存的票箱文件，限本轮规则列明的人"),
    "box.recount": ("count an uploaded box again, in memory", "上传票箱文件重新计票，不留存"),
    "deputy.read": ("deputies, their delegations and what they supervise", "代表、代表团与联系监督的项目"),
    "rollup.read": ("the sums of a county's townships", "县内各乡镇汇总"),
    "reference.read": ("published facts of other places", "各地公开资料"),
    "inquiry.read": ("inquiries with answers, promises and marks", "问政：提问、答复、承诺与评价"),
    "assessment.read": ("published assessments", "已公布的测评结果"),
    "department.read": ("departments and what they have in hand", "承办单位及其在办事项"),
    "document.read": (
        "the papers of a round: others read what is published",
        "票决文书；公布前限有关人员",
    ),
    "document.make": ("make a round's papers, attach the signed report", "生成票决文书，附签字的报告单"),
    "bulletin.read": ("the monthly bulletin as Word and Excel", "月度通报（Word、Excel）"),
    "rank.read": ("ranks of departments; a department only its own", "承办单位位次；承办单位只看本单位"),
    "data.read": ("published rows as files", "下载已公布的数据"),
    "topic.read": ("version numbers of topics, for live pages", "实时页面所查的版本号"),
    "desk.read": ("one's own desk", "本人工作台"),
    "task.read": ("tasks of supervision", "督办任务"),
    "hall.read": ("the way into a meeting's hall", "会场入口"),
    "check_in.read": ("a round's quorum and one's own check-in", "到会人数与本人签到"),
    "check_in.turnout": ("who is there by delegation", "各代表团到会人数"),
    "check_in.names": ("who is there and who is not", "到会与未到人员名单"),
    "check_in.review": (
        "check-ins by hand and codes issued since the freeze",
        "待确认的登记签到与补发的会场代码",
    ),
    "account.sign_in": ("sign in", "登录"),
    "account.read": ("one's account page", "查看账号"),
    "account.sign_out": ("end one or all of one's sessions", "退出登录，可退出全部会话"),
    "account.change_password": ("change the password", "修改密码"),
    "account.choose_appointment": ("choose the appointment to act under", "选择以哪一职务办事"),
    "report.submit": ("submit a monthly report", "报送月报"),
    "report.publish": ("publish a submitted report", "公布月报"),
    "report.return": ("give a submitted report back", "退回月报"),
    "report.draft": ("write a report's draft and attach files", "填写月报草稿、上传附件"),
    "report.form": ("a report before it is published", "查看公布前的月报"),
    "report.check": ("the reports that wait, with what is odd about them", "待审核的月报与质量提示"),
    "attachment.read": (
        "what is attached: published to all, before that to whom the report is shown",
        "附件：已公布的公开，公布前限有关人员",
    ),
    "objection.raise": ("object to a published report", "对已公布的月报提出异议"),
    "objection.answer": ("answer an objection", "处理异议"),
    "objection.read": (
        "objections: one's own, those on one's own projects, all to those who check",
        "异议：本人提出的、本单位项目的；审核人看全部",
    ),
    "plan.read": ("a plan under way, and who decides on it", "查看办理中的计划及由谁决定"),
    "plan.draft": ("fill in a plan, or a change of one", "填报计划、拟调整"),
    "plan.submit": ("hand a plan in, take it back", "提交、撤回计划"),
    "plan.approve": ("approve a first plan", "核定首版计划"),
    "plan.return": ("return a plan with a reason", "说明理由退回计划"),
    "plan.record_approval": ("record the government's approval of a change", "登记政府同意的调整"),
    "plan.record_decision": (
        "record what the standing committee, the presidium or the congress decided on a change",
        "登记常委会、主席团或大会对调整的决定",
    ),
    "paper.read": (
        "a round's paper: sheets to print, to hand out and to enter",
        "票决的纸质选票：打印、发放与录入",
    ),
    "paper.issue": ("hand a deputy a sheet", "发放纸质选票"),
    "paper.enter": ("enter a sheet", "录入纸质选票"),
    "paper.seal": ("mix the sheets into the box, seal and count it", "将纸质选票并入票箱并封存"),
    "paper.settle": ("settle a sheet that two tellers read differently", "裁定两次录入不一致的选票"),
    "what_if.read": (
        "a counted round's ballots under other rules, as analysis",
        "按其他规则测算已计票的票决（仅供分析）",
    ),
    "remark.add": ("remark on a project", "对项目提意见"),
    "remark.read": (
        "deputies' remarks: others read what is published",
        "代表意见；公布前限有关人员",
    ),
    "remark.answer": ("answer a remark, correct or renew the answer", "答复代表意见、更正或者再次答复"),
    "remark.judge": ("say whether the answer satisfies", "对答复表示满意或者不满意"),
    "remark.publish": ("publish a remark with its answers", "公布代表意见和答复"),
    "week.read": ("supervision weeks and what came of them", "集中监督周及其结果"),
    "week.turnout": ("who took part in a week, by delegation", "集中监督周各代表团参与情况"),
    "week.open": ("open a supervision week", "设定集中监督周"),
    "group.set": ("set who supervises a project", "确定联系监督小组"),
    "supervision.form": ("whom a group or an inspection can be made of", "可列入监督小组或者参加视察的代表"),
    "inspection.read": (
        "inspections: published to all, before that to who goes, the project's group and who prepares",
        "视察：已公布的公开；公布前限参加人、监督小组与有关人员",
    ),
    "inspection.plan": ("plan an inspection", "安排视察"),
    "inspection.cancel": ("cancel a planned inspection with a reason", "说明理由取消视察"),
    "inspection.record": ("write what was found, attach pictures", "填写视察情况、上传照片"),
    "inspection.publish": ("publish what was found", "公布视察情况"),
    "inspection.correct": ("correct published findings with a reason", "说明理由更正已公布的视察情况"),
    "round.announce": ("announce a round, correct the announcement", "公告票决结果、更正公告"),
    "round.assent": (
        "assent to opening, closing, interrupting or annulling",
        "同意开启、截止、中断、恢复或作废一轮表决",
    ),
    "round.conduct": ("how a round is prepared and goes", "一轮表决的筹备与进行情况"),
    "round.confirm_rules": ("confirm rules below the law", "确认低于法律规定的规则"),
    "round.prepare": (
        "draft a round, its list and officers; freeze it",
        "起草一轮表决，定选项和监票、计票人员，冻结",
    ),
    "round.propose": (
        "propose opening, closing, interrupting or annulling",
        "提议开启、截止、中断、恢复或作废一轮表决",
    ),
    "round.recount": ("compare the second count", "第二次计票核对"),
    "round.report": ("report the count to the presidium", "向主席团报告计票结果"),
    "round.settle": ("decide a second tie", "第二次票数相等时作出决定"),
    "round.sign": ("sign the count", "签署计票结果"),
    "board.read": ("the live board of a round; a screen that of its meeting", "表决现场；大屏只看本次会议"),
    "teller.replace": ("propose another teller for one who dropped out", "提议更换因故离开的计票人"),
    "teller.confirm": ("confirm that a teller is replaced", "确认更换计票人"),
    "board.delegations": ("who voted by delegation, before and after the close", "各代表团的投票人数"),
    "board.control": (
        "what the big screen shows, and which screens are let in",
        "控制会场大屏、生成和停用大屏链接",
    ),
    "hall.issue": ("issue one-time hall codes", "发放一次性会场代码"),
    "hall.enter": ("sign in with a hall code", "用会场代码登录"),
    "check_in.record": ("record check-ins, leaves and returns by hand", "登记签到、离席、返回"),
    "check_in.confirm": ("confirm check-ins by hand", "确认登记的签到"),
    "check_in.self": ("check in", "签到"),
    "rule_set.approve": ("approve the congress's own rules", "批准本级人大自定的规则"),
    "rule_set.edit": ("copy and change rules", "复制并修改规则"),
    "rule_set.read": ("the rules of voting and of supervision", "查看表决规则和监督规则"),
    "escalation.read": ("what the rules of escalation ask for", "查看按规则应当提出的督办任务"),
    "escalation.propose": ("propose the tasks that the rules ask for", "按规则提出督办任务"),
    "escalation.decide": ("confirm or dismiss a proposed task", "确认或者退回提出的督办任务"),
    "task.open": ("open a task of supervision, of one of six kinds", "发起督办（六种方式）"),
    "task.report": ("report what was done about a task", "报告督办事项办理情况"),
    "task.close": ("close an open task", "办结督办任务"),
    "rules.choose": ("choose the rules by which projects are watched", "选用监督规则"),
    "rules.confirm": ("confirm or decline that choice", "确认或者退回选用的监督规则"),
    "receipt.read": ("look a ballot up by its receipt", "凭回执查票"),
    "vote.read": ("the voting page of a round", "查看投票页"),
    "vote.cast": ("cast a ballot", "投票"),
    "vote.change": ("change one's ballot by its receipt", "凭回执改票"),
}

RELATION_WORDS = {
    Relation.NONE: ("yes", "可"),
    Relation.OWN_ACCOUNT: ("own account", "限本人账号"),
    Relation.IN_OFFICE: ("in office", "限在任代表"),
    Relation.RESPONSIBLE: ("own project", "限本单位承办项目"),
    Relation.LEADING: ("leads the project", "限本单位牵头项目"),
    Relation.CONCERNED: ("own task", "限交本单位的督办"),
    Relation.AUTHOR: ("own remark", "限本人提出的意见"),
    Relation.ON_ROLL: ("on the roll", "限列入本轮名册的代表"),
    Relation.OFFICER: ("named for the round", "限本轮监票、计票人员"),
    Relation.SCRUTINEER: ("scrutineer of the round", "限本轮监票人"),
    Relation.CHIEF: ("chief scrutineer of the round", "限本轮总监票人"),
    Relation.TELLER: ("teller of the round", "限本轮计票人"),
    Relation.SCREEN: ("screen of the meeting", "限本次会议的大屏"),
    Relation.HEADING: ("heads the project's group", "限该项目监督小组组长"),
    Relation.GOING: ("goes on the inspection", "限参加本次视察的代表"),
}

STAGE_WORDS = {
    "collect": ("collect", "点单"),
    "choose": ("choose", "定单"),
    "deliver": ("deliver", "买单"),
    "judge": ("judge", "验单"),
}

SETTING_WORDS = {
    "database_url": "数据库地址：SQLite或PostgreSQL",
    "host": "服务监听的地址",
    "port": "服务监听的端口",
    "env": "运行环境；`production`（生产环境）须设密钥，且拒绝演示数据",
    "secret": "密钥，不少于32个字符；会场代码和登录失败次数用它作密钥",
    "workers": "服务进程数；多于1个须用PostgreSQL",
    "threads": "每个进程的线程数",
    "var": "存放SQLite文件、上传文件和备份的目录",
    "proxies": "前面有几层可信代理会写X-Forwarded-For",
    "demonstration": "数据库为空时是否载入模拟数据",
}

READERS = {Open: "open", Published: "published", Closed: "closed"}


def roles_table(language: Words) -> str:
    """Return who may do what: a row an action, a column a role, a cell the relation that is demanded."""
    chinese = int(language.is_chinese)
    heads = [("action", "操作")[chinese], ("what", "含义")[chinese], ("stage", "阶段")[chinese]]
    heads += [language(f"role.{role}") for role in Role]
    return _table(heads, [_action_row(action, chinese) for action in ACTIONS.values()])


def _action_row(action: Action, chinese: int) -> list[str]:
    what = ACTION_WORDS[action.name][chinese]
    if action.writes:
        what += (" (writes)", "（写入）")[chinese]
    stage = STAGE_WORDS[action.stage][chinese] if action.stage else "—"
    cells = [RELATION_WORDS[action.roles[role]][chinese] if role in action.roles else "—" for role in Role]
    return [f"`{action.name}`", what, stage, *cells]


def settings_table(language: Words) -> str:
    """Return every setting with its default and what it means."""
    chinese = int(language.is_chinese)
    heads = [("setting", "设置项")[chinese], ("default", "默认值")[chinese], ("meaning", "含义")[chinese]]
    prefix = Settings.model_config["env_prefix"]
    rows = []
    for name, known in Settings.model_fields.items():
        meaning = SETTING_WORDS[name] if chinese else known.description or ""
        if get_origin(known.annotation) is not None:
            others = ("one of ", "可取：")[chinese] + ("、" if chinese else ", ").join(
                f"`{one}`" for one in get_args(known.annotation)
            )
            meaning += ("; ", "；")[chinese] + others
        rows.append([f"`{prefix}{name.upper()}`", _default(known.default, chinese), meaning])
    return _table(heads, rows)


def _default(value: object, chinese: int) -> str:
    if isinstance(value, SecretStr):
        return ("none", "无")[chinese]
    if isinstance(value, Path):
        return f"`{value.relative_to(ROOT).as_posix()}`"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def tables_by_area(_language: Words) -> str:
    """Return every table by its area, with who may read its rows and its class's own sentence."""
    parts = []
    for area in sorted(name for name in tables.__all__ if name != "Base"):
        module: ModuleType = getattr(tables, area)
        rows = [[f"`{one.__tablename__}`", _reader(one), _sentence(one)] for one in _mapped(module)]
        parts.append(f"### {area}\n\n{_sentence(module)}\n\n{_table(['table', 'read', 'one row is'], rows)}")
    return "\n\n".join(parts)


def _mapped(module: ModuleType) -> Iterable[type[Base]]:
    classes = [one for one in vars(module).values() if isinstance(one, type) and issubclass(one, Base)]
    return [one for one in classes if one.__module__ == module.__name__ and "__tablename__" in vars(one)]


def _reader(table: type[Base]) -> str:
    return next((word for kind, word in READERS.items() if issubclass(table, kind)), "global")


def _sentence(documented: object) -> str:
    return (inspect.getdoc(documented) or "").split("\n\n")[0].replace("\n", " ")


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


Maker = Callable[[Words], str]
ROLES, SETTINGS, TABLES = ("roles", roles_table), ("settings", settings_table), ("tables", tables_by_area)
DOCUMENTS: dict[str, tuple[Words, tuple[tuple[str, Maker], ...]]] = {
    "README.md": (ENGLISH, (ROLES, SETTINGS)),
    "README.zh-CN.md": (CHINESE, (ROLES, SETTINGS)),
    "docs/data.md": (ENGLISH, (TABLES,)),
}


def filled(text: str, name: str, content: str) -> str:
    """Return a text with the content of one block replaced; a missing or doubled marker is a ValueError."""
    opening, closing = f"<!-- {name} -->", f"<!-- /{name} -->"
    if text.count(opening) != 1 or text.count(closing) != 1:
        raise ValueError(f"one block {name} is needed")
    before, rest = text.split(opening)
    after = rest.split(closing)[1]
    return f"{before}{opening}\n{content}\n{closing}{after}"


def generated(document: str) -> str:
    """Return what a document says once every block in it is made anew."""
    language, blocks = DOCUMENTS[document]
    text = (ROOT / document).read_text("utf-8")
    for name, make in blocks:
        text = filled(text, name, make(language))
    return text


def main() -> int:
    """Write every document whose blocks differ from the code, and say which."""
    for document in DOCUMENTS:
        text = generated(document)
        if text != (ROOT / document).read_text("utf-8"):
            (ROOT / document).write_text(text, "utf-8")
            print(document)
    return 0


if __name__ == "__main__":
    sys.exit(main())
