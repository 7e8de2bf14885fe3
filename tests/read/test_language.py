"""Which language a text is in, told from one sentence."""

from __future__ import annotations

import subprocess
import sys

import pytest

from diplograph.read import tell_language

SENTENCES = [
    ("ru", "Посол Казахстана в Латвии встретился с министром транспорта Латвии."),
    ("ru", "Стороны обсудили вопросы двустороннего сотрудничества."),
    ("ru", "В Астане прошли переговоры министров иностранных дел."),
    ("kk", "Қазақстан Президенті Латвия елшісін қабылдады."),
    ("kk", "Тараптар екіжақты ынтымақтастық мәселелерін талқылады."),
    ("kk", "Елші министрмен кездесті."),
    ("kk", "Астанада сыртқы істер министрлері кездесті."),
    ("en", "The ambassador of Kazakhstan met the minister of transport of Latvia."),
    ("en", "The sides discussed bilateral cooperation."),
    ("en", "Talks between the foreign ministers were held in Astana."),
    ("uk", "Посол Казахстану в Латвії зустрівся з міністром транспорту Латвії."),
    ("uk", "Сторони обговорили питання двосторонньої співпраці."),
    ("uk", "У Києві відбулися переговори міністрів закордонних справ."),
    ("uk", "Президент прийняв делегацію парламенту."),
    ("be", "Пасол Казахстана ў Латвіі сустрэўся з міністрам транспарту."),
    ("be", "Бакі абмеркавалі пытанні двухбаковага супрацоўніцтва."),
    ("be", "У Мінску прайшлі перамовы міністраў замежных спраў."),
    ("bg", "Посланикът на Казахстан в България се срещна с министъра на транспорта."),
    ("bg", "Страните обсъдиха въпроси на двустранното сътрудничество."),
    ("bg", "В София се проведоха преговори между министрите на външните работи."),
    ("sr", "Амбасадор Казахстана састао се са министром саобраћаја."),
    ("sr", "Стране су разговарале о билатералној сарадњи."),
    ("sr", "У Београду су одржани разговори министара спољних послова."),
    ("mk", "Амбасадорот на Казахстан се сретна со министерот за транспорт."),
    ("mk", "Страните разговараа за билатералната соработка."),
    ("mk", "Во Скопје се одржаа разговори меѓу министрите за надворешни работи."),
    ("ky", "Кыргыз Республикасынын Президенти Казакстандын элчисин кабыл алды."),
    ("ky", "Тараптар эки тараптуу кызматташуу маселелерин талкуулашты."),
    ("ky", "Бишкекте тышкы иштер министрлери жолугушту."),
    ("tt", "Татарстан Рәисе Казахстан илчесен кабул итте."),
    ("tt", "Яклар ике яклы хезмәттәшлек мәсьәләләрен тикшерделәр."),
    ("ba", "Башҡортостан Башлығы Ҡаҙағстан илсеһен ҡабул итте."),
    ("mn", "Монгол Улсын Ерөнхийлөгч Казахстаны Элчин сайдыг хүлээн авч уулзав."),
    ("mn", "Талууд хоёр талын хамтын ажиллагааны асуудлыг хэлэлцэв."),
    ("tg", "Президенти Тоҷикистон сафири Қазоқистонро қабул намуд."),
    ("tg", "Ҷонибҳо масъалаҳои ҳамкории дуҷонибаро баррасӣ карданд."),
    ("uz", "Ўзбекистон Президенти Қозоғистон элчисини қабул қилди."),
    ("uz", "Томонлар икки томонлама ҳамкорлик масалаларини муҳокама қилдилар."),
    ("uz", "Oʻzbekiston Prezidenti Qozogʻiston elchisini qabul qildi."),
    ("uz", "Tomonlar ikki tomonlama hamkorlik masalalarini muhokama qildilar."),
    ("de", "Der Botschafter Kasachstans traf den Verkehrsminister Lettlands."),
    ("de", "Die Seiten erörterten die bilaterale Zusammenarbeit."),
    ("fr", "L'ambassadeur du Kazakhstan a rencontré le ministre des Transports."),
    ("fr", "Les parties ont discuté de la coopération bilatérale."),
    ("es", "El embajador de Kazajistán se reunió con el ministro de Transporte."),
    ("es", "Las partes discutieron la cooperación bilateral."),
    ("it", "L'ambasciatore del Kazakistan ha incontrato il ministro dei Trasporti."),
    ("pt", "O embaixador do Cazaquistão reuniu-se com o ministro dos Transportes."),
    ("tr", "Kazakistan Büyükelçisi Ulaştırma Bakanı ile görüştü."),
    ("tr", "Taraflar ikili işbirliğini ele aldı."),
    ("az", "Qazaxıstanın səfiri nəqliyyat naziri ilə görüşüb."),
    ("az", "Tərəflər ikitərəfli əməkdaşlığı müzakirə ediblər."),
    ("pl", "Ambasador Kazachstanu spotkał się z ministrem transportu Łotwy."),
    ("cs", "Velvyslanec Kazachstánu se setkal s ministrem dopravy."),
    ("lv", "Kazahstānas vēstnieks tikās ar satiksmes ministru."),
    ("lt", "Kazachstano ambasadorius susitiko su susisiekimo ministru."),
    ("et", "Kasahstani suursaadik kohtus transpordiministriga."),
    ("hu", "Kazahsztán nagykövete találkozott a közlekedési miniszterrel."),
    ("ro", "Ambasadorul Kazahstanului s-a întâlnit cu ministrul transporturilor."),
    ("nl", "De ambassadeur van Kazachstan ontmoette de minister van Transport."),
    ("sv", "Kazakstans ambassadör träffade transportministern."),
    ("fi", "Kazakstanin suurlähettiläs tapasi liikenneministerin."),
    ("zh", "哈萨克斯坦驻华大使会见了交通部长。"),
    ("ar", "التقى سفير كازاخستان بوزير النقل."),
    ("fa", "سفیر قزاقستان با وزیر راه دیدار کرد."),
    ("ka", "ყაზახეთის ელჩი შეხვდა ტრანსპორტის მინისტრს."),
    ("hy", "Ղազախստանի դեսպանը հանդիպեց տրանսպորտի նախարարի հետ։"),
    ("ko", "카자흐스탄 대사가 교통부 장관을 만났다."),
    ("ja", "カザフスタン大使は運輸大臣と会談した。"),
]


@pytest.mark.parametrize(("language", "text"), SENTENCES)
def test_one_sentence_tells_its_language(language: str, text: str) -> None:
    assert tell_language(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Рига. 12 марта. ПРИМЕР - Посол Казахстана", "ru"),  # what has few letters is Russian unless it cannot be
        ("Визит в Прагу. Посол Казахстана", "ru"),
        ("Переговоры Токаева и Мирзиёева", "ru"),
        ("Қасым-Жомарт Тоқаев и Ермек Көшербаев встретились в Астане с министром транспорта Болгарии.", "ru"),
        ("Посол прибыл. " + "Georgi Dimitrov, " * 3, "ru"),
        ("", "ru"),
        ("12.03.2026", "ru"),
    ],
)
def test_names_of_others_do_not_change_the_language(text: str, language: str) -> None:
    assert tell_language(text) == language


def test_a_russian_text_needs_no_model() -> None:
    code = (
        "import sys; from diplograph.read import tell_language\n"
        "tell_language('Посол Казахстана встретился с министром транспорта Латвии. Стороны обсудили торговлю.')\n"
        "print('py3langid' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
