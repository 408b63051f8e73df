"""One thing changed in a true sentence (digit, label, direction, unit, base, year): its verdict changes."""

import pytest

from nianbao.checking import check_text
from tests.checking.labelled import factset

# fact set, a true sentence, what is changed, into what
MUTATIONS = [
    ("county-office", "新收政府信息公开申请104件，办结106件。", "104", "140"),
    ("county-office", "新收政府信息公开申请104件，办结106件。", "106", "160"),
    ("county-office", "新收政府信息公开申请一百零四件。", "零四", "四"),
    ("county-office", "予以公开44件、部分公开13件。", "予以公开44件、部分公开", "部分公开44件、予以公开"),
    ("county-office", "自然人68件、商业企业21件。", "自然人68件、商业企业", "商业企业68件、自然人"),
    ("county-office", "行政复议9件，行政诉讼6件。", "行政复议9件，行政诉讼", "行政诉讼9件，行政复议"),
    ("county-office", "行政复议9件，其中维持5件、纠正2件。", "维持5件、纠正", "纠正5件、维持"),
    (
        "county-office",
        "未经复议直接起诉2件，复议后起诉4件。",
        "未经复议直接起诉2件，复议后起诉",
        "复议后起诉2件，未经复议直接起诉",
    ),
    ("county-office", "新收申请比上年增加24件。", "增加", "减少"),
    ("county-office", "办理网民留言比上年下降17%。", "下降", "增长"),
    ("county-office", "编发政府公报6期，与上年持平。", "与上年持平", "比上年有所增加"),
    ("county-office", "举办培训3期，186人次参加。", "人次", "名"),
    ("county-office", "应收信息处理费900元。", "元", "万元"),
    ("big-city", "行政事业性收费48620.3572万元。", "万元", "元"),
    ("big-city", "全市主动公开政府信息45.28万条。", "万", ""),
    ("county-office", "新收申请104件，较2024年增长30%。", "2024年", "2023年"),
    ("county-office", "新收申请104件，同比增长30%。", "同比", "环比"),
    ("county-office", "新收申请104件，同比增长30%。", "30%", "30个百分点"),
    ("county-office", "予以公开44件，占办结总数的41.5%。", "办结总数", "新收总数"),
    ("county-office", "自然人申请占新收总数的65.4%。", "65.4", "65.3"),
    ("county-office", "2025年，新收政府信息公开申请104件。", "2025年", "2024年"),
    ("county-office", "2月26日召开全县政务公开工作推进会。", "2月26日", "2月28日"),
    ("county-office", "获评2025年度全市政务公开工作先进单位。", "全市", "全省"),
    ("county-office", "3月31日印发《青禾县2025年政务公开工作要点》（青政办发〔2025〕9号）。", "9号", "8号"),
    ("county-office", "按照国办公开办函〔2021〕30号规定的格式编制。", "30号", "31号"),
    ("county-office", "依照条例第三十三条，自收到申请之日起20个工作日内予以答复。", "20个", "15个"),
    ("county-office", "依照条例第三十三条，自收到申请之日起20个工作日内予以答复。", "三十三", "三十"),
    ("county-office", "2026年将建立答复文书法制审核制度。", "2026年将", "已"),
    ("county-office", "行政复议、行政诉讼分别为9件和6件。", "9件和6件", "6件和9件"),
    ("county-office", "行政复议案件是行政诉讼的1.5倍。", "1.5", "2.5"),
    ("county-office", "自然人与法人或其他组织申请之比为17∶9。", "17∶9", "9∶17"),
    ("county-office", "予以公开和部分公开合计57件。", "57", "58"),
    ("county-office", "新收104件中，自然人68件，其余36件为法人或其他组织。", "36", "35"),
    ("county-office", "举办培训3期，平均每期62人次。", "62", "63"),
    ("county-office", "县政府门户网站发布信息近2500条。", "近2500", "近2400"),
    ("zero-township", "全年未收到政府信息公开申请。", "未收到", "收到2件"),
    ("county-bureau", "没有被纠正的行政复议案件。", "纠正", "维持"),
    ("county-bureau", "结转下年度的2件申请，申请人均为自然人。", "自然人", "商业企业"),
    ("county-office", "我办依法办理申请，新收104件。", "我办", "我局"),
    ("county-office", "不予公开的申请中，属于三类内部事务信息2件。", "三类", "四类"),
]


def verdicts(name, text):
    return [c.verdict for c in check_text(text, factset(name))]


@pytest.mark.parametrize(("name", "text", "old", "new"), MUTATIONS)
def test_the_verdict_changes_with_the_fact(name, text, old, new):
    assert text.count(old) == 1 or old in ("元",)
    assert set(verdicts(name, text)) == {"supported"}
    assert {"contradicted", "unverified"} & set(verdicts(name, text.replace(old, new)))
