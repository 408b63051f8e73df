"""Held against a statement: whether it is done, going on, planned or denied, and of which level and channel."""

from __future__ import annotations

import re
from collections.abc import Callable

from nianbao.checking.known.statements import Stated, canonical, negative, pairs_in
from nianbao.checking.known.supplementary import channels_in
from nianbao.checking.language.lexicon import phrases
from nianbao.checking.reading import Reading
from nianbao.checking.words.pieces import Piece, planned
from nianbao.checking.words.stated_numbers import number_differs
from nianbao.numerals import parse_number

_COMPLETE = re.compile("已完成|完成|完工|完毕|实现|到位|解决|建成|结束|换新|落实到位|整改完")
_UNDONE = re.compile("(?:尚未|还未|未|没有)(?:全部|全面|最终)?(?:完成|完工|结束|到位|实现|解决)")
_PARTLY = re.compile("已?完成(?=[^，。；]{0,12}[0-9])")
_GOING = "正在|仍在|还在|尚在|进行中|推进中|拟(?![定稿制])|即将|计划|将(?:于|在|由|会|有|通过|统一)"
_LEVELS = ("国家", "全国", "省", "市", "县")
_OWN_AREA = re.compile("[我本][市县省区]")
_IN_PLANS = re.compile("已经?(?:列入|纳入|写入|安排)")
_OPEN = re.compile("尚未|还没|(?:未|没有)(?:完成|结束|收尾|做完)")
_DONE = re.compile("已(?!有|经?(?:启动|着手|开始|列入))")
FIRST = re.compile("前([二三四五六七八九十]|[0-9]{1,2})(?:名|位|强)?")
_MINISTRY = re.compile(
    "(?:教育|公安|民政|司法|财政|社会保障|资源|环境|建设|运输|水利|农村|商务|旅游|应急管理|科技|化)部(?![门分署])"
)
_NATIONAL = re.compile("国家[\u4e00-\u9fff]{2,8}?(?:总局|局)")
_MEETING = re.compile("(推进|部署|座谈|联席|调度|动员|碰头|党委|党组|党工委|常务|办公|总结|表彰|研讨|听证|布置)大?会")
_PRIZE = re.compile("[特一二三优]等奖|[金银铜]奖")
_DELEGATE = re.compile("(?:人大|居民|企业|党|职工|村民|市民|学生|家长|妇女|消费者|群众|公众|商户)代表|政协委员")
_AHEAD = re.compile("下一步|今后|明年|接下来|2[0-9]{3}年将|拟")
_GOES_ON = re.compile("继续|持续|坚持|保持|进一步|巩固")
_SURE = 0.7
_LIST_OF_TWO = re.compile("在([\u4e00-\u9fff]{2,3})[、和]([\u4e00-\u9fff]{2,3})(?=[两0-9])")
AT_PROBLEM = re.compile(
    "(?:(?:针对|对于|关于|围绕)|(?:上年|去年|20[0-9]{2}年)[^，。；]{0,4}(?:指出|提出|存在|反映|查摆|查找|发现|梳理)的)[^，。；]{0,40}(?:问题|不足|短板)"
)
_HAPPENED = re.compile("被追[究责]|[0-9]人[^，。；]{0,12}(?:追究|追责|问责)|发生[^，。；]{0,6}(?:追究|追责|问责)")
_NONE = re.compile("未发生|没有|未出现|无")
_NOT_SO = re.compile(
    "不(及时|到位|充分|完善|规范|统一|均衡|平衡|明显|理想|合理|全面|深入|[高够足强多快深细准严大全优活便畅力清明顺])"
)
_OFFICE = re.compile("[省市县区]((?:[\u4e00-\u9fff]{2,6}?(?:局|厅|委|办公室|馆|院|中心|政府)|人大代表|政协委员))")


def standing(reading: Reading, piece: Piece, one: Stated, bad: object) -> None:
    """Done, going on, planned; said or denied."""
    say = bad
    assert callable(say)
    text = reading.text[piece.start : piece.end]
    if one.status == "planned" and one.kind not in ("problem", "result"):
        if not planned(reading, piece) or re.search("^已|已经|[^未]已(?!有)", _IN_PLANS.sub("", text)):
            if one.prior:
                say(piece.start, piece.end, "unverified", f"这是上年的计划，没有说已经做了：{one.text}。")
            else:
                say(piece.start, piece.end, "contradicted", f"这是计划，还没有做：{one.text}。")
        return
    denies = negative(_wanting(text, one))
    if not denies and _HAPPENED.search(text) and any(_denied(clause, text) for clause in one.text.split("，")):
        say(piece.start, piece.end, "contradicted", f"与已确认的情况相反：{one.text}。")
        return
    if (denies and not one.negative and not (one.status == "ongoing" and _OPEN.search(text))) or (
        one.negative and not denies and re.match("未|没有|全年未|无", one.text) and re.search("发生|出现|存在|有", text)
    ):
        say(piece.start, piece.end, "contradicted", f"与已确认的情况相反：{one.text}。")
    if one.status == "ongoing" and one.kind not in ("problem",) and not denies:
        complete = _COMPLETE.search(text)
        held = _PARTLY.sub("", _UNDONE.sub("", one.text))
        most = max((v for v, _ in one.numbers), default=None)
        whole = len(one.numbers) > 1 and any(t.quantity and t.quantity.value == most for t in piece.segment.tokens)
        every = re.search("全部|所有|全面|全数|悉数|[均都]已" + ("|[均都]" if whole else ""), text)
        partly = not every and any(
            t.kind == "num" and t.quantity and t.quantity.value != most and not number_differs(reading, t, one, piece)
            for t in piece.segment.tokens
        )
        if (
            (every and every.group() not in held)
            or (not partly and complete and complete.group() not in held and "正在" not in text)
            or (not partly and "已" not in one.text and _DONE.search(text))
        ):
            say(piece.start, piece.end, "contradicted", f"这项工作还在进行：{one.text}。")
    _opposed(reading, piece, one, say)
    if (pair := _LIST_OF_TWO.search(text)) and not _LIST_OF_TWO.search(text, pair.end()):
        for here, there in (pair.groups(), pair.groups()[::-1]):
            if there in one.text and here not in one.text and re.search(f"、{there}|{there}[、和]", one.text):
                at = piece.start + text.index(here)
                say(at, at + len(here), "contradicted", f"与已确认的情况不符：{one.text}。")
    wide = re.search("均|都|各|所有|全部|每个", text)
    general = re.search("均|都|各|所有|全|每|统一|逐", one.text)
    counted = any(t.kind == "num" and not number_differs(reading, t, one, piece) for t in piece.segment.tokens)
    if wide and piece.triggers and not general and not counted and one.kind not in ("problem", "contact"):
        say(piece.start, piece.end, "unverified", f"已确认的情况没有说全部都是这样，只有：{one.text}。")
    settled = one.status == "done" and one.kind != "problem" and not one.prior
    again = _GOES_ON.search(text) or piece.score < _SURE
    if settled and one.kind == "rectification" and _AHEAD.search(text) and not again:
        say(piece.start, piece.end, "contradicted", f"这件事已经完成：{one.text}。")
        return
    if settled and re.search(_GOING, text) and not re.search(_GOING, one.text):
        say(piece.start, piece.end, "contradicted", f"这件事已经完成：{one.text}。")


def _denied(clause: str, text: str) -> bool:
    """全年未发生责任追究情形, where the text has somebody held responsible."""
    return _NONE.search(clause) is not None and len(pairs_in(clause) & pairs_in(text)) >= 1 and "追" in clause + text


def _wanting(text: str, one: Stated) -> str:
    """A problem's 不高 denies nothing, unless the statement says it without 不; nor does 针对…不及时的问题."""
    text = AT_PROBLEM.sub("", text)
    if one.kind != "problem" and one.status != "ongoing":
        return text
    return _NOT_SO.sub(lambda found: found.group() if found[1] in one.text.replace(found.group(), "") else "", text)


def _opposed(reading: Reading, piece: Piece, one: Stated, say: Callable[..., None]) -> None:
    """Another channel than the statement's, or the opposite of its words."""
    text = canonical(reading.text[piece.start : piece.end])
    told = canonical(one.text)
    for words in phrases("bland")["opposites"]:
        for word, other in (words, words[::-1]):
            if word in text and word not in told and other in told and other not in text:
                at = piece.start + text.index(word)
                say(at, at + len(word), "contradicted", f"与已确认的情况相反：{one.text}。")
    if piece.family in ("honour", "case", "rank"):
        bare = _OWN_AREA.sub("", text)
        for level in _LEVELS:
            other = any(x in told and x not in bare for x in _LEVELS)
            if level in bare and level not in told and other:
                at = piece.start + text.index(level)
                say(at, at + len(level), "contradicted", f"与已确认的情况不符：{one.text}。")
    if (first := FIRST.search(text)) and one.places and min(one.places) > (parse_number(first[1]) or 0):
        at = piece.start + first.start()
        say(at, at + len(first.group()), "contradicted", f"与已确认的情况不符：{one.text}。")
    meetings = {m[1]: m for m in _MEETING.finditer(text)}
    held = {m[1] for m in _MEETING.finditer(told)}
    if meetings and held and not held & meetings.keys():
        met = next(iter(meetings.values()))
        say(piece.start + met.start(), piece.start + met.end(), "contradicted", f"与已确认的情况不符：{one.text}。")
    for kind in (_PRIZE, _DELEGATE):
        here = {m.group(): m.start() for m in kind.finditer(text)}
        there = {m.group() for m in kind.finditer(told)}
        for word, at in here.items():
            if there and word not in there and not any(word in other or other in word for other in there):
                say(piece.start + at, piece.start + at + len(word), "contradicted", f"与已确认的情况不符：{one.text}。")
    if (nation := _NATIONAL.search(text)) and nation.group() not in told and re.search("[省市县区]", told):
        at = piece.start + nation.start()
        say(at, at + len(nation.group()), "contradicted", f"与已确认的情况不符：{one.text}。")
    if (state := _MINISTRY.search(text)) and state.group() not in told and re.search("[省市县区]", told):
        at = piece.start + state.start()
        say(at, at + len(state.group()), "contradicted", f"与已确认的情况不符：{one.text}。")
    for office in _OFFICE.finditer(text):
        other = re.search(f"[省市县区]{office[1]}", told)
        if other and office.group() not in told:
            at = piece.start + office.start()
            say(at, at + len(office.group()), "contradicted", f"与已确认的情况不符：{one.text}。")
    said, known = channels_in(text), channels_in(told)
    if said and known and not said & known and one.kind != "contact":
        say(piece.start, piece.end, "contradicted", f"与已确认的情况不符：{one.text}。")
