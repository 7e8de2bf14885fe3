"""Which encoding a text is in: 240 files, five encodings in three languages, declared, undeclared, lying, cut."""

from __future__ import annotations

from pathlib import Path

import pytest
from encoded_texts import KINDS, TEXTS, encoded_texts
from hypothesis import given
from hypothesis import strategies as st

from diplograph.model import Article
from diplograph.read import normalise, read_all
from diplograph.read.encodings import decode
from diplograph.read.limits import NotReadError


def test_at_least_99_of_100_files_are_right_and_the_others_flagged(tmp_path: Path) -> None:
    files = {one.name: one for one in encoded_texts()}
    for one in files.values():
        (tmp_path / one.name).write_bytes(one.data)
    wrong, unflagged = [], []
    for item in read_all(tmp_path):
        name = item.source.rpartition("/")[2]
        if not isinstance(item, Article):
            wrong.append(name)
        elif item.text.strip() != normalise(files[name].text).strip():
            wrong.append(name)
            if not item.remarks:
                unflagged.append(name)
    assert len(files) >= 200
    assert len(wrong) <= len(files) / 100, wrong
    assert unflagged == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_lie_is_told_and_the_truth_is_not(kind: str, tmp_path: Path) -> None:
    chosen = [one for one in encoded_texts() if f"-ru-{kind}-2" in one.name]
    for one in chosen:
        (tmp_path / one.name).write_bytes(one.data)
    for item in read_all(tmp_path):
        assert isinstance(item, Article)
        # A Russian page in kz1048 that says Windows-1251 does not lie: its letters are the same.
        # One in UTF-16 cannot say what it is in: nobody could read it before knowing.
        lies = kind == "lying" and not any(name in item.source for name in ("kz1048", "utf-16"))
        assert bool(item.remarks) == lies, (item.source, item.remarks)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Посол встретился с министром", "cp866"),
        ("Посол встретился с министром", "iso8859-5"),
        ("The café of the président, a naïve façade", "cp1252"),
        ("It’s “quoted” – he said", "cp1252"),
        (TEXTS["kk"][2], "ptcp154"),
        (TEXTS["ru"][2], "utf-16-le"),
        (TEXTS["ru"][2], "utf-16-be"),
        (TEXTS["en"][2], "utf-16-le"),
        (TEXTS["ru"][2], "utf-32"),
        (TEXTS["ru"][1].upper(), "koi8-r"),
        (TEXTS["ru"][1].upper(), "cp1251"),
    ],
)
def test_other_encodings_that_texts_come_in(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        ("Wałęsa spotkał się z ministrem", "iso8859-2", "iso-8859-2"),
        ("大使会见了部长，双方讨论了贸易", "gb2312", "gb2312"),
        ("Министр Ђорђевић се састао са амбасадором", "cp1251", "windows-1251"),
    ],
)
def test_a_declaration_that_fits_is_believed(text: str, encoding: str, declared: str) -> None:
    assert decode(text.encode(encoding), declared=declared).text == text


@pytest.mark.parametrize(
    ("data", "remark"),
    [
        ("Посол".encode("koi8-r"), "read as koi8-r, which is a guess"),
        (TEXTS["ru"][2].encode() + b"\xff", "1 byte is not utf-8"),
        (TEXTS["ru"][1].encode("cp1251"), None),
    ],
)
def test_doubt_is_told(data: bytes, remark: str | None) -> None:
    assert decode(data).remark == remark


@pytest.mark.parametrize("data", [b"\x7fELF\0\0", bytes(range(128, 256)), b"\xff\xd8\xff\xe0\0\x10JFIF"])
def test_a_binary_file_is_no_text(data: bytes) -> None:
    with pytest.raises(NotReadError, match="binary"):
        decode(data)


@given(st.binary(), st.sampled_from([None, "utf-8", "cp1251", "utf-7", "nonsense", "rot13", "idna", "\0", "x" * 100]))
def test_any_bytes_give_a_text_or_a_reason(data: bytes, declared: str | None) -> None:
    try:
        assert isinstance(decode(data, declared=declared).text, str)
    except NotReadError:
        assert data


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_sound_utf8_is_always_read_as_it_is(text: str) -> None:
    if "\0" not in text and not text.startswith("\ufeff"):
        assert decode(text.encode("utf-8")).text == text
