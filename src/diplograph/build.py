"""The whole way: sources → a folder with the graph, the page, the tables and an account of every input."""

from __future__ import annotations

import gc
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from diplograph import passages
from diplograph.account import Input, NothingToExtractError, Outcome
from diplograph.collection import Changes, Collection, CollectionDamagedError
from diplograph.extract import LANGUAGES, extract
from diplograph.extractions import Extraction, Extractions, key, pack, unpack
from diplograph.model import Article, Claims, DiplographError, PartialDate
from diplograph.outputs import write_outputs
from diplograph.read import Limits, Refusal, read_all
from diplograph.read.sources import paths_of
from diplograph.results import ResultFolder
from diplograph.rows import ROWS_SHOWN, html_table, html_text
from diplograph.workers import DiedError, TooLongError, apart, available_cores, can_fork, each

#: Told how many inputs are read, 0, and the latest; then how many texts are extracted, of how many, and the latest.
Progress = Callable[[int, int, str], None]

_COLLECTION, _SECOND = "collection", "collection.second"
#: A text that needs all that most texts do; the persons are invented.
_ANY_TEXT = Article(
    "none",
    "Министр иностранных дел Казахстана Ержан Тестов 11 марта встретился в Риге с послом Латвии Янисом Пробиньшем. "
    "Стороны обсудили торговлю. Он сообщил, что визит запланирован на май.",
)
#: How often what was extracted is put on disk, in seconds.
_SAVED_EVERY = 1.0


_INPUTS = "{inputs} inputs: {extracted} extracted, {empty} empty, {skipped} skipped, {failed} failed"
_FOUND = "{officials} officials, {organizations} organizations, {held} meetings held, {planned} planned"


@dataclass(frozen=True, slots=True)
class Run:
    """One build: an account of every input, sorted by source, and the files written.

    `changes` is what this run did to the collection, whose inputs of earlier runs are in `inputs` too.
    """

    inputs: tuple[Input, ...]
    numbers: Mapping[str, int]
    files: tuple[Path, ...] = ()
    changes: Changes = field(default_factory=Changes)

    def counts(self) -> dict[str, int]:
        """How many inputs came to each outcome, and how many things of each kind are asserted."""
        return dict(self.numbers)

    def summary(self) -> str:
        """The same in two lines for people."""
        return f"{_INPUTS.format(**self.numbers)}\n{_FOUND.format(**self.numbers)}"

    def _repr_html_(self) -> str:
        """What a notebook shows: `summary`, and what became of the first 50 inputs, those without an article first."""
        first = sorted(self.inputs, key=lambda entry: entry.outcome == "extracted")[:ROWS_SHOWN]
        lines = [(entry.source, entry.outcome, entry.reason or entry.remark) for entry in first]
        return html_text(self.summary()) + html_table(("source", "outcome", "reason"), lines, total=len(self.inputs))


def build(
    sources: str | Path | Iterable[str | Path] = (),
    *,
    out: str | Path | None = None,
    into: str | Path | None = None,
    withdraw: Iterable[str] = (),
    published: PartialDate | None = None,
    min_confidence: float = 0.0,
    notice: str | None = None,
    jobs: int | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
    tell: Callable[[str], None] | None = None,
) -> Run:
    """Read `sources` (see `read`), extract, resolve, and write the folder `out`, or add them to the folder `into`.

    Written are graph.ttl, graph.trig (a named graph an article), graph.html, graph.gexf, meetings.csv,
    officials.csv, nodes.csv, edges.csv, report.md and run.json; other files in the folder stay. All appear at one
    instant, so a run that fails or is killed leaves the former result as it was (see `results`). The bytes depend on
    the texts and the options alone, not on the order of the sources, the time or the folder.

    With `out` the result is made of these sources; with `into` of all that were ever given to the folder, in whatever
    order and portions: the same text again is no second article, another text under the same address, id or file name
    takes the place of the former one. `withdraw` takes out inputs by article id, address or source. One run writes to a
    folder at a time, others wait.

    Meetings below `min_confidence` are left out and listed as unsaid. `notice` is a line for the top of the page
    ("All persons are invented"). `limits` bound what one input may cost. Texts are extracted in `jobs` processes
    (default: one a core); an article that cannot be extracted, or not in time, fails alone. What is extracted is kept,
    so that a run that was stopped goes on where it was. `progress` is told how far the run is, `tell` what a user
    should know: that another run is waited for, that an earlier one was stopped, that something on disk was damaged.

    Raises:
        NothingToExtractError: no input could be read; `out` is not touched.
        CollectionDamagedError: what `into` has collected cannot be read; the folder is not touched.
        WithdrawalError: nothing has a name that was to be withdrawn; the folder is not touched.
        DiplographError: what a step cannot do at all, such as missing models or a folder that cannot be written.
    """
    if (out is None) == (into is None):
        raise DiplographError("give either the folder of a new result (out) or one to add to (into)")
    sources = [sources] if isinstance(sources, (str, Path)) else sources
    folder = ResultFolder(Path(into if into is not None else out or ""))
    tell = tell or _silent
    jobs = jobs or available_cores()
    limits = limits or Limits()
    with _writing(folder.path), folder.locked(partial(tell, f"Waiting for another run that writes to {folder.path}")):
        if folder.recover():
            tell(f"An earlier run that wrote to {folder.path} was stopped before its end; what it extracted is used.")
        with folder.unfinished() as made:
            kept = folder.home / "extractions"
            with _collection(folder, made, tell, keep=into is not None) as collection:
                changes = _collect(collection, sources, published, limits, withdraw, progress)
                texts = _extracted(collection, kept, tell, jobs=jobs, seconds=limits.seconds, progress=progress)
                inputs = _account(collection, texts)
            if into is None and not any(entry.outcome == "extracted" for entry in inputs):
                raise NothingToExtractError(inputs)
            shutil.copyfile(made / _COLLECTION, made / _SECOND)

            def write() -> tuple[tuple[str, ...], dict[str, int]]:
                gc.disable()  # nothing here goes in circles, and looking for that takes half of the time
                claims = _claims(made / _COLLECTION, kept, texts)
                return write_outputs(made, claims, inputs, min_confidence=min_confidence, notice=notice, jobs=jobs)

            # What is taken together has to be in memory together: in a process of its own, with which it goes.
            names, numbers = apart(write)
            return Run(inputs, numbers, folder.publish(made, names), changes)


def _silent(_: str) -> None:
    """What nobody wants to hear."""


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Errors of the disk as errors that say which folder they concern."""
    try:
        yield
    except OSError as error:
        raise DiplographError(f"{error.filename or path}: cannot be written: {error.strerror or error}") from error
    except sqlite3.OperationalError as error:
        raise DiplographError(f"{path}: cannot be written: {error}") from error
    except (DiedError, MemoryError) as error:
        what = (
            f"a process that made it was {error}"
            if isinstance(error, DiedError)
            else "it takes more memory than there is"
        )
        raise DiplographError(f"{path}: not written, {what}; the former result is as it was") from error


# --- inputs --------------------------------------------------------------------------------------------


@contextmanager
def _collection(folder: ResultFolder, made: Path, tell: Callable[[str], None], *, keep: bool) -> Iterator[Collection]:
    """The collection of this run, beginning with that of the latest one if it is to `keep`."""
    path = made / _COLLECTION
    latest = folder.current() if keep else None
    collection = None
    if latest is not None:
        for name in (_COLLECTION, _SECOND):
            try:
                shutil.copyfile(latest / name, path)
                collection = Collection(path)
                break
            except (CollectionDamagedError, FileNotFoundError) as error:
                tell(f"{latest / name} is damaged ({error}); looking for another copy of it.")
                path.unlink(missing_ok=True)
        else:
            if (latest / "run.json").exists() and not (latest / _COLLECTION).exists() and latest.name == "0":
                raise CollectionDamagedError(
                    f"{folder.path} was built by an earlier version, which kept no texts: build it anew with --out"
                )
            raise CollectionDamagedError(
                f"{folder.path}: the collected texts are damaged and cannot be added to; the result is as it was. "
                "Build it anew with --out from all its sources (run.json lists them)"
            )
    collection = collection or Collection(path)
    try:
        yield collection
    finally:
        collection.close()


def _collect(
    collection: Collection,
    sources: Iterable[str | Path],
    published: PartialDate | None,
    limits: Limits,
    withdraw: Iterable[str],
    progress: Progress | None,
) -> Changes:
    changes = Changes()
    paths = {path for source in sources for path in paths_of(source) or [str(source)]}
    # What `read` calls a file begins at the last part of an absolute path.
    placed = sorted((str(Path(path).parent if Path(path).is_absolute() else Path.cwd()), path) for path in paths)
    for folder, here in groupby(placed, key=itemgetter(0)):
        # Each is opened when the one before is read; what reads pages is started once for all.
        opened = (collection.begin_reading(path) for _, path in here)
        items = read_all(opened, published=published, limits=limits)
        collection.add(_counted(items, progress), folder=Path(folder), changes=changes)
    changes.withdrawn = collection.withdraw(withdraw)
    collection.tidy()
    return changes


def _counted(items: Iterator[Article | Refusal], progress: Progress | None) -> Iterator[Article | Refusal]:
    for number, item in enumerate(items, start=1):
        if progress:
            progress(number, 0, item.source)
        yield item


# --- claims --------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Text:
    """What becomes of one article: under which key its extraction is kept, or why it has none."""

    article: str
    source: str
    key: str = ""
    outcome: Outcome = "extracted"
    reason: str | None = None
    remark: str | None = None

    def fail(self, reason: str) -> None:
        self.outcome, self.reason = "failed", reason


def _extracted(
    collection: Collection,
    path: Path,
    tell: Callable[[str], None],
    *,
    jobs: int,
    seconds: float,
    progress: Progress | None,
) -> dict[str, _Text]:
    """Have the extraction of every article in `path`; what became of each, by the digest of its text."""
    texts: dict[str, _Text] = {}
    missing: list[str] = []
    with Extractions(path) as kept:
        known = {key: (found.failure, found.seconds) for key, found in kept.all()}
        if kept.was_damaged:
            tell(f"{path} was damaged; all texts are read again.")
            known = {}
        for content, article in collection.articles():
            text = texts[content] = _Text(article.id, article.source, remark="; ".join(article.remarks) or None)
            if article.language not in LANGUAGES:
                text.outcome, text.reason = "skipped", f"texts in {article.language!r} are not read yet"
                continue
            text.key = key(article, content)
            failure, allowed = known.get(text.key, (None, 0.0))
            if allowed is not None and allowed < seconds:
                missing.append(content)
            elif failure is not None:
                text.fail(failure)
        _extract(collection, kept, {content: texts[content] for content in missing}, jobs, seconds, progress)
        kept.keep_only(text.key for text in texts.values())
    return texts


def _extract(
    collection: Collection,
    kept: Extractions,
    texts: Mapping[str, _Text],
    jobs: int,
    seconds: float,
    progress: Progress | None,
) -> None:
    """Extract texts, and put what they say into `kept` once a second."""
    if not texts:
        return
    if can_fork():
        extract(_ANY_TEXT)  # loads the models and the words, which the processes then share
    articles = _Articles(collection.path)
    done: list[tuple[str, Extraction]] = []
    saved = time.monotonic()
    pieces = ((content, text.article) for content, text in texts.items())
    try:
        with closing(each(articles.extraction, pieces, jobs=jobs, seconds=seconds)) as results:
            for number, ((content, _), result) in enumerate(results, start=1):
                text = texts[content]
                found = _extraction(result, seconds)
                if found.failure is not None:
                    text.fail(found.failure)
                if not isinstance(result, (DiedError, MemoryError)):  # another time there may be more memory
                    done.append((text.key, found))
                if progress:
                    progress(number, len(texts), text.source)
                if time.monotonic() - saved > _SAVED_EVERY:
                    kept.put(done)
                    done, saved = [], time.monotonic()
    finally:
        kept.put(done)


class _Articles:
    """The articles of a collection, for every process through a connection of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened: tuple[int, Collection] | None = None

    def extraction(self, piece: tuple[str, str]) -> Extraction:
        """What an article says, given the digest of its text and its id."""
        if self._opened is None or self._opened[0] != os.getpid():
            self._opened = os.getpid(), Collection.for_reading(self._path)
        claims = extract(self._opened[1].article(*piece))
        return Extraction(pack(claims), passages.of_claims(claims))


def _extraction(result: Extraction | Exception, seconds: float) -> Extraction:
    if isinstance(result, Extraction):
        return result
    if isinstance(result, (DiplographError, OSError, sqlite3.Error)):
        raise result  # nothing that one article is to blame for: the models are missing, the disk is full
    if isinstance(result, TooLongError):
        return Extraction(None, failure=f"extracting it took longer than {seconds:g} s", seconds=float(seconds))
    if isinstance(result, DiedError):
        return Extraction(None, failure=f"a fault in the extraction: its process was {result}, twice")
    if isinstance(result, MemoryError):
        return Extraction(None, failure="a fault in the extraction: it took more memory than there is")
    return Extraction(None, failure=f"a fault in the extraction: {result!r}")  # of ours, which must not cost the others


def _account(collection: Collection, texts: Mapping[str, _Text]) -> tuple[Input, ...]:
    """What became of every input, by source."""
    inputs = []
    for entry in collection.entries():
        if entry.outcome:
            inputs.append(Input(entry.source, entry.outcome, reason=entry.reason))
        else:
            text = texts[entry.content]
            said = {"article": text.article, "remark": text.remark} if text.outcome == "extracted" else {}
            inputs.append(Input(entry.source, text.outcome, reason=text.reason, **said))
    return tuple(
        sorted(inputs, key=lambda entry: (entry.place, entry.outcome, entry.article or "", entry.reason or ""))
    )


def _claims(collection: Path, kept: Path, texts: Mapping[str, _Text]) -> Iterator[tuple[Claims, bytes]]:
    """The claims of the articles that were extracted, with their passages."""
    if not kept.exists():
        return
    with closing(Collection.for_reading(collection)) as articles, closing(Extractions.for_reading(kept)) as extractions:
        wanted = {
            texts[content].key: article
            for content, article in articles.articles()
            if texts[content].outcome == "extracted"
        }
        for key, found in extractions.all():
            if key in wanted and found.claims is not None:
                yield unpack(found.claims, wanted.pop(key)), found.passages or b""
        if wanted:
            raise DiplographError(f"{kept}: changed by another program while it was read: start again")
