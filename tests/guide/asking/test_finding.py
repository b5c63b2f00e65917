"""What people type on the home page, in their own words and letters: the bundle stands among the first three."""

import pytest

from bundles.loading import catalogue
from guide.asking.finding import find
from guide.asking.said import SAID

TYPED = {
    "newborn": "生娃 生小孩 生了 生宝宝 娃娃 宝宝上户口 上戶口 嬰兒 生 出生證 新生兒 上　户　口",
    "after-death": "死了 死 人没了 老人走了 身後 身后 办丧事 辦喪事 遺產 父亲死了 去世",
    "marriage-childbearing": "結婚 结婚 婚 扯证 领结婚证 領證 嫁人 懷孕 登记结婚",
    "business-start": "開店 开店 做生意 开公司 開公司 營業執照 註冊公司",
    "disability-support": "殘疾人 残疾 残废 殘疾證 輪椅",
    "second-hand-home": "房 房子 买房 買房 卖房子 过户 過戶 二手房",
    "housing-fund-loan": "公积金 公積金 房贷 貸款 贷款买房",
    "retirement": "退休 退休金 养老 養老金 老了",
    "restaurant-opening": "开饭馆 餐馆 餐 開餐館 餐飲",
    "veteran": "当兵 當兵 退伍 兵 退役軍人",
    "business-closure": "關店 关店 公司不干了 倒闭 註銷公司 注销",
    "employee-hiring": "招人 招工 请人 招聘 勞動合同",
    "flexible-employment": "打工 自由职业 自己交社保 送外卖 靈活就業",
    "enterprise-property": "厂房 廠房 买厂房",
    "land-preexam": "用地 批地 用地預審",
    "river-outfall": "排污 污水 排污口",
}


@pytest.mark.parametrize(("id", "typed"), [(id, typed) for id, all_typed in TYPED.items()
                                           for typed in all_typed.split(" ") if len(typed) > 0])  # fmt: skip
def test_what_people_type_finds_the_bundle(id: str, typed: str) -> None:
    assert id in [bundle.id for bundle in find(typed)[:3]]


def test_words_with_blanks_between_are_the_same_words() -> None:
    assert find("上 户 口") == find("上户口") == find("上　戶\t口")


def test_only_bundles_that_there_are_have_words_of_their_own() -> None:
    assert set(SAID) <= set(catalogue().ids)
