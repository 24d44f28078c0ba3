"""Documents to drawing processes: a PDF that crashes or hangs the renderer loses its own page images only."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager

from pebble import ProcessExpired, ProcessPool

from pipeline.errors import JixiaoError
from pipeline.process_server import start_server
from pipeline.publish.evidence.images import DocumentToDraw, DrawnPages, draw_pages
from pipeline.publish.tables import do_without_pandas

# Drawing a page takes some ten milliseconds; only what hangs takes this long.
_SECONDS_PER_DOCUMENT = 60.0
_SECONDS_PER_PAGE = 3.0


class Renderer:
    """A pool of drawing processes."""

    def __init__(self, pool: ProcessPool) -> None:
        self._pool = pool

    def begin(self, document: DocumentToDraw) -> Future[DrawnPages]:
        """Have a document's pages drawn as soon as a process is free."""
        timeout = _SECONDS_PER_DOCUMENT + _SECONDS_PER_PAGE * len(document.pages)
        future: Future[DrawnPages] = self._pool.schedule(draw_pages, args=(document,), timeout=timeout)
        return future

    def finish(self, future: Future[DrawnPages]) -> tuple[DrawnPages, str | None]:
        """What was drawn, and in a line why nothing was. Raises OSError where images cannot be written."""
        try:
            return future.result(), None
        except JixiaoError as error:
            return DrawnPages({}), str(error)
        except TimeoutError:
            return DrawnPages({}), "drawing its pages took too long"
        except ProcessExpired as error:
            return DrawnPages({}), f"the process drawing its pages died (exit code {error.exitcode})"
        except OSError:
            raise
        except Exception as error:  # the report goes on, whatever one document brings up
            return DrawnPages({}), f"its pages could not be drawn ({type(error).__name__}: {error})"


@contextmanager
def renderer(jobs: int) -> Iterator[Renderer]:
    """A renderer with `jobs` processes, ended with the block; at once, unless the block ends well."""
    pool = ProcessPool(max_workers=jobs, initializer=do_without_pandas, context=start_server())
    try:
        yield Renderer(pool)
        pool.close()
    except BaseException:
        pool.stop()
        raise
    finally:
        pool.join()
