"""Every pattern of relations on the examples that stand beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns.fold import squeeze
from patterns.relations import (
    asides,
    averages,
    carry_overs,
    changes,
    cumulations,
    date_spans,
    defined_rates,
    differences,
    enumerations,
    growth,
    headcounts,
    lists,
    multiples,
    named_amounts,
    named_rates,
    parallel_rates,
    partitions,
    plans,
    products,
    rate_series,
    rate_words,
    restatements,
    roles,
    rosters,
    shares,
    slips,
    status_lists,
    surveys,
    totals_behind,
    weighted_means,
    yearly,
)
from patterns.relations.breakdowns import BREAKDOWN_EXAMPLES, find_breakdowns
from patterns.relations.rates import RATE_EXAMPLES, find_rates
from patterns.relations.wording import Wording


def wording_of(text: str) -> Wording:
    return Wording.read(squeeze(text)[0])


def printed(wording: Wording, indices: Iterable[int]) -> tuple[str, ...]:
    return tuple(wording.text[wording.terms[i].start : wording.terms[i].end] for i in indices)


def one(wording: Wording, i: int | None) -> str | None:
    return None if i is None else printed(wording, (i,))[0]


@pytest.mark.parametrize(("head", "role"), roles.ROLE_EXAMPLES)
def test_roles(head: str, role: roles.Role) -> None:
    assert roles.role_of(head) is role


@pytest.mark.parametrize(("head", "subject"), roles.SUBJECT_EXAMPLES)
def test_subjects(head: str, subject: str) -> None:
    assert roles.subject_of(head) == subject


@pytest.mark.parametrize(("heads", "expected"), partitions.PARTITION_EXAMPLES)
def test_partitions(heads: Sequence[str], expected: tuple[str, tuple[int, ...]] | None) -> None:
    found = partitions.find_members(heads)
    assert (None if not found else (found[0].partition.name, found[0].places)) == expected


@pytest.mark.parametrize(("head", "direction"), changes.CHANGE_EXAMPLES)
def test_changes(head: str, direction: int) -> None:
    assert changes.direction_of(head) == direction
    assert changes.is_change(head) is bool(direction)


@pytest.mark.parametrize(("text", "expected"), asides.ASIDE_EXAMPLES)
def test_asides(text: str, expected: tuple[str, ...]) -> None:
    wording = wording_of(text)
    assert printed(wording, (i for i in range(len(wording.terms)) if asides.is_aside(wording, i))) == expected


@pytest.mark.parametrize(("text", "expected"), changes.BALANCE_EXAMPLES)
def test_balances(text: str, expected: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
    wording = wording_of(text)
    found = []
    for readings in changes.find_balances(wording):
        for balance in readings:
            total = sum(sign * wording.terms[i].value for i, sign in balance.signed)
            if total == wording.terms[balance.closing].value:
                signed = tuple(f"{'+' if sign > 0 else '-'}{one(wording, i)}" for i, sign in balance.signed)
                found.append((one(wording, balance.closing), signed))
                break
    assert tuple(found) == expected


@pytest.mark.parametrize(("text", "expected"), BREAKDOWN_EXAMPLES)
def test_breakdowns(text: str, expected: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
    wording = wording_of(text)
    found = tuple((one(wording, b.wholes[0]), printed(wording, b.readings[0].parts)) for b in find_breakdowns(wording))
    assert found == expected


@pytest.mark.parametrize(("text", "expected"), totals_behind.TOTAL_BEHIND_EXAMPLES)
def test_totals_behind(text: str, expected: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
    wording = wording_of(text)
    found = totals_behind.find_totals_behind(wording)
    assert tuple((one(wording, b.wholes[0]), printed(wording, b.readings[0].parts)) for b in found) == expected


@pytest.mark.parametrize(("text", "expected"), status_lists.STATUS_LIST_EXAMPLES)
def test_status_lists(text: str, expected: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
    wording = wording_of(text)
    found = status_lists.find_status_lists(wording)
    assert tuple((one(wording, b.wholes[0]), printed(wording, b.readings[0].parts)) for b in found) == expected


@pytest.mark.parametrize(("text", "expected"), rosters.ROSTER_EXAMPLES)
def test_rosters(text: str, expected: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
    wording = wording_of(text)
    found = tuple(
        (one(wording, r.closing), tuple(f"{'+' if sign > 0 else '-'}{one(wording, i)}" for i, sign in r.signed))
        for r in rosters.find_rosters(wording)
    )
    assert found == expected


@pytest.mark.parametrize(("text", "expected"), growth.LEVEL_BEHIND_EXAMPLES)
def test_levels_behind_their_growth(text: str, expected: tuple[tuple[str, str, str, int], ...]) -> None:
    wording = wording_of(text)
    found = growth.find_levels_behind(wording)
    assert tuple((*printed(wording, (level, base, rate)), sign) for level, base, rate, sign in found) == expected


@pytest.mark.parametrize(("text", "expected"), yearly.POINTS_EXAMPLES)
def test_points_of_years(text: str, expected: tuple[tuple[str, str, str, int], ...]) -> None:
    wording = wording_of(text)
    found = yearly.points_of_years(wording)
    assert tuple((*printed(wording, (points, now, base)), sign) for points, now, base, sign in found) == expected


@pytest.mark.parametrize(("text", "expected"), yearly.YEARLY_MEAN_EXAMPLES)
def test_yearly_means(text: str, expected: tuple[tuple[str, str, int], ...]) -> None:
    wording = wording_of(text)
    found = yearly.yearly_means(wording)
    assert tuple((*printed(wording, (mean, total)), years) for mean, total, years in found) == expected


@pytest.mark.parametrize(("text", "expected"), enumerations.SPOKEN_EXAMPLES)
def test_spoken_items(text: str, expected: int) -> None:
    wording = wording_of(text)
    assert enumerations.spoken_items(wording, 0) == expected


@pytest.mark.parametrize(("text", "expected"), differences.DIFFERENCE_EXAMPLES)
def test_differences(text: str, expected: tuple[tuple[str, str, str, bool], ...]) -> None:
    wording = wording_of(text)
    found = differences.find_differences(wording)
    assert tuple((*printed(wording, (d.stated, d.minuend, d.subtrahend)), d.certain) for d in found) == expected


@pytest.mark.parametrize(("text", "name", "expected"), differences.SHARE_SAVED_EXAMPLES)
def test_shares_saved(text: str, name: str, expected: tuple[str, str] | None) -> None:
    wording = wording_of(text)
    divided = differences.share_saved(wording, name, range(len(wording.terms) - 1))
    assert (None if divided is None else printed(wording, divided)) == expected


@pytest.mark.parametrize(("text", "name", "expected"), named_rates.NAMED_RATE_EXAMPLES)
def test_rates_by_their_names(text: str, name: str, expected: tuple[str, str] | None) -> None:
    wording = wording_of(text)
    divided = named_rates.divided_by_name(wording, name, range(len(wording.terms) - 1))
    assert (None if divided is None else printed(wording, divided)) == expected


@pytest.mark.parametrize(("text", "expected"), products.PRODUCT_EXAMPLES)
def test_products(text: str, expected: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
    wording = wording_of(text)
    found = products.find_products(wording)
    assert tuple((one(wording, p.total), printed(wording, p.factors)) for p in found) == expected


@pytest.mark.parametrize(("text", "expected"), multiples.MULTIPLE_EXAMPLES)
def test_multiples(text: str, expected: tuple[tuple[str, str, str], ...]) -> None:
    wording = wording_of(text)
    found = multiples.find_multiples(wording)
    told = ((m.times, "" if m.current is None else one(wording, m.current), m.base) for m in found)
    assert tuple((one(wording, times), current, one(wording, base)) for times, current, base in told) == expected


@pytest.mark.parametrize(("text", "expected"), date_spans.DATE_SPAN_EXAMPLES)
def test_date_spans(text: str, expected: tuple[tuple[str, int], ...]) -> None:
    wording = wording_of(text)
    found = date_spans.find_date_spans(wording)
    assert tuple((one(wording, span.days), span.sizes[0]) for span in found) == expected


@pytest.mark.parametrize(("text", "expected"), weighted_means.WEIGHTED_MEAN_EXAMPLES)
def test_weighted_means(text: str, expected: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]) -> None:
    wording = wording_of(text)
    found = weighted_means.find_weighted_means(wording)
    assert (
        tuple((one(wording, m.mean), printed(wording, m.rates), printed(wording, m.weights)) for m in found) == expected
    )


@pytest.mark.parametrize(("text", "expected"), RATE_EXAMPLES)
def test_rates(text: str, expected: tuple[tuple[str, str, tuple[str, str] | None], ...]) -> None:
    wording = wording_of(text)
    found = tuple(
        (
            one(wording, rate.percent),
            rate.name,
            None if rate.only is None else printed(wording, (*rate.only.numerator, *rate.only.denominator)),
        )
        for rate in find_rates(wording)
    )
    assert found == expected


@pytest.mark.parametrize(("lead", "name"), rate_words.NAME_EXAMPLES)
def test_names_of_rates(lead: str, name: str | None) -> None:
    assert rate_words.rate_name(lead) == name


@pytest.mark.parametrize(("name", "measure", "head", "expected"), rate_words.DIVISION_EXAMPLES)
def test_what_a_rate_may_divide(name: str, measure: str, head: str, expected: bool) -> None:
    assert rate_words.may_divide(name, measure, head) is expected


@pytest.mark.parametrize(("text", "expected"), cumulations.CUMULATION_EXAMPLES)
def test_cumulations(text: str, expected: tuple[tuple[str, str, str | None], ...]) -> None:
    wording = wording_of(text)
    found = (
        (one(wording, s.own), one(wording, s.total), one(wording, s.before)) for s in cumulations.find_steps(wording)
    )
    assert tuple(found) == expected


@pytest.mark.parametrize(("text", "expected"), growth.CHANGE_OF_LEVELS_EXAMPLES)
def test_change_of_levels(text: str, expected: tuple[tuple[str, str, str, int], ...]) -> None:
    wording = Wording.read(text)
    found = tuple((*printed(wording, figures), direction) for *figures, direction in growth.change_with_levels(wording))
    assert found == expected


@pytest.mark.parametrize(("text", "expected"), growth.GROWTH_EXAMPLES)
def test_growth(text: str, expected: tuple[tuple[str, int, tuple[tuple[str, str, str], ...]], ...]) -> None:
    wording = wording_of(text)
    found = tuple(
        (
            one(wording, g.percent),
            g.direction,
            tuple((r.form.value, one(wording, r.first), one(wording, r.second)) for r in g.readings if r.told),
        )
        for g in growth.find_growths(wording)
    )
    assert found == expected


@pytest.mark.parametrize(("text", "expected"), shares.SHARE_EXAMPLES)
def test_shares(text: str, expected: tuple[tuple[str, str, str, str | None], ...]) -> None:
    wording = wording_of(text)
    found = tuple(
        (one(wording, s.percent), one(wording, s.part), s.whole, one(wording, s.inline))
        for s in shares.find_shares(wording)
    )
    assert found == expected


@pytest.mark.parametrize(("whole", "head", "names", "is_name"), shares.WHOLE_EXAMPLES)
def test_wholes(whole: str, head: str, names: bool, is_name: bool) -> None:
    assert shares.names_whole(whole, head) is names
    assert shares.is_name_of_whole(whole, head) is is_name


@pytest.mark.parametrize(("text", "expected"), plans.PLAN_EXAMPLES)
def test_plans(text: str, expected: tuple[tuple[str, str], ...]) -> None:
    wording = wording_of(text)
    assert tuple((*printed(wording, (i,)), thing) for i, thing in plans.find_plans(wording)) == expected


@pytest.mark.parametrize(("text", "name", "expected"), plans.COMPLETED_EXAMPLES)
def test_completed(text: str, name: str, expected: str | None) -> None:
    wording = wording_of(text)
    percent = len(wording.terms) - 1
    assert one(wording, plans.find_completed(wording, percent, name, 0)) == expected


@pytest.mark.parametrize(("text", "name", "expected"), defined_rates.DEFINED_RATE_EXAMPLES)
def test_defined_rates(text: str, name: str, expected: tuple[str, str] | None) -> None:
    wording = wording_of(text)
    percent = len(wording.terms) - 1
    before = range(percent)
    found = (
        defined_rates.adjustment_of(wording, name, before)
        or defined_rates.carried_share(wording, name, before)
        or defined_rates.fulfilment_of_subject(wording, name, percent)
        or defined_rates.named_part_of_all(wording, name, before)
    )
    assert (None if found is None else printed(wording, found)) == expected


@pytest.mark.parametrize(("text", "expected"), surveys.SATISFACTION_EXAMPLES)
def test_satisfactions(text: str, expected: tuple[tuple[str, tuple[str, ...], str | None], ...]) -> None:
    wording = wording_of(text)
    found = tuple(
        (*printed(wording, (s.percent,)), printed(wording, s.satisfied), one(wording, next(iter(s.bases), None)))
        for s in surveys.find_satisfactions(wording)
    )
    assert found == expected


@pytest.mark.parametrize(("text", "expected"), rate_series.RATE_SERIES_EXAMPLES)
def test_rate_series(text: str, expected: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]) -> None:
    wording = wording_of(text)
    found = tuple(
        (series.name, printed(wording, series.figures), printed(wording, series.percents))
        for series in rate_series.find_rate_series(wording)
    )
    assert found == expected


@pytest.mark.parametrize(("text", "expected"), headcounts.HEADCOUNT_EXAMPLES)
def test_headcounts(text: str, expected: tuple[tuple[str, headcounts.Group, str, str | None], ...]) -> None:
    wording = wording_of(text)
    found = tuple(
        (one(wording, h.figure), h.group, h.category, one(wording, h.beside))
        for h in headcounts.find_headcounts(wording)
    )
    assert found == expected


@pytest.mark.parametrize(("text", "expected"), enumerations.ENUMERATION_EXAMPLES)
def test_enumerations(text: str, expected: tuple[tuple[str, tuple[int, ...], bool, bool], ...]) -> None:
    wording = wording_of(text)
    found = tuple((one(wording, e.count), e.sizes, e.quoted, e.open) for e in enumerations.find_enumerations(wording))
    assert found == expected


@pytest.mark.parametrize(("text", "expected"), lists.OPENING_EXAMPLES)
def test_openings_of_lists(text: str, expected: bool) -> None:
    assert lists.opens_list(squeeze(text)[0]) is expected


@pytest.mark.parametrize(("text", "expected"), averages.AVERAGE_EXAMPLES)
def test_averages(text: str, expected: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]) -> None:
    wording = wording_of(text)
    found = tuple(
        (one(wording, a.average), tuple(printed(wording, pair) for pair in (a.pairs or (a.members,))))
        for a in averages.find_averages(wording)
    )
    assert found == expected


@pytest.mark.parametrize(("text", "year", "expected"), restatements.ITEM_EXAMPLES)
def test_item_amounts(text: str, year: int, expected: tuple[tuple[str, str], ...]) -> None:
    wording = wording_of(text)
    assert tuple(printed(wording, pair) for pair in restatements.find_item_amounts(wording, year)) == expected


@pytest.mark.parametrize(("text", "expected"), restatements.CONVERSION_EXAMPLES)
def test_conversions(text: str, expected: tuple[tuple[str, str], ...]) -> None:
    wording = wording_of(text)
    assert tuple(printed(wording, pair) for pair in restatements.find_conversions(wording)) == expected


@pytest.mark.parametrize(("stated", "meant", "quantum", "expected"), slips.SLIP_EXAMPLES)
def test_slips(stated: str, meant: str, quantum: str, expected: bool) -> None:
    assert slips.is_slip(Decimal(stated), Decimal(meant), Decimal(quantum)) is expected


@pytest.mark.parametrize(("ours", "theirs", "expected"), slips.MISPRINT_EXAMPLES)
def test_misprints(ours: str, theirs: str, expected: bool) -> None:
    assert slips.is_misprint(ours, theirs) is expected
    assert slips.is_misprint(theirs, ours) is expected


@pytest.mark.parametrize(("head", "name"), restatements.REST_EXAMPLES)
def test_rests_by_name(head: str, name: str | None) -> None:
    assert restatements.rest_named(head) == name


@pytest.mark.parametrize(("head", "total"), carry_overs.TOTAL_EXAMPLES)
def test_totals_of_the_year(head: str, total: carry_overs.YearTotal | None) -> None:
    assert carry_overs.year_total_named(head) is total


@pytest.mark.parametrize(("lead", "expected"), carry_overs.REST_RATE_EXAMPLES)
def test_rates_of_what_is_left(lead: str, expected: bool) -> None:
    assert carry_overs.is_rate_of_rest(lead) is expected


@pytest.mark.parametrize(("text", "subjects"), parallel_rates.PARTS_EXAMPLES)
def test_parts_with_rates(text: str, subjects: tuple[str, ...]) -> None:
    found = tuple(part.subject for parts in parallel_rates.find_rated_parts(wording_of(text)) for part in parts)
    assert found == subjects


@pytest.mark.parametrize(("text", "expected"), named_amounts.NAMED_EXAMPLES)
def test_named_amounts(text: str, expected: tuple[tuple[str, str, named_amounts.Stage], ...]) -> None:
    wording = wording_of(text)
    found = named_amounts.find_named_amounts(wording)
    assert tuple((one(wording, a.index), a.item, a.stage) for a in found) == expected


@pytest.mark.parametrize(("path", "stage", "name"), named_amounts.COLUMN_EXAMPLES)
def test_stages_of_columns(path: tuple[str, ...], stage: named_amounts.Stage | None, name: str) -> None:
    assert named_amounts.stage_of_column(path) == (stage, name)


@pytest.mark.parametrize(("head", "expected"), named_amounts.SPENDING_EXAMPLES)
def test_spending_of_all(head: str, expected: bool) -> None:
    assert named_amounts.tells_spending_of_all(head) is expected


@given(st.integers(min_value=10**4, max_value=10**12), st.integers(min_value=0, max_value=12))
def test_a_swap_is_a_slip_both_ways(number: int, place: int) -> None:
    digits = str(number)
    place %= len(digits) - 1
    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    assert slips.are_swapped(digits, swapped) is (digits != swapped)
    assert slips.are_swapped(swapped, digits) is (digits != swapped)


@settings(deadline=None)
@given(st.lists(st.integers(min_value=1, max_value=10**6), min_size=2, max_size=5))
def test_a_plain_list_is_read_whole(parts: list[int]) -> None:
    names = "甲乙丙丁戊"
    listed = "，".join(f"{name}科{part}万元" for name, part in zip(names, parts, strict=False))
    wording = wording_of(f"全年支出{sum(parts)}万元，其中：{listed}。")
    breakdown = next(iter(find_breakdowns(wording)))
    assert breakdown.wholes == (0,)
    assert tuple(range(1, len(parts) + 1)) in [reading.parts for reading in breakdown.readings]


@given(st.text(alphabet="甲乙，。；：、（）其中包括分别为由构成占率100万元%人个年", max_size=80))
def test_no_text_breaks_the_patterns(text: str) -> None:
    wording = wording_of(text)
    indices = range(len(wording.terms))
    for breakdown in find_breakdowns(wording):
        assert all(i in indices for reading in breakdown.readings for i in reading.parts)
    for rate in find_rates(wording):
        assert rate.percent in indices
    ends = wording.sentence_ends
    assert all(a < b for a, b in pairwise(ends))
    list(changes.find_balances(wording))
    list(growth.find_comparisons(wording))
    list(shares.find_shares(wording))
    list(enumerations.find_enumerations(wording))
    list(headcounts.find_headcounts(wording))
    list(averages.find_averages(wording))
    list(cumulations.find_steps(wording))
