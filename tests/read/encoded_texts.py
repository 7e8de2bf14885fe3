"""Texts in every encoding that our sources use: declared, undeclared, wrongly declared, cut in the middle.

Kazakh cannot be written in Windows-1251 and KOI8-R: there it stands as it stood in them, without its own letters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

ENCODINGS = ("utf-8", "utf-16", "cp1251", "koi8-r", "kz1048")
KINDS = ("declared", "undeclared", "lying", "cut")
#: What a page in the encoding wrongly says it is in.
LIES = {
    "utf-8": "windows-1251",
    "utf-16": "utf-8",
    "cp1251": "utf-8",
    "koi8-r": "windows-1251",
    "kz1048": "windows-1251",
}
NAMES = {"cp1251": "windows-1251"}
_PLAIN_KAZAKH = str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮҺІ", "агкноуухиАГКНОУУХИ")

TEXTS = {
    "ru": (
        "Посол Казахстана в Латвии встретился с министром транспорта.",
        "12 марта заместитель министра иностранных дел принял посла Венгрии. Стороны обсудили состояние и перспективы"
        " двустороннего сотрудничества, обменялись мнениями о международной повестке дня.",
        "В ходе визита в Астану глава делегации провёл переговоры с председателем палаты. «Мы договорились о расширении"
        " торговли», — сказал он. Объём взаимной торговли за год вырос на 12 процентов и достиг 800 млн евро."
        " Собеседники подчеркнули важность прямого авиасообщения, подъёма экономики и обмена студентами; также было"
        " решено провести следующее заседание комиссии в Риге. В завершение гостю показали съезд фермеров в Шымкенте.",
    ),
    "en": (
        "The ambassador of Kazakhstan in Latvia met the minister of transport.",
        "On 12 March the deputy foreign minister received the ambassador of Hungary. The sides discussed trade and agreed"
        " to hold the next session of the commission in Riga.",
        "The head of the delegation held talks with the speaker of the parliament. Mutual trade grew by twelve per cent"
        " within a year. The parties stressed the importance of direct flights and of the exchange of students, and"
        " agreed to meet again. A visit of the prime minister is being prepared, the press service said on Thursday.",
    ),
    "kk": (
        "Қазақстанның Латвиядағы елшісі көлік министрімен кездесті.",
        "12 наурызда Сыртқы істер министрінің орынбасары Венгрия елшісін қабылдады. Тараптар екіжақты ынтымақтастықтың"
        " жай-күйі мен болашағын талқылады, халықаралық күн тәртібі бойынша пікір алмасты.",
        "Астанаға сапары барысында делегация басшысы палата төрағасымен келіссөз жүргізді. Екі ел арасындағы сауда көлемі"
        " бір жылда он екі пайызға өсті. Әңгімелесушілер тікелей әуе қатынасының және студенттер алмасудың маңызын атап"
        " өтті, комиссияның келесі отырысын Ригада өткізуге уағдаласты. Сондай-ақ ұлттық музейде көрме ашылды, оған"
        " Үкімет өкілдері, ғалымдар мен өнер қайраткерлері қатысты.",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Encoded:
    """A file to be: its name, its bytes, the text that must come out."""

    name: str
    data: bytes
    text: str


def encoded_texts() -> Iterator[Encoded]:
    for encoding in ENCODINGS:
        for language, texts in TEXTS.items():
            lengths = [*texts, " ".join(texts) * 4]
            for number, text in enumerate(lengths):
                if language == "kk" and encoding in ("cp1251", "koi8-r"):
                    text = text.translate(_PLAIN_KAZAKH)
                for kind in KINDS:
                    yield _encoded(text, encoding, kind, f"{encoding}-{language}-{kind}-{number}")


def _encoded(text: str, encoding: str, kind: str, name: str) -> Encoded:
    text = text.encode(encoding, "replace").decode(encoding)  # «—» is not in KOI8-R
    if kind in ("declared", "lying"):
        charset = NAMES.get(encoding, encoding) if kind == "declared" else LIES[encoding]
        page = (
            f'<!DOCTYPE html><html><head><meta charset="{charset}"><title></title></head>'
            f"<body><article><p>{text}</p></article></body></html>"
        )
        return Encoded(f"{name}.html", page.encode(encoding), text)
    data = text.encode(encoding)
    if kind == "cut":  # after an odd number of bytes, two thirds in: in the middle of a character of two
        data = data[: len(data) * 2 // 3 | 1]
        text = data.decode(encoding, "ignore")
    return Encoded(f"{name}.txt", data, text)
