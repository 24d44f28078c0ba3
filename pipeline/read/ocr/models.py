"""The recognition models: PP-OCR as shipped in the rapidocr wheel, run on onnxruntime.

Only the models are taken from rapidocr, not its code: recognition has to give every character its place and its own
confidence, per cell of a table, which its interface does not.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Tensor = npt.NDArray[np.float32]

DETECTION = "PP-OCRv6_det_small.onnx"
RECOGNITION = "PP-OCRv6_rec_small.onnx"

THREADS_VARIABLE = "JIXIAO_OCR_THREADS"


class OCRUnavailableError(Exception):
    """The OCR packages or their models are not installed; the text says which."""


def model_version() -> str:
    """Which models are in use: results of other ones are not comparable."""
    try:
        return f"rapidocr {importlib.metadata.version('rapidocr')}: {DETECTION}, {RECOGNITION}"
    except importlib.metadata.PackageNotFoundError as error:
        raise OCRUnavailableError("the package rapidocr is not installed") from error


def thread_count() -> int:
    """How many threads recognition uses: JIXIAO_OCR_THREADS, or as many as the process has processors."""
    told = os.environ.get(THREADS_VARIABLE, "")
    if told.isdigit() and int(told) > 0:
        return int(told)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@cache
def detection_model() -> Any:
    """The model that tells text from no text, pixel by pixel. Loaded once per process."""
    return _load(DETECTION, thread_count())


@cache
def recognition_model() -> Any:
    """The model that reads a line. One thread each: lines are read side by side instead. Loaded once per process."""
    return _load(RECOGNITION, 1)


@cache
def alphabet() -> tuple[str, ...]:
    """What the recognition model's classes stand for: 0 for nothing, then the characters, then the space."""
    characters: str = recognition_model().get_modelmeta().custom_metadata_map["character"]
    return ("", *characters.splitlines(), " ")


def run(model: Any, tensor: Tensor) -> Tensor:
    """The model's only output for its only input."""
    output: Tensor = model.run(None, {model.get_inputs()[0].name: tensor})[0]
    return output


def _load(name: str, threads: int) -> Any:
    try:
        import onnxruntime  # noqa: PLC0415 - pages with a text layer never need it
    except ImportError as error:
        raise OCRUnavailableError("the package onnxruntime is not installed") from error
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Waiting threads that spin take the processor from the ones that work.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # An arena grows to the largest page ever seen and is never given back.
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(str(_model_path(name)), options, providers=["CPUExecutionProvider"])


def _model_path(name: str) -> Path:
    found = importlib.util.find_spec("rapidocr")
    if found is None or not found.submodule_search_locations:
        raise OCRUnavailableError("the package rapidocr is not installed")
    path = Path(found.submodule_search_locations[0]) / "models" / name
    if not path.is_file():
        raise OCRUnavailableError(f"this version of rapidocr has no model {name}")
    return path
