"""Places where a sentence says that somebody is, or goes to."""

from __future__ import annotations

from collections.abc import Iterator

from diplograph import gazetteer
from diplograph.extract.entities import Entity
from diplograph.extract.parts import SentenceParts
from diplograph.extract.post_words import verbs_of, words_of


def located(part: SentenceParts, entity: Entity) -> str | None:
    """The state of a place where something is: «в Иордании», «в Аммане»; None for «поездка в Иорданию»."""
    words = part.sentence.words
    before = words[entity.first - 1].low if entity.first else ""
    last = words[entity.end - 1]
    whither = last.case == "Acc" and not last.text.isupper() and not last.low.endswith(("о", "и", "у", "е", "э"))
    resides = any(w.low.startswith("резиденц") for w in words[max(0, entity.first - 3) : entity.first])
    if before not in ("в", "во", "на") or whither or resides:
        return None
    if entity.kind == "state":
        return entity.state
    return gazetteer.place(entity.ref.key).state if entity.kind == "place" else None


def lead_place(part: SentenceParts) -> Entity | None:
    """«Исламабад. Министр торговли …»: a city that stands alone as a sentence leads its paragraph; else None."""
    words = [w for w in part.sentence.words if w.text.isalpha() or "-" in w.text]
    if len(part.entities) != 1 or part.entities[0].kind != "place" or len(words) > 2:
        return None
    return part.entities[0]


def stops(part: SentenceParts) -> Iterator[str]:
    """The states where a sentence says that somebody is, or goes to: «в Ханое», «визит в Японию»."""
    words = part.sentence.words
    for entity in part.entities:
        if is_topical(part, entity):
            continue
        state = located(part, entity)
        before = words[max(0, entity.first - 4) : entity.first]
        if state is None and before and before[-1].low in ("в", "во", "на"):
            travels = any(w.low in verbs_of("journey") or w.low in words_of("journey") for w in before)
            state = entity.state or (gazetteer.place(entity.ref.key).state if entity.kind == "place" else None)
            state = state if travels else None
        if state is not None:
            yield state


def is_topical(part: SentenceParts, entity: Entity) -> bool:
    """«говорил о предстоящей в Баку сессии»: a place inside what was talked about."""
    return any(w.low in ("о", "об") for w in part.sentence.words[max(0, entity.first - 6) : entity.first])
