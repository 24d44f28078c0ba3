"""What can go wrong, as exceptions that say what happened, to which file, and what to do next.

Exit codes of the command line:

=====  ==================================================================================
  0    every input was read (findings do not change it unless `--fail-on` asks for that)
  1    some inputs could not be read, or `--fail-on` found what it was told to look for
  2    the command cannot be carried out as given: wrong usage, nothing to read, output not writable
130    interrupted by Ctrl-C; what was done until then is published
=====  ==================================================================================

Every error carries a stable `code` in kebab case; datasets print it as `error_code`, so a code never changes meaning.
"""

# ruff: noqa: N818 - the names say what is wrong, as they do in tracebacks and in the tables of error codes

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar


class ExitCode(IntEnum):
    """What the command line returns; the module's docstring says when."""

    OK = 0
    SOME_FAILED = 1
    USAGE = 2
    INTERRUPTED = 130


class JixiaoError(Exception):
    """An error a person can act on: `message` names what happened and to which file, `hint` what to do about it."""

    code: ClassVar[str] = "error"
    exit_code: ClassVar[ExitCode] = ExitCode.SOME_FAILED

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class InputError(JixiaoError):
    """One input could not be read; the rest of the run goes on."""

    code = "unreadable"


class NotFound(InputError):
    """A path given by the user does not exist, or a pattern matches nothing."""

    code = "not-found"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}: no such file or folder.", "Check the path; patterns such as '*.pdf' must match a file."
        )


class NotAccessible(InputError):
    """The operating system refused to open or read a file."""

    code = "not-accessible"

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: cannot be opened ({why}).", "Check its permissions.")


class NoPdfFound(InputError):
    """A folder or an archive holds nothing to read."""

    code = "no-pdf-found"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}: no PDF in it.", "Name a folder, archive or file that holds PDF reports.")


class NotAPdf(InputError):
    """The content is something else, whatever the name says; `actually` says what."""

    code = "not-a-pdf"

    def __init__(self, name: str, actually: str) -> None:
        super().__init__(f"{name}: not a PDF but {actually}.", "Export the report as PDF and give that file.")


class EmptyFile(InputError):
    """The file has no bytes at all."""

    code = "empty-file"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}: the file is empty (0 bytes).", "Download or copy it again.")


class TooLarge(InputError):
    """Reading the file would take more memory than one report may reasonably need."""

    code = "too-large"

    def __init__(self, name: str, size: int, limit: int) -> None:
        super().__init__(
            f"{name}: {size / 2**20:,.0f} MiB, more than the {limit / 2**20:,.0f} MiB one report may have.",
            "Split the file, or unpack the archive first if it is genuine.",
        )


class DamagedArchive(InputError):
    """A .zip archive, or one of its members, cannot be unpacked."""

    code = "damaged-archive"

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: cannot be unpacked ({why}).", "Download the archive again, or unpack it yourself.")


class EncryptedArchive(InputError):
    """A member of a .zip archive is encrypted."""

    code = "encrypted-archive"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}: encrypted inside its archive.", "Unpack the archive with its password first.")


class NestedArchive(InputError):
    """An archive inside an archive: not opened, so that no archive can unfold without end."""

    code = "nested-archive"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}: an archive inside an archive is not opened.", "Unpack the outer archive first.")


class Encrypted(InputError):
    """The PDF needs a password and none was given."""

    code = "encrypted"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}: encrypted, and no password was given.", "Give it with --password.")


class WrongPassword(InputError):
    """The PDF needs a password and the given one does not open it."""

    code = "wrong-password"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}: the given password does not open it.", "Give the right one with --password.")


class UnsupportedEncryption(InputError):
    """The PDF is encrypted in a way that no reader here knows (a certificate, a vendor's rights management)."""

    code = "unsupported-encryption"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}: encrypted in a way that is not supported.", "Save it without protection first.")


class Damaged(InputError):
    """It calls itself a PDF, but its structure cannot be read or repaired."""

    code = "damaged"

    def __init__(self, name: str, why: str = "its structure cannot be read") -> None:
        super().__init__(f"{name}: damaged PDF ({why}).", "Download or export it again.")


class Truncated(Damaged):
    """A damaged PDF whose end is missing: most often a download that broke off."""

    code = "truncated"

    def __init__(self, name: str) -> None:
        super().__init__(name, "the end of the file is missing")


class NoPages(InputError):
    """A PDF that holds no page."""

    code = "no-pages"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}: a PDF without a single page.", "Export the report again.")


class OutputError(JixiaoError):
    """Results could not be written."""

    code = "output"
    exit_code = ExitCode.USAGE


class OutputNotWritable(OutputError):
    """The output folder cannot be made or written."""

    code = "output-not-writable"

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: cannot be written ({why}).", "Name another folder with --output.")


class UsageError(JixiaoError):
    """The command makes no sense as given."""

    code = "usage"
    exit_code = ExitCode.USAGE
