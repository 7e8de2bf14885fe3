"""Where the bytes are: files, folders, patterns and standard input, each opened once and never followed elsewhere."""

from __future__ import annotations

import glob
import io
import json
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Literal, cast

from diplograph.read.apart import Workshop
from diplograph.read.formats import HEAD, Format, format_of, load_reader, not_read
from diplograph.read.items import Document, Item, Record, Refusal, shown
from diplograph.read.limits import Limits, NotReadError, limit_reached
from diplograph.read.unpacking import DAMAGE, Budget

#: What a file that is not read counts as: `skipped` in a folder, `failed` where the user named it.
Unread = Literal["skipped", "failed"]
#: What browsers call the folder of pictures and styles beside a page that they saved.
_PIECES = ("_files", ".files")


class Sources:
    """Opens what the user names and hands it to the readers; every input comes out as a record or a refusal."""

    def __init__(self, limits: Limits, workshop: Workshop) -> None:
        self._limits = limits
        self._workshop = workshop

    def items(self, source: str | Path) -> Iterator[Record | Refusal]:
        """What one source holds: a path, a pattern such as ``news/**/*.html``, or ``-``."""
        name = str(source)
        if name == "-":
            yield from self._parse(_standard_input(self._limits), "failed")
            return
        if "\0" in name:
            yield Refusal(shown(name), "failed", "no such file or folder")
            return
        if name.startswith(("http://", "https://")):
            yield Refusal(
                shown(name), "failed", "an address: bring its page with diplograph fetch, and give that folder"
            )
            return
        found = paths_of(source)
        for path in found:
            yield from self._path(Path(path))
        if not found:
            yield Refusal(shown(name), "failed", "no file or folder has such a name")

    def _path(self, path: Path) -> Iterator[Record | Refusal]:
        # A path below the folder given, so that no report depends on where the folder lies.
        label = Path(path.name) if path.is_absolute() else path
        if path.is_dir():
            found = False
            for item in self._folder(path, label):
                found = True
                yield item
            if not found:
                yield Refusal(_label(label), "empty", "no file in the folder")
        else:
            yield from self._file(path, _label(label), "failed")

    def _folder(self, folder: Path, label: Path) -> Iterator[Record | Refusal]:
        try:
            entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
        except OSError as error:
            yield Refusal(_label(label), "failed", f"cannot be listed: {error.strerror}")
            return
        names = {entry.name for entry in entries}
        for entry in entries:
            name = label / entry.name
            # A link could lead anywhere on the machine, or around in a circle.
            if entry.is_symlink():
                yield Refusal(_label(name), "skipped", "a link: give what it leads to")
            elif not entry.is_dir():
                yield from self._file(entry, _label(name), "skipped")
            elif entry.name.startswith("."):
                yield Refusal(_label(name), "skipped", "a hidden folder")
            elif page := _page_of_pieces(entry.name, names):
                yield Refusal(_label(name), "skipped", f"the pictures and styles of {shown(page)}")
            else:
                yield from self._folder(entry, name)

    def _file(self, path: Path, label: str, unread: Unread) -> Iterator[Record | Refusal]:
        try:
            with _opened(path, follow=unread == "failed") as stream:
                yield from self._parse(Document(label, path.name, stream), unread)
        except FileNotFoundError:
            yield Refusal(label, "failed", "no such file or folder")
        except NotReadError as error:
            yield Refusal(label, "failed", str(error))
        except (OSError, ValueError) as error:
            yield Refusal(label, "failed", f"cannot be read: {getattr(error, 'strerror', None) or error}")

    def _parse(self, document: Document, unread: Unread) -> Iterator[Record | Refusal]:
        yield from self._expand(document, Budget(self._limits), 0, unread)

    def _expand(self, document: Document, budget: Budget, depth: int, unread: Unread) -> Iterator[Record | Refusal]:
        """What a document holds, the documents in it included."""
        try:
            head, document = _peeked(document)
            known = format_of(document.name, head)
            if known is None:
                yield Refusal(document.source, unread, not_read(document.name, named_by_user=unread == "failed"))
                return
            found = False
            for item in self._read(known, document, budget):
                found = True
                if not isinstance(item, Document):
                    yield item
                elif depth >= self._limits.nesting:
                    reason = limit_reached(self._limits, "nesting", "deeper than {} documents inside others")
                    yield Refusal(item.source, "failed", str(reason))
                else:
                    yield from self._expand(item, budget, depth + 1, "skipped")
            if not found:
                yield Refusal(document.source, "empty", "nothing in it to read")
        except NotReadError as error:
            yield Refusal(document.source, "failed", str(error))
        except DAMAGE as error:
            yield Refusal(document.source, "failed", f"cannot be read: {getattr(error, 'strerror', None) or error}")
        except Exception as error:  # a fault of ours, which must cost this document only
            yield Refusal(document.source, "failed", f"a fault in the reader: {str(repr(error))[:200]}")

    def _read(self, known: Format, document: Document, budget: Budget) -> Iterator[Item]:
        if known.place == "apart":
            return self._workshop.read(known, document)
        reader = load_reader(known.reader)
        items: Iterator[Item] = reader(document, budget if known.place == "unpack" else self._limits)
        return items


def paths_of(source: str | Path) -> list[str]:
    """The paths that a source names: all that a pattern fits, sorted, and any other source as it is."""
    name = str(source)
    if "\0" in name or os.path.lexists(name) or not glob.has_magic(name):
        return [name]
    return sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern


def _page_of_pieces(folder: str, names: set[str]) -> str | None:
    """The saved page beside the folder whose pieces it holds, if it is such a folder."""
    for ending in _PIECES:
        stem = folder.removesuffix(ending)
        if stem != folder:
            return next((page for page in (f"{stem}.html", f"{stem}.htm") if page in names), None)
    return None


def _label(path: Path) -> str:
    return shown(path.as_posix())


def _opened(path: Path, *, follow: bool) -> BinaryIO:
    """An ordinary file, opened for reading. A pipe or a device would be waited for: neither is.

    Raises:
        NotReadError: it is no ordinary file.
        OSError: it cannot be opened; a link where none is followed.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | (0 if follow else os.O_NOFOLLOW))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NotReadError("not an ordinary file")
    return os.fdopen(descriptor, "rb", buffering=1 << 16)


def _peeked(document: Document) -> tuple[bytes, Document]:
    """The first bytes, and the document with nothing taken from it."""
    stream = document.stream
    if not hasattr(stream, "peek"):
        if isinstance(stream, io.BytesIO):
            head = stream.getbuffer()[:HEAD].tobytes()
            return head, document
        stream = cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, stream), 1 << 16))
        document = Document(document.source, document.name, stream, document.hints)
    return cast(io.BufferedReader, stream).peek(HEAD)[:HEAD], document


def _standard_input(limits: Limits) -> Document:
    """What comes in: JSON Lines if the first line is a JSON object, else as its bytes tell, else one text."""
    stream = io.BufferedReader(cast(io.RawIOBase, sys.stdin.buffer), 1 << 16)
    data = stream.read(limits.line_bytes)
    try:
        as_lines = isinstance(json.loads(data.lstrip().split(b"\n", 1)[0]), dict)
    except (ValueError, RecursionError):
        as_lines = False
    rest = _Joined(data, stream)
    return Document("-", "-.jsonl" if as_lines else "-.txt", cast(BinaryIO, io.BufferedReader(rest, 1 << 16)))


class _Joined(io.RawIOBase):
    """Bytes that were read already, then the rest of the stream."""

    def __init__(self, first: bytes, rest: BinaryIO) -> None:
        self._first = io.BytesIO(first)
        self._rest = rest

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """The next bytes."""
        data = self._first.read(len(buffer)) or self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
