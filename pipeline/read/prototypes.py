"""Lean prototypes for C functions of PDFium that are called thousands of times per page."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any


def prototype(function: Any, *arguments: Any, result: Any = ctypes.c_int) -> Callable[..., Any]:
    """`function` with argument types of our choice: integers pass as pointers, so nothing is wrapped per call.

    The interpreter lock is kept during the call; PDFium must not be entered by two threads anyway.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value
    if address is None:
        raise RuntimeError("the PDFium library lacks a function")
    return ctypes.PYFUNCTYPE(result, *arguments)(address)
