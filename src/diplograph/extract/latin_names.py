"""Names of companies in Latin letters inside Russian text: «Hanwha Aerospace Co., Ltd.», «AT&T»."""

from __future__ import annotations

import re
from collections.abc import Sequence

from diplograph.extract.document import Word

#: Abbreviated legal forms that close a company's name.
LATIN_FORMS = frozenset(
    ["GmbH", "Ltd", "Inc", "Co", "Corp", "LLC", "AG", "SA", "Plc", "SpA", "NV", "Oy", "AB", "SE", "LLP"]
)


def latin_end(words: Sequence[Word], first: int, *, people: frozenset[int], known: bool) -> int:
    """Where a run of Latin words that starts with a capital ends, with its brackets, commas and legal form.

    `first` itself where no such run begins, or where it is a `known` name; `people` are the words of persons.
    """
    end = index = first
    while index < len(words) and index not in people:
        word = words[index]
        if (known and index == first) or not (word.text.isascii() or re.fullmatch("[A-Za-zÀ-ž.&-]+", word.text)):
            break
        if re.match("[A-Za-zÀ-ž]", word.text):
            if index == first and not word.is_title:
                break
            index += 1
            end = index if word.is_title or word.text.isupper() else end
        elif word.text in ("&", "-") and index > first:
            index += 1
        elif word.text in (",", ".") and index > first and _legal_form_near(words, index):
            index += 1
            end = index if word.text == "." and words[index - 2].text in LATIN_FORMS - {"GmbH"} else end
        elif word.text == "(" and index + 2 < len(words) and words[index + 2].text == ")":
            if not (index + 3 < len(words) and re.match("[A-Z]", words[index + 3].text)):
                break
            index += 3
        else:
            break
    return end


def _legal_form_near(words: Sequence[Word], index: int) -> bool:
    return any(w.text.rstrip(".") in LATIN_FORMS for w in words[max(0, index - 1) : index + 3])
