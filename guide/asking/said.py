"""What people say for a bundle where neither its title nor its keywords do, and traditional characters made simplified.

These words are looked for and never shown, so nobody translates them.
"""

SAID = {
    "after-death": "死 死了 死人 人没了 老人走了 老人去世 亲人去世 走了 没了 办丧事 丧事 白事 下葬 墓地 丧葬 抚恤",
    "business-closure": "不开了 不干了 倒闭 关门 关张 停业 公司不要了 店不开了 关厂 注销店 注销执照",
    "business-start": "做生意 开个店 开小店 开铺子 办公司 开厂 开网店 当老板 个体 执照 注册 摆摊",
    "disability-support": "残废 残疾 聋哑 盲人 瘸 瘫痪 残障 残疾补助",
    "employee-hiring": "招聘 请人 雇人 请工人 用工 签合同 交五险",
    "enterprise-property": "厂房 买厂房 公司房产 企业过户 企业不动产",
    "flexible-employment": "打工 零工 没单位 自由职业者 自己买社保 自己交养老 个人交社保 送外卖 跑滴滴",
    "housing-fund-loan": "贷款 贷款买房 房子贷款 按揭",
    "land-preexam": "用地 批地 土地审批 征地",
    "marriage-childbearing": "扯证 扯结婚证 领结婚证 婚 嫁 娶 嫁人 娶媳妇 结婚了 办喜事 怀孕 怀上了 登记结婚",
    "newborn": "生娃 生娃娃 生宝宝 生小孩 生了 生下来 有孩子了 娃娃 娃 添丁 小孩上户口 孩子出生 月子 宝宝上户",
    "restaurant-opening": "餐 餐馆 饭馆 饭店 开饭馆 餐饮 卖吃的 开小吃店 火锅店 卖早点 食品证",
    "retirement": "养老 老了 不上班了 领退休金 退休了 内退",
    "river-outfall": "排污 污水 排水 废水",
    "second-hand-home": "房 房子 买房子 卖房子 买二手房 卖二手房 过户房子 房屋过户 换房 房本",
    "veteran": "当兵 兵 军人 参军 退伍兵 复员军人 老兵 部队",
}
_PAIRS = (
    "結结開开關关閉闭殘残後后辦办證证戶户買买賣卖貸贷養养產产業业員员療疗醫医藥药優优補补貼贴險险領领勞劳動动創创註注冊册"
    "記记登登離离喪丧葬葬遺遗繼继產产廠厂館馆餐餐飲饮執执照照營营稅税發发從从軍军轉转復复員员當当兵兵國国來来個个體体戶户"
    "嬰婴兒儿寶宝歲岁學学校校長长報报銷销費费錢钱銀银還还過过戶户籍籍遷迁選选擇择項项類类農农業业環环評评汙污污污許许"
    "積积懷怀審审預预驗验訂订約约簽签聯联單单輔辅輪轮椅椅聽听視视盲盲聾聋啞哑癱瘫瘋疯愛爱蓋盖樓楼屋屋貨货車车駛驶駕驾"
    "電电氣气燃燃網网絡络書书畫画圖图紙纸筆笔檔档號号碼码話话時时間间節节假假個个們们這这裡里嗎吗麼么無无沒没為为與与"
    "應应該该給给認认識识讓让請请問问謝谢對对錯错難难簡简繁繁雙双獨独統统計计劃划設设備备質质價价額额際际區区縣县鄉乡"
    "鎮镇處处廳厅務务員员職职願愿親亲屬属孫孙媽妈爺爷壽寿歸归遊游貧贫濟济災灾護护衛卫環环湯汤麵面館馆鍋锅燒烧滷卤"
)
SIMPLIFIED = str.maketrans(dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)))
