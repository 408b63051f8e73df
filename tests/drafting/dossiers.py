"""Small dossiers of offices that do not exist, for the drafter's tests."""

from hypothesis import HealthCheck, Phase, settings

from nianbao.dossier import Dossier, parse
from nianbao.forms import load_form


def tried(times):
    """Settings for large random dossiers: the same ones each time, and no hours spent on making a failing one small."""
    return settings(
        max_examples=times,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
    )


APPLICANTS = ("natural_person", "business", "research", "public_interest", "legal_service", "other_org")


def figures(edition="2021", requests=None, remedies=None, disclosure=None):
    """Full tables, 0 wherever nothing is given. `requests`: row → numbers of the six applicants."""
    form = load_form(edition)
    out = {}
    for address in form.cells:
        table, row, column = address.split(".")
        out.setdefault(table, {}).setdefault(row, {})[column] = 0
    for row, numbers in (requests or {}).items():
        numbers = list(numbers) + [0] * (6 - len(numbers))
        out["requests"][row] = dict(zip(APPLICANTS, numbers, strict=True)) | {"total": sum(numbers)}
    handled = out["requests"]["total_handled"]
    for column in handled:
        handled[column] = sum(out["requests"][row][column] for row in form.result_rows)
    for row, results in (remedies or {}).items():
        out["remedies"][row] |= results
        out["remedies"][row]["total"] = sum(results.values())
    for row, cells in (disclosure or {}).items():
        out["disclosure"][row] |= cells
    return out


def dossier(**over) -> Dossier:
    data = {
        "unit": {"name": "青石县司法局（虚构样例）", "self": "我局", "level": "department", "region": "青石县"},
        "year": 2025,
        "figures": figures(),
        "fees": {"notices": 0, "charged": 0, "received": 0},
    }
    return parse(data | over)


def department() -> Dossier:
    """Another office than the sample one, with single items in many places."""
    return dossier(
        figures=figures(
            requests={
                "new": [1, 3],
                "granted": [1, 1],
                "refused_process": [0, 2],
            },
            remedies={"review": {"upheld": 2}, "direct_suit": {"pending": 1}},
            disclosure={"normative_documents": {"issued": 1, "repealed": 0, "in_force": 4}},
        ),
        supplementary=[
            {"id": "posts", "label": "2025年部门网站发布信息数", "value": 61, "unit": "条"},
            {"id": "lectures", "label": "组织旁听庭审", "value": 3, "unit": "次", "topic": "oversight"},
        ],
        statements=[
            {
                "id": "e1",
                "kind": "event",
                "status": "done",
                "text": "组织法律顾问参加疑难申请会商。",
                "topic": "requests",
            },
            {"id": "e2", "kind": "event", "status": "planned", "text": "举办政府开放日活动"},
            {"id": "w1", "kind": "platform", "status": "done", "text": "在办事大厅设置政府信息查阅点"},
        ],
    )


def county() -> Dossier:
    return dossier(
        unit={"name": "青石县人民政府（虚构样例）", "self": "我县", "level": "county", "region": "青石县"},
        figures=figures(
            requests={
                "new": [210, 33, 1, 0, 14, 0],
                "carried_in": [12, 1],
                "granted": [96, 20, 1, 0, 7],
                "partial": [22, 3],
                "refused_internal_affairs": [4],
                "unavailable_not_held": [55, 6, 0, 0, 4],
                "unavailable_needs_creation": [9],
                "declined_petition": [17, 0, 0, 0, 1],
                "other_misc": [3],
                "carried_out": [16, 5, 0, 0, 2],
            },
            remedies={
                "review": {"upheld": 9, "corrected": 2, "other": 3, "pending": 1},
                "direct_suit": {"upheld": 2},
                "suit_after_review": {"upheld": 3, "corrected": 1},
            },
            disclosure={
                "normative_documents": {"issued": 11, "repealed": 4, "in_force": 96},
                "licences": {"decisions": 20411},
                "penalties": {"decisions": 3120},
                "coercion": {"decisions": 77},
                "fees": {"amount": 5120},
            },
        ),
        supplementary=[
            {"id": "posts", "label": "县政府门户网站发布信息", "value": 9120, "unit": "条", "scope": "全县"},
            {"id": "gazette", "label": "编印县政府公报", "value": 4, "unit": "期", "scope": "县本级"},
        ],
        statements=[
            {"id": "k1", "kind": "result", "status": "done", "text": "政务公开纳入县直部门和乡镇绩效考核"},
            {"id": "k2", "kind": "result", "status": "done", "text": "委托县统计部门开展社会评议，结果已在网站公布"},
            {"id": "q1", "kind": "problem", "status": "ongoing", "text": "乡镇之间公开水平不平衡"},
            {"id": "l1", "kind": "plan", "status": "planned", "text": "2026年结对指导薄弱乡镇", "answers": ["q1"]},
        ],
        contact={"website": "https://www.qingshi.example", "phone": "0000-7654321"},
    )  # fmt: skip


def street_2020() -> Dossier:
    return dossier(
        unit={"name": "青石街道办事处（虚构样例）", "self": "我街道", "level": "street", "region": "青石县"},
        year=2020,
        fees=None,
        figures=figures(
            "2019",
            requests={"new": [1], "granted": [1]},
            disclosure={
                "licences": {"prior_items": 1, "change": 0, "decisions": 1},
                "procurement": {"projects": 2, "amount": 421},
            },
        ),
        prior_year={
            "sections": {
                "problems": "我街道仍存在以下不足："
                "一是公开栏更新不够及时；二是宣传力度不够。今后改进：一是及时更新；二是加大宣传。"
            }
        },
        statements=[
            {"id": "r1", "kind": "rectification", "status": "done", "text": "街道公开栏更新改为每月一次"},
        ],
    )


def blank() -> Dossier:
    """Only some cells known."""
    given = figures()
    given["requests"]["new"]["total"] = None
    given["remedies"]["review"]["total"] = None
    del given["disclosure"]["licences"]
    return dossier(figures=given, fees=None)


def empty() -> Dossier:
    return dossier(figures={}, fees=None)


ALL = {f.__name__: f for f in (department, county, street_2020, blank, empty)}
