"""Find the inputs of a run: files, folders, patterns and .zip archives, told apart by content and never by name.

Every input ends as something: a `SourceFile` to be read, or a `FailedInput` that says why not. Inputs with the same
bytes have the same `sha256` (and so the same `doc_id`); the run reads them once and gives each its row, in which
`duplicate_of` names the first.
"""

from __future__ import annotations

import glob
import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import EmptyFile, InputError, NoPdfFound, NotAccessible, NotAPdf, NotFound, TooLarge
from pipeline.ingest import archive
from pipeline.ingest.content import Content, detect
from pipeline.ingest.limits import LARGEST_FILE
from pipeline.model.document import SourceFile

_BLOCK = 1 << 20
_HEAD = 4096


@dataclass(frozen=True, slots=True)
class FailedInput:
    """An input that cannot be read. `source` has an empty sha256 when there are no bytes to speak of (a path that does
    not exist, a folder without PDFs)."""

    source: SourceFile
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A path to look into, and whether the user named it (then it must end as a row, whatever it is)."""

    path: Path
    named: bool


def find_inputs(inputs: Sequence[str]) -> Iterator[SourceFile | FailedInput]:
    """Everything that `inputs` name, in the order given, folders and archives sorted by name.

    An input is a file, a folder (searched to the bottom; hidden folders are not), a .zip archive or a pattern such as
    `reports/**/*.pdf`. In folders and archives, what counts is every file that is a PDF by content or by name; a file
    named directly counts always. A file reached twice is taken once. `source` is relative to the folder that all
    inputs share.
    """
    candidates = [candidate for given in inputs for candidate in _expand(given)]
    root = _common_root([candidate.path for candidate in candidates])
    seen: set[Path] = set()
    for candidate in candidates:
        yield from _look_into(candidate, root, seen)


def load_bytes(source: SourceFile) -> bytes:
    """The bytes of a source, from disk or out of its archive.

    Raises NotAccessible when the file has gone or changed since it was found, and DamagedArchive, EncryptedArchive or
    TooLarge for archives.
    """
    if source.member is not None:
        return archive.load_member(source)
    try:
        data = source.path.read_bytes()
    except OSError as error:
        raise NotAccessible(source.source, _reason(error)) from error
    if hashlib.sha256(data).hexdigest() != source.sha256:
        raise NotAccessible(source.source, "it changed while the run was going on")
    return data


def _expand(given: str) -> list[_Candidate]:
    path = Path(given)
    if path.exists() or not glob.has_magic(given):
        return [_Candidate(path, named=True)]
    matches = map(Path, sorted(glob.glob(given, recursive=True)))  # noqa: PTH207 - Path.glob takes no absolute patterns
    # A folder that a pattern matches is searched like any other, but an empty one is not what the user asked about.
    found = [_Candidate(match, named=match.is_file()) for match in matches if not _is_shadow(match.name)]
    return found or [_Candidate(path, named=True)]


def _common_root(paths: Sequence[Path]) -> Path:
    """The folder that all inputs share: a folder named alone, else the nearest one above them all."""
    folders = [str(path.absolute() if path.is_dir() else path.absolute().parent) for path in paths]
    try:
        return Path(os.path.commonpath(folders)) if folders else Path.cwd()
    except ValueError:  # different drives
        return Path(folders[0])


def _name(path: Path, root: Path) -> str:
    absolute = path.absolute()
    return absolute.relative_to(root).as_posix() if absolute.is_relative_to(root) else absolute.as_posix()


def _look_into(candidate: _Candidate, root: Path, seen: set[Path]) -> Iterator[SourceFile | FailedInput]:
    path = candidate.path
    if path.is_dir():
        found = 0
        for member in _walk(path):
            for item in _look_into_file(_Candidate(member, named=False), root, seen):
                found += 1
                yield item
        if not found and candidate.named and path.resolve() not in seen:
            seen.add(path.resolve())
            yield _failed(path, path.name or str(path), NoPdfFound(str(path)))
    else:
        yield from _look_into_file(candidate, root, seen)


def _walk(folder: Path) -> Iterator[Path]:
    """Files below `folder`, sorted; not those of hidden folders, nor the shadow files of other systems."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__MACOSX")
        for name in sorted(names):
            if not _is_shadow(name):
                yield Path(place, name)


def _is_shadow(name: str) -> bool:
    """Hidden files, and the lock files that Office leaves beside an open document."""
    return name.startswith((".", "~$"))


def _look_into_file(candidate: _Candidate, root: Path, seen: set[Path]) -> Iterator[SourceFile | FailedInput]:
    path = candidate.path
    name = _name(path, root)
    resolved = path.resolve()
    if resolved in seen:
        return
    if not path.exists():
        seen.add(resolved)
        yield _failed(path, name, NotFound(str(path)))
        return
    wanted = candidate.named or path.suffix.lower() == ".pdf"
    try:
        if not path.is_file():
            raise NotAccessible(name, "it is no ordinary file")
        with path.open("rb") as file:
            head = file.read(_HEAD)
        content = detect(head, path)
        if content is Content.ARCHIVE and (wanted or path.suffix.lower() == ".zip"):
            seen.add(resolved)
            yield from _look_into_archive(path, name, candidate.named)
        elif wanted or content is Content.PDF:
            seen.add(resolved)
            yield _identify(path, name, content)
    except OSError as error:
        if wanted:
            yield _failed(path, name, NotAccessible(name, _reason(error)))
    except InputError as error:
        if wanted:
            yield _failed(path, name, error)


def _identify(path: Path, name: str, content: Content) -> SourceFile | FailedInput:
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise TooLarge(name, size, LARGEST_FILE)
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return _judge(SourceFile(path, name, digest.hexdigest(), size), content)


def _judge(source: SourceFile, content: Content) -> SourceFile | FailedInput:
    if content is Content.PDF:
        return source
    error = EmptyFile(source.source) if content is Content.EMPTY else NotAPdf(source.source, content.value)
    return FailedInput(source, error.code, str(error))


def _look_into_archive(path: Path, name: str, named: bool) -> Iterator[SourceFile | FailedInput]:
    found = 0
    try:
        for member in archive.read_members(path, name):
            found += 1
            source = SourceFile(path, member.source, member.sha256, member.bytes, member.name)
            if member.error is not None:
                yield FailedInput(source, member.error.code, str(member.error))
            else:
                yield _judge(source, member.content)
    except InputError as error:
        found += 1
        yield _failed(path, name, error)
    if not found and named:
        yield _failed(path, name, NoPdfFound(name))


def _failed(path: Path, name: str, error: InputError) -> FailedInput:
    """A failure without content: the row says what was asked for, but there is no document behind it."""
    size = path.stat().st_size if path.is_file() else 0
    return FailedInput(SourceFile(path, name, "", size), error.code, str(error))


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
