"""Which language a text is in: the letters tell Russian, Kazakh and English, a model of 130 languages the others."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

_KAZAKH = re.compile("[әғқңөұүһі]", re.IGNORECASE)
#: Letters of Russian that Bulgarian, Macedonian, Serbian and Ukrainian do not have.
_RUSSIAN_ONLY = re.compile("[ыэё]", re.IGNORECASE)
_O = re.compile("о", re.IGNORECASE)
_NOT_RUSSIAN = re.compile("[\u0402-\u040f\u0452-\u04ff]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_LETTER = re.compile(r"[^\W\d_]")
#: Kazakh spends 15 to 20 of 100 letters on its own; a Russian text with Kazakh names stays below 2.
_KAZAKH_SHARE = 0.05
#: Russian spends 2 to 3 of 100 letters on ы, э and ё, 9 to 11 on о (Kazakh 3, written without its letters 5), and
#: none on other alphabets but in names.
_RUSSIAN_SHARE, _O_SHARE, _FOREIGN_SHARE = 0.012, 0.06, 0.02
#: Fewer letters are a byline or a table: nothing that a model knows better.
_ENOUGH = 30
#: The language that the letters tell stands if the model finds it this likely, the best one being 1.
_DOUBT = 0.25
#: What the model tells apart and no reader of ours does.
_SAME = {"wuu": "zh", "yue": "zh", "uzs": "uz", "ary": "ar", "arz": "ar"}
#: How much of a text is looked at, in characters.
_SAMPLE = 20_000


def tell_language(text: str) -> str:
    """The ISO 639 code of the language of `text`: "ru", "kk", "en" or another, "ru" where there is no letter.

    >>> tell_language("Қасым-Жомарт Токаев принял посла Германии"), tell_language("Президент елшіні қабылдады")
    ('ru', 'kk')
    """
    text = text[:_SAMPLE]
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    letters = len(_LETTER.findall(text))
    cyrillic_language = "kk" if len(_KAZAKH.findall(text)) > _KAZAKH_SHARE * cyrillic else "ru"
    by_letters = "en" if latin > cyrillic else cyrillic_language
    if letters < _ENOUGH and letters <= 2 * (cyrillic + latin):  # else another script, which few letters tell
        return by_letters
    if (
        2 * cyrillic > letters
        and by_letters == "ru"
        and len(_RUSSIAN_ONLY.findall(text)) >= _RUSSIAN_SHARE * cyrillic
        and len(_O.findall(text)) >= _O_SHARE * cyrillic
        and len(_NOT_RUSSIAN.findall(text)) <= _FOREIGN_SHARE * cyrillic
    ):
        return "ru"  # also a text full of foreign names, which might mislead the model
    ranked = _model().rank(text)
    best, sure = ranked[0]
    return by_letters if dict(ranked)[by_letters] > _DOUBT * sure else _SAME.get(best, best)


@cache
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - half a second, which few pay

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
