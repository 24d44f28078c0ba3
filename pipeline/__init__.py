"""jixiao: reads Chinese performance self-evaluation reports (绩效自评) and says which of their numbers hold.

>>> import pipeline
>>> r = pipeline.load("output")
>>> r.findings[["severity", "message"]]
>>> r.sql("SELECT code, count(*) AS n FROM findings GROUP BY code ORDER BY n DESC")
>>> pipeline.analyse("report.pdf")
>>> pipeline.read("report.pdf")

The functions are in `pipeline.api`, which is loaded when the first of them is used: the command line, which is in this
package too, starts without pandas.

`pipeline.read` and `pipeline.analyse` are also a package and a module. As such they are bound to these names when
something imports them, and are then made callable: they are modules to whoever imports from them, and functions to
whoever calls them.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.api import analyse, load, read

__all__ = ["analyse", "load", "read"]


class _CallableModule(ModuleType):
    """A module that is called like the function of its name in `pipeline.api`."""

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        name = self.__name__.rpartition(".")[2]
        return getattr(import_module("pipeline.api"), name)(*arguments, **options)


class _Package(ModuleType):
    """This package: makes submodules callable whose name is that of a public function."""

    def __setattr__(self, name: str, value: object) -> None:
        if name in __all__ and isinstance(value, ModuleType):
            value.__class__ = _CallableModule
        super().__setattr__(name, value)


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module("pipeline.api"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])


sys.modules[__name__].__class__ = _Package
