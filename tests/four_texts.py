"""Four articles in which four persons meet, for collections that grow."""

from __future__ import annotations

import json
from pathlib import Path

TEXTS = [
    "Посол Казахстана в Латвии Ержан Тестов 12 марта 2026 года встретился с министром транспорта Латвии Янисом Пробиньшем.",
    "Посол Чехии в Казахстане Павел Проба 3 марта 2026 года встретился с министром транспорта Казахстана Маратом Образцовым.",
    "Министр транспорта Казахстана Марат Образцов 5 марта 2026 года принял посла Латвии в Казахстане Юриса Калниньша.",
    "Министр культуры Чехии Иржи Новотник 7 марта 2026 года встретился с послом Казахстана в Латвии Ержаном Тестовым.",
]


def lines(path: Path, *numbers: int) -> Path:
    """A file of articles with the ids n0, n1, …"""
    articles = [{"id": f"n{number}", "text": TEXTS[number]} for number in numbers]
    path.write_text("".join(json.dumps(article) + "\n" for article in articles), "utf-8")
    return path
