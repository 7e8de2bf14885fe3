"""Whether what a report names is enough to say that somebody met."""

from __future__ import annotations

from diplograph.extract.drafts import Draft
from diplograph.extract.encounter_words import starts_word
from diplograph.extract.reports import Report, is_with, unnamed_partner
from diplograph.lexicon import words


def suffices(draft: Draft, report: Report) -> bool:
    """Whether what is named suffices for an encounter."""
    group, groups = report.group, report.groups
    personal = group in ("with", "receive", "call", "sign")
    if draft.status == "planned":
        if personal and draft.type == "meeting" and not draft.participants:
            return bool(draft.date and draft.place) and _is_arranged(report)
        set_down = draft.date or draft.place or draft.country or len(draft.participants) > 1
        talk = group == "discuss" and len(draft.participants) > 1
        sits = draft.type == "session" and "happen" in groups  # «спор рассмотрит 2 февраля Совет министров»
        if draft.type == "credentials" and group == "hand":
            return bool(draft.participants and draft.date)  # «вручит грамоты в апреле»
        comes = group in ("visit", "together") or (group == "become" and draft.type == "visit" and draft.date)
        return bool(set_down) and bool("event" in groups or personal or talk or sits or comes)
    if len(draft.participants) >= 2:
        if group == "visit" and _travel_together(report):
            return True
        if group == "event" and draft.type == "visit" and not groups & {"happen", "become", "stay"}:
            return draft.date is not None
        if group in ("become", "happen"):
            return bool(groups & {"event", "partner"}) or any(a.case == "Gen" for a in report.actors)
        return group not in ("visit", "stay") or "event" in groups or (group == "visit" and draft.type == "meeting")
    if group == "visit" or (draft.type == "visit" and groups & {"happen", "become", "stay"}):
        # «Кыргызстан посещает делегация Сейма»: a delegation too, where it is dated
        sides = draft.participants or (draft.date and draft.organizations and draft.states)
        return bool(sides and (draft.country or draft.place or (draft.participants and draft.organizations)))
    if (
        draft.type in ("session", "consultations", "conference")
        and any(t.type for t in report.triggers)
        and groups & {"happen", "become", "discuss"}
    ):
        return bool(draft.organizations or len(draft.states) >= 2 or draft.participants)
    if draft.type == "credentials":
        return bool(draft.participants) and len(draft.states) > 1
    talks = group == "event" and "happen" in groups and draft.type in ("meeting", "call")
    if talks and len(draft.participants) == 1 and draft.organizations and unnamed_partner(report.words):
        return True  # «провёл встречу с руководством палаты»
    if group == "sign" and len(draft.organizations) > 1 and not draft.participants:
        return True  # «Агентство и ведомство подписали меморандум»
    if len(draft.participants) == 1 and personal:
        aside = report.part.sentence.words[report.trigger.index].tag.verb_form == "Conv"
        press = starts_word(report.text, words("ru", "encounters")["afar"]["stems"])
        if aside or press:
            return False  # «пошутил он, беседуя с журналистами»
        return bool(draft.organizations) or (group in ("with", "receive") and unnamed_partner(report.words))
    return False


def _is_arranged(report: Report) -> bool:
    """«Следующий раунд примет Тегеран», «Эксперты соберутся в мае в Дубровнике»: talks of people who are not named."""
    if report.group == "receive":
        return "event" in report.groups
    several = tuple(words("ru", "encounters")["assembling"]["several"])
    return any(w.low.startswith(several) and w.case == "Nom" for w in report.words)


def _travel_together(report: Report) -> bool:
    """«вместе с послом посетил завод»."""
    tokens = report.part.sentence.words
    subjects = [a for a in report.actors if a.case == "Nom" and a.named]  # «послы А и Б посетили завод»
    return len(subjects) > 1 or any(a.case == "Ins" and a.named and is_with(tokens, a) for a in report.actors)
