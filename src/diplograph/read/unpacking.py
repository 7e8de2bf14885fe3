"""Packed files: gzip, ZIP and tar, unpacked as a stream and under limits. No name inside one is used as a path."""

from __future__ import annotations

import bz2
import gzip
import io
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, BinaryIO, cast

from diplograph.read.items import Document, Item, Refusal, shown
from diplograph.read.limits import Limits, NotReadError, limit_reached

#: Below this much nobody asks how well it was packed.
_RATIO_FROM = 20_000_000
#: What a damaged packed file raises on the way.
DAMAGE = (OSError, EOFError, zlib.error, zipfile.BadZipFile, tarfile.TarError, NotImplementedError, RuntimeError)


class Budget:
    """What one file given by the user may still unpack to, whatever lies packed inside it."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._bytes = 0
        self._members = 0

    def spend(self, size: int) -> None:
        """Count unpacked bytes.

        Raises:
            NotReadError: there were too many.
        """
        self._bytes += size
        if self._bytes > self.limits.unpacked_bytes:
            raise limit_reached(self.limits, "unpacked_bytes", "unpacks to more than {} bytes")

    def enter(self) -> None:
        """Count a member of an archive.

        Raises:
            NotReadError: there were too many.
        """
        self._members += 1
        if self._members > self.limits.members:
            raise limit_reached(self.limits, "members", "more than {} files in it: the rest is not read")


class Unpacked(io.RawIOBase):
    """A stream out of a packed file that stops where the limits are: too much, or too much for what was packed."""

    def __init__(self, stream: BinaryIO, budget: Budget, packed: Callable[[], int]) -> None:
        self._stream = stream
        self._budget = budget
        self._packed = packed
        self._size = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """The next bytes.

        Raises:
            NotReadError: a limit is reached.
        """
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self._size += len(data)
        self._budget.spend(len(data))
        ratio = self._budget.limits.packing_ratio
        if self._size > _RATIO_FROM and self._size > ratio * max(1, self._packed()):
            raise limit_reached(self._budget.limits, "packing_ratio", "unpacks to more than {} times its size")
        return len(data)


def _buffered(stream: Unpacked) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(stream, 1 << 16))


def unpack_gzip(document: Document, budget: Budget) -> Iterator[Item]:
    """The document in a gzip file, under its name without ``.gz``."""
    yield _packed_alone(document, budget, cast(IO[bytes], gzip.GzipFile(fileobj=document.stream)), (".gz", ".tgz"))


def unpack_bzip2(document: Document, budget: Budget) -> Iterator[Item]:
    """The document in a bzip2 file, under its name without ``.bz2``."""
    yield _packed_alone(document, budget, bz2.BZ2File(document.stream), (".bz2", ".tbz2"))


def _packed_alone(document: Document, budget: Budget, stream: IO[bytes], suffixes: tuple[str, str]) -> Document:
    """`suffixes`: the one of a packed file, and the one of a packed tar archive."""
    plain, of_tar = suffixes
    name = document.name
    if name.lower().endswith(plain):
        name = name[: -len(plain)]
    elif name.lower().endswith(of_tar):
        name = name[: -len(of_tar)] + ".tar"
    packed = _buffered(Unpacked(cast(BinaryIO, stream), budget, document.stream.tell))
    return Document(document.source, name, packed, document.hints)


def unpack_zip(document: Document, budget: Budget) -> Iterator[Item]:
    """Every file in a ZIP archive, in the order of its names."""
    # The list of members stands at the end: what comes out of another packed file has to be there whole.
    stream = document.stream if document.stream.seekable() else io.BytesIO(document.read(budget.limits, "table_bytes"))
    try:
        archive = zipfile.ZipFile(stream)
    except DAMAGE as error:
        raise NotReadError(f"a ZIP archive that is damaged: {error}") from error
    with archive:
        # By name and place: an archive may hold two files of one name, and each is an input.
        for _, info in sorted(enumerate(archive.infolist()), key=lambda pair: (pair[1].filename, pair[0])):
            if info.is_dir():
                continue
            budget.enter()
            source = f"{document.source}/{shown(_name(info))}"
            if stat.S_ISLNK(info.external_attr >> 16):
                yield Refusal(source, "skipped", "a link")
            elif info.flag_bits & 0x1:
                yield Refusal(source, "failed", "locked with a password")
            else:
                try:
                    with archive.open(info) as member:
                        size = info.compress_size
                        unpacked = Unpacked(cast(BinaryIO, member), budget, lambda size=size: size)  # type: ignore[misc]
                        yield Document(source, _name(info), _buffered(unpacked))
                except DAMAGE as error:
                    yield Refusal(source, "failed", f"cannot be unpacked: {error}")


def unpack_web_archive(document: Document, budget: Budget) -> Iterator[Item]:
    """The WARC files in a WACZ file; its indexes and lists of pages are counted in one refusal, skipped."""
    others = 0
    for item in unpack_zip(document, budget):
        if isinstance(item, Document) and not item.name.startswith("archive/"):
            others += 1
        else:
            yield item
    if others:
        yield Refusal(document.source, "skipped", f"files that are no pages (indexes, lists of pages): {others}")


def _name(info: zipfile.ZipInfo) -> str:
    """The name of a member; Windows packs Cyrillic names in cp866 without saying so, which Python takes for cp437."""
    if info.flag_bits & 0x800 or info.filename.isascii():
        return info.filename
    try:
        return info.filename.encode("cp437").decode("cp866")
    except UnicodeError:
        return info.filename


def unpack_tar(document: Document, budget: Budget) -> Iterator[Item]:
    """Every ordinary file in a tar archive, in its order; links, devices and pipes are skipped."""
    try:
        with tarfile.open(fileobj=document.stream, mode="r|") as archive:
            for info in archive:
                if info.isdir():
                    continue
                budget.enter()
                source = f"{document.source}/{shown(info.name)}"
                member = archive.extractfile(info) if info.isfile() else None
                if member is None:
                    yield Refusal(source, "skipped", "a link or no ordinary file")
                else:
                    yield Document(source, info.name, cast(BinaryIO, member))
    except NotReadError:
        raise
    except (*DAMAGE, ValueError) as error:
        raise NotReadError(f"a tar archive that is damaged: {error}") from error
