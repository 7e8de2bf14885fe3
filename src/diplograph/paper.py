"""What a report says, apart from how it looks: blocks that become Markdown or one printable HTML page.

Text is kept as it is and escaped where it is written, once for each form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape as escape_html
from typing import Literal, TypeVar, get_args
from urllib.parse import quote as percent_encode

from diplograph.model import DiplographError
from diplograph.wording import Language, say

_Thing = TypeVar("_Thing")

PaperForm = Literal["md", "html"]
PAPER_FORMS: tuple[PaperForm, ...] = get_args(PaperForm)

#: How many entries of a list are shown.
LISTED = 50

#: What Markdown or HTML would read as markup; "http:" and "www." lose what makes bare links of them.
_MARKUP = re.compile(r"[\\`*_{}\[\]#|~$@]|(?<=http):|(?<=https):|(?<=www)\.", re.IGNORECASE)
_HTML = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}
#: Control characters, and those that reverse the direction of the text after them.
_UNSEEN = re.compile("[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+")
_NUMBER = re.compile(r"-?\d+\.\d+")
_DATE = re.compile(r"\d{4}-\d\d(-\d\d)?")
_WEB = re.compile(r"https?://", re.IGNORECASE)


class PaperError(DiplographError):
    """A report was asked for in a form that there is not."""


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads to an address, if that is one on the web; else the text alone."""

    text: str
    address: str


#: What stands in a cell, an entry or a paragraph: text, a number, or several of these one after the other.
Run = str | int | float | Link
Content = Run | tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header; `total` is how many there are where only the first are shown."""

    header: tuple[str, ...]
    rows: tuple[tuple[Content, ...], ...]
    total: int = 0


@dataclass(frozen=True, slots=True)
class Entries:
    """A list; how many `more` there are is told."""

    entries: tuple[Content, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    content: Content


Block = Table | Entries | Text


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Paper:
    """A report, a dossier, a brief: a title, a line under it, sections in order, in one language."""

    title: str
    sections: tuple[Section, ...]
    note: str = ""
    language: Language = "en"

    def render(self, form: PaperForm = "md") -> str:
        """The paper as Markdown or as a page.

        Raises:
            PaperError: there is no such form.
        """
        if form not in PAPER_FORMS:
            raise PaperError(f"no form {form!r}: choose one of {', '.join(PAPER_FORMS)}")
        return self.to_html() if form == "html" else self.to_markdown()

    def to_markdown(self) -> str:
        """GitHub's dialect; text from outside is shown letter for letter. What has no rows is "None."."""
        parts = [f"# {escape(self.title)}", *([escape(self.note)] if self.note else [])]
        for section in self.sections:
            parts += [f"## {escape(section.title)}", *(_markdown(block, self.language) for block in section.blocks)]
        return "\n\n".join(parts) + "\n"

    def to_html(self) -> str:
        """One page for the screen and for paper; it runs no script and loads nothing."""
        body = [f"<h1>{_html(self.title)}</h1>", *([f"<p>{_html(self.note)}</p>"] if self.note else [])]
        for section in self.sections:
            inside = "\n".join(_html_block(block, self.language) for block in section.blocks)
            body.append(f"<section>\n<h2>{_html(section.title)}</h2>\n{inside}\n</section>")
        return _PAGE.format(language=self.language, title=_html(self.title), style=_STYLE, body="\n".join(body))

    def __repr__(self) -> str:
        return f"Paper({self.title!r}, {len(self.sections)} sections)"

    def _repr_html_(self) -> str:
        page = escape_html(self.to_html())
        return f'<iframe sandbox srcdoc="{page}" width="100%" height="500" style="border:0"></iframe>'


def section(title: str, *blocks: Block) -> Section:
    """A section of these blocks."""
    return Section(title, blocks)


def table(header: Sequence[str], rows: Iterable[Sequence[Content]], *, total: int = 0) -> Table:
    """A table of these rows."""
    return Table(tuple(header), tuple(map(tuple, rows)), total)


def entries(things: Sequence[_Thing], write: Callable[[_Thing], Content]) -> Entries:
    """A list of the first `LISTED` of these things, each written by `write`."""
    return Entries(tuple(map(write, things[:LISTED])), max(len(things) - LISTED, 0))


def escape(text: str) -> str:
    """Text from outside as Markdown shows it letter for letter, on one line, without links, markup or HTML."""
    return _MARKUP.sub(r"\\\g<0>", _line(text)).translate(_HTML)


def _line(text: str) -> str:
    return " ".join(_UNSEEN.sub(" ", text).split())


def _runs(content: Content) -> tuple[Run, ...]:
    return content if isinstance(content, tuple) else (content,)


def _markdown(block: Block, language: Language) -> str:
    match block:
        case Text(content):
            return _markdown_content(content)
        case Entries(items, more):
            lines = [f"- {_markdown_content(item)}" for item in items]
            lines += [f"- {_and_more(more, language)}"] if more else []
            return "\n".join(lines) or say("None.", language)
        case Table(header, rows, total):
            if not rows:
                return say("None.", language)
            lines = [f"| {' | '.join(map(_markdown_content, row))} |" for row in rows]
            text = "\n".join([f"| {' | '.join(map(escape, header))} |", "|" + " --- |" * len(header), *lines])
            return text + (f"\n\n{_of_how_many(rows, total, language)}" if total > len(rows) else "")


def _and_more(more: int, language: Language) -> str:
    return say("and {count} more", language, count=more)


def _of_how_many(rows: Sequence[object], total: int, language: Language) -> str:
    return say("The first {shown} of {total}.", language, shown=len(rows), total=total)


def _markdown_content(content: Content) -> str:
    """Runs one after the other; the blanks between them stay."""
    return "".join(_markdown_run(run) for run in _runs(content))


def _markdown_run(run: Run) -> str:
    if isinstance(run, Link):
        return f"[{escape(run.text)}](<{_address(run)}>)" if _WEB.match(run.address) else escape(run.text)
    return _around(str(run), escape)


def _around(text: str, write: object) -> str:
    """A run with the blank it begins or ends with."""
    before, after = (" " if text[:1].isspace() else ""), (" " if text[-1:].isspace() and text.strip() else "")
    return f"{before}{write(text)}{after}"  # type: ignore[operator]


def _address(link: Link) -> str:
    return percent_encode(link.address, safe="%:/?#@!$&'()*+,;=~[]")


def _html(text: str) -> str:
    return escape_html(_line(text))


def _html_block(block: Block, language: Language) -> str:
    match block:
        case Text(content):
            return f"<p>{_html_content(content)}</p>"
        case Entries(items, more):
            if not items:
                return f"<p>{say('None.', language)}</p>"
            rest = f"<li>{_and_more(more, language)}</li>" if more else ""
            return f"<ul>{''.join(f'<li>{_html_content(item)}</li>' for item in items)}{rest}</ul>"
        case Table(header, rows, total):
            if not rows:
                return f"<p>{say('None.', language)}</p>"
            columns = list(zip(*rows, strict=True))
            marks = [' class="number"' if any(column) and all(map(_is_number, column)) else "" for column in columns]
            head = "".join(
                f'<th scope="col"{mark}>{_html(name)}</th>' for name, mark in zip(header, marks, strict=True)
            )
            body = "\n".join(f"<tr>{''.join(map(_html_cell, row))}</tr>" for row in rows)
            rest = f"<p>{_of_how_many(rows, total, language)}</p>" if total > len(rows) else ""
            return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>{rest}"


def _html_cell(content: Content) -> str:
    kind = "number" if _is_number(content) else "date" if _DATE.fullmatch(str(content)) else ""
    mark = f' class="{kind}"' if kind else ""
    return f"<td{mark}>{_html_content(content)}</td>"


def _is_number(content: Content) -> bool:
    return bool(content == "" or isinstance(content, (int, float)) or _NUMBER.fullmatch(str(content)))


def _html_content(content: Content) -> str:
    return "".join(_html_run(run) for run in _runs(content))


def _html_run(run: Run) -> str:
    if isinstance(run, Link):
        if not _WEB.match(run.address):
            return _html(run.text)
        return f'<a href="{escape_html(_address(run))}" rel="noopener noreferrer nofollow">{_html(run.text)}</a>'
    return _around(str(run), _html)


_STYLE = """
@page { size: A4; margin: 18mm 16mm; }
:root { color-scheme: light; }
body { font: 15px/1.45 Georgia, "DejaVu Serif", serif; color: #1a1a1a; background: #fff; max-width: 60rem;
  margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.7rem; margin: 0 0 .5rem; }
h2 { font-size: 1.15rem; margin: 1.8rem 0 .5rem; border-bottom: 1px solid #999; break-after: avoid; }
table { border-collapse: collapse; min-width: 50%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .25rem .9rem .25rem 0; border-bottom: 1px solid #ddd;
  overflow-wrap: break-word; }
th { border-bottom: 1px solid #555; font-weight: 600; }
thead { display: table-header-group; }
tr, li { break-inside: avoid; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.date { white-space: nowrap; }
ul { padding-left: 1.2rem; }
li { margin: .25rem 0; }
a { color: #0b4a8f; }
@media print { body { font-size: 10.5pt; margin: 0; max-width: none; padding: 0; } a { color: inherit; } }
"""
_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}
</body>
</html>
"""
