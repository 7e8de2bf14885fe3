"""robots.txt (RFC 9309): what a site asks programs to leave alone, and how slowly to go."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote

_LONGEST, _MOST_RULES = 500_000, 5_000


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules for us: pairs of allowed and path, and the pause in seconds that the site asks for."""

    rules: tuple[tuple[bool, str], ...] = ()
    pause: float = 0.0

    def allows(self, path: str) -> bool:
        """Whether a path (with its query) may be fetched: the longest rule decides, allowing wins a tie."""
        path = unquote(path)
        found = [(len(rule), allowed) for allowed, rule in self.rules if _matches(rule, path)]
        return max(found, default=(0, True))[1]


#: For a site whose robots.txt cannot be had because its server fails.
NOTHING = Robots(rules=((False, "/"),))


def parse_robots(text: str, *, agent: str) -> Robots:
    """The rules of the group for `agent` (its name in small letters), else of the group for ``*``."""
    groups: dict[str, list[tuple[str, str]]] = {}
    names: list[str] = []
    in_rules = False
    for line in text[:_LONGEST].splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            names = [value.lower()] if in_rules else [*names, value.lower()]
            in_rules = False
        elif key in ("allow", "disallow", "crawl-delay"):
            in_rules = True
            for name in names:
                groups.setdefault(name, []).append((key, value))
        for name in names:
            groups.setdefault(name, [])
    lines = groups.get(agent, groups.get("*", []))[:_MOST_RULES]
    rules = tuple((key == "allow", unquote(value)) for key, value in lines if key != "crawl-delay" and value)
    return Robots(rules, max((_seconds(value) for key, value in lines if key == "crawl-delay"), default=0.0))


def _seconds(value: str) -> float:
    return min(float(value), 60.0) if value.replace(".", "", 1).isdecimal() and len(value) < 10 else 0.0


def _matches(rule: str, path: str) -> bool:
    """Whether a rule with ``*`` (anything) and ``$`` (the end) fits the path, in linear time.

    >>> _matches("/*.pdf$", "/a/b.pdf"), _matches("/private", "/privateer"), _matches("/a$", "/ab")
    (True, True, False)
    """
    whole = rule.endswith("$")
    first, *others = rule.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    if not others:
        return not whole or path == first
    at = len(first)
    for part in others[:-1]:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    last = others[-1]
    if whole:
        return path.endswith(last) and len(path) - len(last) >= at
    return path.find(last, at) >= 0
