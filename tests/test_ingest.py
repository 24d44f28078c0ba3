"""Inputs found and judged by content, one by one as they go wrong in practice."""

from __future__ import annotations

import hashlib
import os
import struct
import zipfile
from pathlib import Path

import pytest

from pipeline.errors import JixiaoError, NotAccessible
from pipeline.ingest import FailedInput, find_inputs, load_bytes
from pipeline.ingest import archive as archive_module
from pipeline.model.document import SourceFile
from tests.tiny_pdf import tiny_pdf

PDF = tiny_pdf("first")
OTHER_PDF = tiny_pdf("second")


def find(*inputs: Path | str) -> list[SourceFile | FailedInput]:
    return list(find_inputs([str(given) for given in inputs]))


def told(items: list[SourceFile | FailedInput]) -> list[tuple[str, str]]:
    """Each input's source with `ok` or its error code."""
    return [(item.source.source, item.code) if isinstance(item, FailedInput) else (item.source, "ok") for item in items]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with reports at two depths, and what else lies about."""
    reports = tmp_path / "reports"
    (reports / "2023").mkdir(parents=True)
    (reports / ".hidden").mkdir()
    (reports / "b.pdf").write_bytes(PDF)
    (reports / "2023" / "a.PDF").write_bytes(OTHER_PDF)
    (reports / "readme.txt").write_text("not a report")
    (reports / "~$b.pdf").write_bytes(b"lock file")
    (reports / ".hidden" / "c.pdf").write_bytes(PDF)
    return reports


def test_a_file_is_known_by_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(PDF)
    (source,) = find(path)
    assert isinstance(source, SourceFile)
    digest = hashlib.sha256(PDF).hexdigest()
    assert (source.source, source.bytes, source.sha256, source.doc_id) == ("report.pdf", len(PDF), digest, digest[:16])
    assert load_bytes(source) == PDF


def test_a_folder_is_searched_to_the_bottom_in_order(folder: Path) -> None:
    assert told(find(folder)) == [("b.pdf", "ok"), ("2023/a.PDF", "ok")]


def test_a_pdf_in_a_folder_is_found_whatever_its_name(folder: Path) -> None:
    (folder / "scan.dat").write_bytes(PDF)
    assert ("scan.dat", "ok") in told(find(folder))


def test_patterns(folder: Path) -> None:
    assert told(find(folder / "*.pdf")) == [("b.pdf", "ok")]
    assert told(find(folder / "**" / "*.PDF")) == [("a.PDF", "ok")]


def test_sources_of_several_inputs_are_told_apart(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "b.pdf").write_bytes(OTHER_PDF)
    assert told(find(folder, tmp_path / "b.pdf")) == [
        ("reports/b.pdf", "ok"),
        ("reports/2023/a.PDF", "ok"),
        ("b.pdf", "ok"),
    ]


def test_a_file_reached_twice_is_taken_once(folder: Path) -> None:
    assert told(find(folder / "b.pdf", folder, folder / "b.pdf")) == [("b.pdf", "ok"), ("2023/a.PDF", "ok")]


def test_copies_are_inputs_of_their_own_with_one_doc_id(folder: Path) -> None:
    (folder / "copy.pdf").write_bytes(PDF)
    first, second = (item for item in find(folder) if isinstance(item, SourceFile) and item.bytes == len(PDF))
    assert first.doc_id == second.doc_id
    assert first.source != second.source


def test_a_file_named_pdf_counts_as_an_input_whatever_it_holds(folder: Path) -> None:
    (folder / "empty.pdf").write_bytes(b"")
    assert ("empty.pdf", "empty-file") in told(find(folder))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<!DOCTYPE html><html><body>404</body></html>", "a web page"),
        (b"\xef\xbb\xbf\r\n<html><head>", "a web page"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".doc"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "PNG"),
        (b"\xff\xd8\xff\xe0" + bytes(20), "JPEG"),
        ("绩效自评报告".encode(), "plain text"),
        ("绩效自评报告".encode("gb18030"), "plain text"),
        (bytes(range(256)), "unknown"),
    ],
)
def test_what_a_file_really_is_when_it_is_no_pdf(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(content)
    (failed,) = find(path)
    assert isinstance(failed, FailedInput)
    assert failed.code == "not-a-pdf"
    assert failed.message.startswith("report.pdf: not a PDF but")
    assert says in failed.message
    assert failed.source.sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("members", "says"),
    [
        (("[Content_Types].xml", "word/document.xml"), "Word document"),
        (("[Content_Types].xml", "xl/workbook.xml"), "Excel workbook"),
        (("OFD.xml", "Doc_0/Document.xml"), "OFD"),
    ],
)
def test_an_office_file_renamed_is_called_what_it_is(tmp_path: Path, members: tuple[str, ...], says: str) -> None:
    path = tmp_path / "report.pdf"
    with zipfile.ZipFile(path, "w") as package:
        for member in members:
            package.writestr(member, "<xml/>")
    (failed,) = find(path)
    assert isinstance(failed, FailedInput)
    assert failed.code == "not-a-pdf"
    assert says in failed.message


def test_a_pdf_named_otherwise_is_read_when_it_is_named_directly(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(PDF)
    assert told(find(path)) == [("report.txt", "ok")]


def test_a_header_after_some_rubbish_is_still_a_pdf(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"\r\n\r\n" + PDF)
    assert told(find(path)) == [("report.pdf", "ok")]


def test_what_does_not_exist_ends_as_a_row(tmp_path: Path) -> None:
    assert [code for _, code in told(find(tmp_path / "no.pdf", tmp_path / "*.pdf"))] == ["not-found", "not-found"]


def test_a_folder_without_pdfs_ends_as_a_row(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing")
    assert told(find(tmp_path)) == [(tmp_path.name, "no-pdf-found")]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_ends_as_a_row(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(PDF)
    path.chmod(0)
    assert told(find(path)) == [("report.pdf", "not-accessible")]


def test_a_file_that_changes_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(PDF)
    (source,) = find(path)
    assert isinstance(source, SourceFile)
    path.write_bytes(OTHER_PDF)
    with pytest.raises(NotAccessible, match="changed"):
        load_bytes(source)
    path.unlink()
    with pytest.raises(NotAccessible):
        load_bytes(source)


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for member, content in members.items():
            package.writestr(member, content)
    return path


def test_members_of_an_archive(tmp_path: Path) -> None:
    members = {
        "b/二.pdf": OTHER_PDF,
        "a.pdf": PDF,
        "notes.txt": b"no",
        "__MACOSX/._a.pdf": b"shadow",
        "x.pdf": b"<html>",
    }
    path = zipped(tmp_path / "all.zip", members)
    items = find(path)
    assert told(items) == [("all.zip/a.pdf", "ok"), ("all.zip/b/二.pdf", "ok"), ("all.zip/x.pdf", "not-a-pdf")]
    assert [load_bytes(item) for item in items if isinstance(item, SourceFile)] == [PDF, OTHER_PDF]


def test_an_archive_in_a_folder_is_opened(folder: Path) -> None:
    zipped(folder / "more.zip", {"c.pdf": PDF})
    assert ("more.zip/c.pdf", "ok") in told(find(folder))


def test_names_written_by_chinese_windows_are_decoded(tmp_path: Path) -> None:
    path = zipped(tmp_path / "all.zip", {"XXXXXXXX.pdf": PDF})
    chinese = "绩效自评".encode("gb18030")
    path.write_bytes(path.read_bytes().replace(b"XXXXXXXX", chinese))
    (source,) = find(path)
    assert isinstance(source, SourceFile)
    assert source.source == "all.zip/绩效自评.pdf"
    assert load_bytes(source) == PDF


def test_names_that_lead_out_of_the_archive_are_shown_without(tmp_path: Path) -> None:
    path = zipped(tmp_path / "all.zip", {"../../etc/report.pdf": PDF, "C:\\x\\..\\report2.pdf": PDF})
    assert told(find(path)) == [("all.zip/etc/report.pdf", "ok"), ("all.zip/C:/x/report2.pdf", "ok")]


def test_an_archive_inside_an_archive_is_named_and_not_opened(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", {"a.pdf": PDF})
    path = zipped(tmp_path / "outer.zip", {"inner.zip": inner.read_bytes(), "b.pdf": OTHER_PDF})
    assert told(find(path)) == [("outer.zip/b.pdf", "ok"), ("outer.zip/inner.zip", "nested-archive")]


def test_a_member_that_unfolds_without_measure_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_module, "INFLATION_ALLOWANCE", 1 << 16)
    path = zipped(tmp_path / "bomb.zip", {"bomb.pdf": b"%PDF-1.4" + bytes(1 << 24), "fine.pdf": PDF})
    assert told(find(path)) == [("bomb.zip/bomb.pdf", "too-large"), ("bomb.zip/fine.pdf", "ok")]


def test_a_damaged_member_does_not_take_the_others_along(tmp_path: Path) -> None:
    path = zipped(tmp_path / "all.zip", {"a.pdf": PDF, "b.pdf": OTHER_PDF})
    data = bytearray(path.read_bytes())
    start = 30 + len("a.pdf")
    data[start + 10 : start + 40] = bytes(30)
    path.write_bytes(bytes(data))
    assert told(find(path)) == [("all.zip/a.pdf", "damaged-archive"), ("all.zip/b.pdf", "ok")]


def test_an_encrypted_member_is_named(tmp_path: Path) -> None:
    path = zipped(tmp_path / "all.zip", {"a.pdf": PDF})
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(signature) + offset
        struct.pack_into("<H", data, at, struct.unpack_from("<H", data, at)[0] | 1)
    path.write_bytes(bytes(data))
    assert told(find(path)) == [("all.zip/a.pdf", "encrypted-archive")]


def test_a_damaged_archive_and_one_without_pdfs(tmp_path: Path) -> None:
    (tmp_path / "cut.zip").write_bytes(zipped(tmp_path / "all.zip", {"a.pdf": PDF}).read_bytes()[:60])
    zipped(tmp_path / "none.zip", {"notes.txt": b"no"})
    items = find(tmp_path / "cut.zip", tmp_path / "none.zip")
    assert told(items) == [("cut.zip", "damaged-archive"), ("none.zip", "no-pdf-found")]


def test_every_error_has_a_code_of_its_own() -> None:
    def descendants(kind: type[JixiaoError]) -> list[type[JixiaoError]]:
        return [kind, *(below for child in kind.__subclasses__() for below in descendants(child))]

    codes = [kind.code for kind in descendants(JixiaoError) if kind.__module__ == "pipeline.errors"]
    assert len(codes) == len(set(codes))
    assert all(code == code.lower() and " " not in code for code in codes)
