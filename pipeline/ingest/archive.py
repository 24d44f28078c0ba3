""".zip archives, read member by member in memory: nothing is unpacked to disk, so no member's name can lead astray."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.errors import DamagedArchive, EncryptedArchive, InputError, NestedArchive, NotAccessible, TooLarge
from pipeline.ingest.content import Content, detect
from pipeline.ingest.limits import INFLATION_ALLOWANCE, LARGEST_ARCHIVE, LARGEST_FILE, MOST_INFLATION, MOST_MEMBERS
from pipeline.model.document import SourceFile

_HEAD = 4096
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError)


@dataclass(frozen=True, slots=True)
class Member:
    """A member that may be a report. `name` is its key in the archive, `source` how to show it; when `error` is set,
    its content could not be had and `sha256` is empty."""

    name: str
    source: str
    sha256: str
    bytes: int
    content: Content
    error: InputError | None = None


def read_members(path: Path, archive_name: str) -> Iterator[Member]:
    """The members of the archive at `path` that are PDFs by content or by name, sorted by name, and inner archives.

    Raises DamagedArchive or TooLarge when the archive as a whole cannot be used.
    """
    try:
        package = zipfile.ZipFile(path)
    except _UNREADABLE as error:
        raise DamagedArchive(archive_name, str(error)) from error
    with package:
        entries = [entry for entry in package.infolist() if _is_of_interest(entry)]
        if len(entries) > MOST_MEMBERS:
            raise DamagedArchive(archive_name, f"{len(entries)} members, more than {MOST_MEMBERS}")
        total = 0
        for entry in sorted(entries, key=decode_name):
            source = f"{archive_name}/{_display(decode_name(entry))}"
            member = _read_member(package, entry, source)
            if member is not None:
                total += member.bytes
                if total > LARGEST_ARCHIVE:
                    raise TooLarge(archive_name, total, LARGEST_ARCHIVE)
                yield member


def load_member(source: SourceFile) -> bytes:
    """The bytes of an archive member. Raises DamagedArchive, EncryptedArchive, TooLarge or NotAccessible."""
    try:
        with zipfile.ZipFile(source.path) as package:
            # Archives may hold several members of one name; the content says which one is meant.
            for entry in package.infolist():
                if entry.filename == source.member:
                    data = _unpack(package, entry, source.source)
                    if hashlib.sha256(data).hexdigest() == source.sha256:
                        return data
    except zipfile.BadZipFile as error:
        raise DamagedArchive(source.source, str(error)) from error
    except OSError as error:
        raise NotAccessible(source.source, error.strerror or type(error).__name__) from error
    raise NotAccessible(source.source, "its archive changed while the run was going on")


def decode_name(entry: zipfile.ZipInfo) -> str:
    """A member's name as its author wrote it.

    Chinese Windows writes names in its own code page without saying so; zipfile then reads them as cp437, which keeps
    every byte.
    """
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


def _is_of_interest(entry: zipfile.ZipInfo) -> bool:
    place = PurePosixPath(decode_name(entry).replace("\\", "/"))
    shadow = place.name.startswith((".", "~$")) or "__MACOSX" in place.parts
    return not entry.is_dir() and not shadow


def _display(name: str) -> str:
    """A name without what could be taken for a place outside the archive."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "/".join("".join(letter if letter.isprintable() else "_" for letter in part) for part in parts) or "_"


def _read_member(package: zipfile.ZipFile, entry: zipfile.ZipInfo, source: str) -> Member | None:
    suffix = PurePosixPath(source).suffix.lower()
    wanted = suffix == ".pdf"
    try:
        if entry.flag_bits & _ENCRYPTED:
            # Its content cannot be looked at, so its name must decide.
            if not wanted:
                return None
            raise EncryptedArchive(source)
        with package.open(entry) as file:
            head = file.read(_HEAD)
        content = detect(head)
        if content is Content.ARCHIVE and (wanted or suffix == ".zip"):
            content = detect(head, io.BytesIO(_unpack(package, entry, source)))
        if content is Content.ARCHIVE and suffix == ".zip":
            raise NestedArchive(source)
        if content is not Content.PDF and not wanted:
            return None
        data = _unpack(package, entry, source)
    except InputError as error:
        return Member(entry.filename, source, "", entry.file_size, Content.UNKNOWN, error)
    except (*_UNREADABLE, RuntimeError) as error:
        if not wanted:
            return None
        return Member(entry.filename, source, "", entry.file_size, Content.UNKNOWN, DamagedArchive(source, str(error)))
    return Member(entry.filename, source, hashlib.sha256(data).hexdigest(), len(data), content)


def _unpack(package: zipfile.ZipFile, entry: zipfile.ZipInfo, source: str) -> bytes:
    limit = LARGEST_FILE
    if entry.file_size > INFLATION_ALLOWANCE:
        limit = min(limit, max(MOST_INFLATION * entry.compress_size, INFLATION_ALLOWANCE))
    if entry.file_size > limit:
        raise TooLarge(source, entry.file_size, limit)
    try:
        # The size an archive states may be a lie: never read more than the limit.
        with package.open(entry) as file:
            data = file.read(limit + 1)
    except (*_UNREADABLE, RuntimeError) as error:
        raise DamagedArchive(source, str(error)) from error
    if len(data) > limit:
        raise TooLarge(source, len(data), limit)
    return data
