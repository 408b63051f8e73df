"""How the usual labels of offices are told: correct sentences, which the checker finds right."""

from decimal import Decimal

import pytest

from nianbao.checking import check_text
from nianbao.dossier import normal
from nianbao.drafting.case import sentence
from nianbao.drafting.offline import draft
from nianbao.drafting.supplementary import tell_figure
from nianbao.facts import fact_table
from nianbao.narrative import Paragraph, Section, render
from tests.drafting.dossiers import county, dossier

# label and figure · what is told of it · what is told of 0
USUAL = """
县政府门户网站发布信息 486 条 · 县政府门户网站发布信息486条。 · 县政府门户网站未发布信息。
政务新媒体发布信息 312 条 · 政务新媒体发布信息312条。 · 政务新媒体未发布信息。
微信公众号推送文章 206 篇 · 微信公众号推送文章206篇。 · 微信公众号未推送文章。
微信公众号推送数 206 篇 · 微信公众号推送206篇。 · 微信公众号推送0篇。
公开栏公开信息 64 条 · 公开栏公开信息64条。 · 公开栏未公开信息。
发布政策解读材料 9 篇 · 发布政策解读材料9篇。 · 未发布政策解读材料。
政策解读材料 9 篇 · 发布政策解读材料9篇。 · 未发布政策解读材料。
政策解读数 12 篇 · 发布政策解读12篇。 · 未发布政策解读。
政策解读 3 次 · 开展政策解读3次。 · 未开展政策解读。
解读政策文件 5 件 · 解读政策文件5件。 · 未解读政策文件。
回应公众关切 14 次 · 回应公众关切14次。 · 未回应公众关切。
公众关切回应数 14 次 · 回应公众关切14次。 · 未回应公众关切。
主动公开信息 1250 条 · 主动公开信息1250条。 · 未主动公开信息。
主动公开政府信息总数 1250 条 · 主动公开政府信息1250条。 · 未主动公开政府信息。
主动公开 1250 条 · 主动公开信息1250条。 · 未主动公开信息。
网站信息发布量 486 条 · 网站发布信息486条。 · 网站未发布信息。
政府网站信息公开数 486 条 · 政府网站公开信息486条。 · 政府网站未公开信息。
2025年门户网站发布信息数 486 条 · 门户网站发布信息486条。 · 门户网站未发布信息。
网站发布量 486 条 · 网站发布量为486条。 · 网站发布量为0条。
重点领域信息公开数 320 条 · 公开重点领域信息320条。 · 未公开重点领域信息。
重大建设项目批准和实施信息公开 35 条 · 公开重大建设项目批准和实施信息35条。 · 未公开重大建设项目批准和实施信息。
召开新闻发布会 2 场 · 召开新闻发布会2场。 · 未召开新闻发布会。
新闻发布会 2 场 · 召开新闻发布会2场。 · 未召开新闻发布会。
举办政府开放日活动 2 次 · 举办政府开放日活动2次。 · 未举办政府开放日活动。
政府开放日 2 次 · 举办政府开放日2次。 · 未举办政府开放日。
政府公报 12 期 · 编发政府公报12期。 · 未编发政府公报。
编印县政府公报 4 期 · 编印县政府公报4期。 · 未编印县政府公报。
网民留言 56 件 · 收到网民留言56件。 · 未收到网民留言。
网民留言办理量 56 件 · 办理网民留言56件。 · 未办理网民留言。
12345热线工单 820 件 · 收到12345热线工单820件。 · 未收到12345热线工单。
办理12345热线工单 820 件 · 办理12345热线工单820件。 · 未办理12345热线工单。
12345热线工单办结数 815 件 · 办结12345热线工单815件。 · 未办结12345热线工单。
网站访问量 125000 次 · 网站访问量为125000次。 · 网站访问量为0次。
微信公众号关注人数 5200 人 · 微信公众号关注人数为5200人。 · 微信公众号关注人数为0人。
微信公众号粉丝数 5200 个 · 微信公众号粉丝数为5200个。 · 微信公众号粉丝数为0个。
公开征集意见 6 次 · 公开征集意见6次。 · 未公开征集意见。
意见征集 36 条 · 征集意见36条。 · 未征集意见。
政务公开专区 3 个 · 设有政务公开专区3个。 · 未设政务公开专区。
政府信息查阅点 3 处 · 设有政府信息查阅点3处。 · 未设政府信息查阅点。
政务公开专栏 1 个 · 设有政务公开专栏1个。 · 未设政务公开专栏。
在用政务新媒体账号 2 个 · 在用政务新媒体账号有2个。 · 没有在用政务新媒体账号。
政务新媒体账号 2 个 · 政务新媒体账号有2个。 · 没有政务新媒体账号。
优化调整网站公开栏目 6 个 · 优化调整网站公开栏目6个。 · 未优化调整网站公开栏目。
清理过期失效信息 17 条 · 清理过期失效信息17条。 · 未清理过期失效信息。
规范性文件清理 35 件 · 清理规范性文件35件。 · 未清理规范性文件。
清理规范性文件 35 件 · 清理规范性文件35件。 · 未清理规范性文件。
发布前保密审查的信息 798 条 · 发布前保密审查的信息有798条。 · 没有发布前保密审查的信息。
保密审查信息 798 条 · 保密审查信息798条。 · 未保密审查信息。
保密审查 120 次 · 开展保密审查120次。 · 未开展保密审查。
保密审查 798 条 · 完成保密审查798条。 · 未开展保密审查。
信息审核数 798 条 · 审核信息798条。 · 未审核信息。
公开属性审查 31 件 · 完成公开属性审查31件。 · 未开展公开属性审查。
在法定期限内办结的申请 53 件 · 在法定期限内办结的申请有53件。 · 没有在法定期限内办结的申请。
按期答复的申请 53 件 · 按期答复的申请有53件。 · 没有按期答复的申请。
通过网络提交的申请 30 件 · 通过网络提交的申请有30件。 · 没有通过网络提交的申请。
要求补正的申请 5 件 · 要求补正的申请有5件。 · 没有要求补正的申请。
网上申请 20 件 · 收到网上申请20件。 · 未收到网上申请。
依申请公开答复数 50 件 · 依申请公开答复数为50件。 · 依申请公开答复数为0件。
解答申请咨询 30 次 · 解答申请咨询30次。 · 未解答申请咨询。
依申请公开咨询 30 次 · 收到依申请公开咨询30次。 · 未收到依申请公开咨询。
按时办结率 100 % · 按时办结率为100%。 · 按时办结率为0%。
群众满意度 98.5 % · 群众满意度为98.5%。 · 群众满意度为0%。
政务公开考核得分 96 分 · 政务公开考核得分为96分。 · 政务公开考核得分为0分。
举办政务公开业务培训 4 期 · 举办政务公开业务培训4期。 · 未举办政务公开业务培训。
政务公开业务培训 4 期 · 开展政务公开业务培训4期。 · 未开展政务公开业务培训。
培训场次 4 场 · 培训场次为4场。 · 培训场次为0场。
培训人次 126 人次 · 培训126人次。 · 没有培训人次。
参训人员 126 人次 · 参训人员共126人次。 · 没有参训人员。
参加政务公开业务培训 126 人次 · 参加政务公开业务培训126人次。 · 未参加政务公开业务培训。
召开政务公开工作会议 3 次 · 召开政务公开工作会议3次。 · 未召开政务公开工作会议。
政务公开工作推进会 3 次 · 召开政务公开工作推进会3次。 · 未召开政务公开工作推进会。
开展政务公开检查 4 次 · 开展政务公开检查4次。 · 未开展政务公开检查。
督查检查次数 4 次 · 开展督查检查4次。 · 未开展督查检查。
网站日常监测 12 次 · 开展网站日常监测12次。 · 未开展网站日常监测。
政务公开工作人员 5 人 · 政务公开工作人员共5人。 · 没有政务公开工作人员。
政务公开联络员 25 名 · 政务公开联络员有25名。 · 没有政务公开联络员。
收到投诉举报 2 件 · 收到投诉举报2件。 · 未收到投诉举报。
投诉举报办理 2 件 · 办理投诉举报2件。 · 未办理投诉举报。
办理建议提案 12 件 · 办理建议提案12件。 · 未办理建议提案。
建议提案办理结果公开 12 件 · 公开建议提案办理结果12件。 · 未公开建议提案办理结果。
信息公开指南更新 1 次 · 更新信息公开指南1次。 · 未更新信息公开指南。
责任追究 1 人 · 追究责任1人。 · 未发生责任追究情形。
基层政务公开标准目录 26 个 · 基层政务公开标准目录有26个。 · 没有基层政务公开标准目录。
提供现场查阅服务 30 人次 · 提供现场查阅服务30人次。 · 未提供现场查阅服务。
赠阅公报 200 份 · 赠阅公报200份。 · 未赠阅公报。
举办面向企业的政策宣讲 2 场 · 举办面向企业的政策宣讲2场。 · 未举办面向企业的政策宣讲。
修订公开制度 3 项 · 修订公开制度3项。 · 未修订公开制度。
政务公开制度 3 项 · 政务公开制度有3项。 · 没有政务公开制度。
接受采访 3 次 · 接受采访3次。 · 未接受采访。
网站信息更新 12 次 · 网站更新信息12次。 · 网站未更新信息。
微博发布信息 20 条 · 微博发布信息20条。 · 微博未发布信息。
"""
ROWS = [tuple(part.strip() for part in row.split("·")) for row in USUAL.strip().splitlines()]


def told(label, value, unit):
    """The sentence of one figure, and what the checker thinks of it."""
    one = dossier(supplementary=[{"id": "x", "label": label, "value": value, "unit": unit}])
    facts = fact_table(one)
    text = sentence(tell_figure(one.supplementary[0]) + "。", "figure", "supplementary.x")
    printed = render(Section(id="summary", paragraphs=(Paragraph(sentences=(text,)),)), facts, one).text
    return printed, {check.verdict for check in check_text(printed, one, facts)}


@pytest.mark.parametrize(("figure", "some", "none"), ROWS, ids=[row[0] for row in ROWS])
def test_a_usual_label_becomes_a_sentence(figure, some, none):
    label, value, unit = figure.rsplit(" ", 2)
    number = normal(Decimal(value))
    assert told(label, number, unit) == (some, {"supported"})
    printed, verdicts = told(label, 0, unit)
    assert printed == none
    assert verdicts <= {"supported"}


def test_no_digit_of_a_label_stands_in_the_text_untraced():
    one = dossier(supplementary=[{"id": "x", "label": "“5+2”便民窗口公开数", "value": 3, "unit": "项"}])
    assert tell_figure(one.supplementary[0]) == "{{f.supplementary.x}}"


def scoped(*rows, prior=(), unit=None):
    """A county's dossier with figures of several scopes: (label, value, unit, scope, topic)."""
    names = ("label", "value", "unit", "scope", "topic")
    figures = [{"id": f"x{n}"} | dict(zip(names, row, strict=True)) for n, row in enumerate(rows)]
    before = [figures[n] | {"value": value} for n, value in prior]
    known = {"unit": unit or county().unit.model_dump(by_alias=True)}
    return dossier(supplementary=figures, prior_year={"supplementary": before}, **known)


def summary(one):
    facts = fact_table(one)
    return render(draft("summary", one, facts), facts, one)


def test_a_county_says_each_scope_once_and_its_own_first():
    text = summary(
        scoped(
            ("政务新媒体发布信息", 812, "条", "本机关", "disclosure"),
            ("县政府门户网站发布信息", 9120, "条", "全县", "disclosure"),
            ("县政府门户网站发布信息", 2210, "条", "本机关", "disclosure"),
            ("发布政策解读材料", 49, "篇", "全县", "disclosure"),
            ("回应公众关切", 14, "次", "本机关", "disclosure"),
            prior=[(1, 9000), (0, 700)],
        )
    ).text
    own = "全县通过县政府门户网站发布信息9120条，比上年增加120条，增长1.33%；发布政策解读材料49篇。"
    office = (
        "本机关通过政务新媒体发布信息812条，比上年增加112条，增长16%；"
        "通过县政府门户网站发布信息2210条，回应公众关切14次。"
    )
    assert own in text
    # Last, because what came after it would read as the office's own.
    assert (
        text.index(own) < text.index("未作出行政许可") < text.index(office)
    )  # what follows would read as the office's
    assert text.count("本机关") == 1


def test_figures_of_another_scope_do_not_lend_it_to_the_others():
    text = summary(
        scoped(
            ("发布前保密审查的信息", 3098, "条", "本机关", "management"),
            ("清理过期失效信息", 217, "条", "全县", "management"),
            ("编印县政府公报", 4, "期", "县本级", "platform"),
            ("举办政务公开业务培训", 12, "期", "全县", "oversight"),
            ("参加政务公开业务培训", 926, "人次", "全县", "oversight"),
            ("举办政务公开业务培训", 2, "期", "本机关", "oversight"),
            ("参加政务公开业务培训", 90, "人次", "本机关", "oversight"),
        )
    ).text
    for said in (
        "全县清理过期失效信息217条。本机关发布前保密审查的信息有3098条。",
        "县本级编印县政府公报4期。",
        "全县举办政务公开业务培训12期，926人次参加。本机关举办政务公开业务培训2期，90人次参加。",
    ):
        assert said in text


def test_one_label_in_two_scopes_is_no_contradiction():
    one = scoped(
        ("县政府门户网站发布信息", 9120, "条", "全县", "disclosure"),
        ("县政府门户网站发布信息", 2210, "条", "本机关", "disclosure"),
    )
    text = summary(one).text
    assert "9120条。" in text
    assert "本机关通过县政府门户网站发布信息2210条。" in text
    assert {check.verdict for check in check_text(text, one)} == {"supported"}


def test_a_single_scope_of_its_own_is_not_said():
    text = summary(scoped(("举办政务公开业务培训", 12, "期", "全县", "oversight"))).text
    assert "\n举办政务公开业务培训12期。" in text
    office = {"name": "青石县司法局（虚构样例）", "self": "我局", "level": "department"}
    mixed = scoped(
        ("举办普法讲座", 9, "场", "全系统", "oversight"), ("举办业务培训", 3, "期", "本机关", "oversight"), unit=office
    )
    assert "\n举办业务培训3期。全系统举办普法讲座9场。" in summary(mixed).text


def test_a_rate_is_not_compared_as_an_amount():
    one = scoped(("群众满意度", 98, "%", "全县", "disclosure"), prior=[(0, 95)])
    assert "群众满意度为98%。" in summary(one).text


def test_a_zero_is_cited_though_no_number_is_printed():
    section = summary(scoped(("举办政务公开业务培训", 0, "期", "全县", "oversight")))
    (one,) = [s for p in section.paragraphs for s in p.sentences if "培训" in s.text]
    assert one.text == "未举办政务公开业务培训。"
    assert "supplementary.x0" in one.cites
