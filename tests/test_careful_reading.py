"""Which pages are read again, by which reader, and which are lost."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from pipeline.careful_reading import PORTION_PAGES, CarefulReading
from pipeline.model.document import Page
from pipeline.model.portion import Portion


def read(portion: Portion) -> list[Page]:
    return [
        Page(number, 10.0, 10.0, f"{number} {portion.avoided}", array("d"), (), ()) for number in portion.numbers(999)
    ]


def read_out(reading: CarefulReading, killers: dict[int, int]) -> tuple[list[Page], int]:
    """Read everything with pages that kill the process once (1) or whichever reader reads them (2); also how many
    processes died."""
    deaths = 0
    while reading:
        portion = reading.take()
        killer = next((n for n in portion.numbers(999) if killers.get(n, 0) > bool(portion.avoided)), None)
        if killer is None:
            reading.keep(read(portion), [])
        else:
            deaths += 1
            reading.put_back(portion, killer, "it died")
    return list(reading.pages), deaths


def test_a_page_that_kills_one_reader_is_read_by_the_other() -> None:
    pages, deaths = read_out(CarefulReading(20), {11: 1})
    assert [page.number for page in pages] == list(range(1, 21))
    assert [page.number for page in pages if page.text.endswith("it died")] == [11]
    assert deaths == 1


def test_a_suspect_is_left_to_the_other_reader_at_once() -> None:
    reading = CarefulReading(20)
    reading.suspect(11, "it died before")
    pages, deaths = read_out(reading, {11: 1})
    assert [page.text for page in pages if "died" in page.text] == ["11 it died before"]
    assert deaths == 0


def test_a_page_that_kills_both_readers_is_lost_alone() -> None:
    reading = CarefulReading(3)
    pages, _ = read_out(reading, {2: 2})
    assert [page.text for page in pages] == ["1 ", "", "3 "]
    assert [(problem.code, problem.page) for problem in reading.problems] == [("page-not-read", 2)]
    assert "it died" in reading.problems[0].message
    assert not reading.came_to_nothing


def test_a_death_outside_of_any_page_is_one_of_all_its_pages() -> None:
    reading = CarefulReading(2)
    reading.put_back(reading.take(), 0, "opening")
    portion = reading.take()
    assert portion == Portion(1, 2, "opening")
    reading.put_back(portion, 0, "opening again")
    assert not reading
    assert reading.came_to_nothing


def test_what_there_is_no_time_for_is_lost() -> None:
    reading = CarefulReading(PORTION_PAGES + 2)
    reading.keep(read(reading.take()), [])
    reading.give_up("no time")
    assert not reading
    assert len(reading.pages) == PORTION_PAGES + 2
    assert [problem.page for problem in reading.problems] == [PORTION_PAGES + 1, PORTION_PAGES + 2]
    assert not reading.came_to_nothing


@given(st.integers(1, 40), st.dictionaries(st.integers(1, 40), st.integers(1, 2)))
def test_every_page_comes_back_once_and_only_killers_of_both_are_lost(count: int, killers: dict[int, int]) -> None:
    reading = CarefulReading(count)
    pages, deaths = read_out(reading, killers)
    present = {number: times for number, times in killers.items() if number <= count}
    assert [page.number for page in pages] == list(range(1, count + 1))
    assert [problem.page for problem in reading.problems] == sorted(n for n, times in present.items() if times == 2)
    assert deaths == sum(present.values())
