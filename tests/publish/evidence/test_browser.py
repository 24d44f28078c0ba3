"""The report in a real browser, opened from the file system as its readers open it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.publish.schema import Row
from tests.publish.evidence.conftest import Site, Visit
from tests.publish.evidence.reports import MARKUP, build, publish, rows_with_markup
from tests.sample_outcome import source_file

pytestmark = pytest.mark.slow

MARGIN = 1.0  # points that an outline keeps from its figure
TOLERANCE = 1.0  # pixels


def documents(site: Site, **wanted: object) -> list[Row]:
    return [row for row in site.rows("documents") if all(row[name] == value for name, value in wanted.items())]


def shown_names(page: Any) -> list[str]:
    return [str(name) for name in page.locator(".documents .name").all_text_contents()]


def finding_with_most_operands(site: Site) -> tuple[Row, Row]:
    """A finding with its check: the one with the most figures, most likely over several pages."""
    checks = {(check["doc_id"], check["check_id"]): check for check in site.rows("checks")}
    pairs = [(finding, checks[finding["doc_id"], finding["check_id"]]) for finding in site.rows("findings")]
    return max(pairs, key=lambda pair: len(pair[1]["operands"]))


def quantities_of(site: Site, check: Row) -> list[Row]:
    wanted = {check["stated_id"], *(operand["quantity_id"] for operand in check["operands"])}
    rows = [row for row in site.rows("quantities") if row["doc_id"] == check["doc_id"]]
    return [row for row in rows if row["quantity_id"] in wanted]


def page_sizes(site: Site, doc_id: str) -> dict[int, Row]:
    return {row["page"]: row for row in site.rows("pages") if row["doc_id"] == doc_id}


def assert_lit_where_printed(page: Any, site: Site, quantity: Row) -> None:
    """Every line of the figure is lit up exactly where the datasets say that it stands on the page's image."""
    sizes = page_sizes(site, quantity["doc_id"])
    rects = page.locator(f'.figure[data-figure="{quantity["quantity_id"]}"]')
    lines = quantity["lines"] or quantity["segments"]
    assert rects.count() == len(lines)
    for at, line in enumerate(lines):
        size = sizes[line["page"]]
        image = page.locator(f"#page-{line['page']} img").bounding_box()
        scale = image["width"] / size["width"]
        assert image["height"] / size["height"] == pytest.approx(scale, rel=0.005)
        rect = rects.nth(at)
        assert "lit" in rect.get_attribute("class").split()
        box = rect.evaluate(
            "element => { const b = element.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; }"
        )
        expected = (
            image["x"] + (line["x0"] - MARGIN) * scale,
            image["y"] + (line["top"] - MARGIN) * scale,
            image["x"] + (line["x1"] + MARGIN) * scale,
            image["y"] + (line["bottom"] + MARGIN) * scale,
        )
        assert box == pytest.approx(expected, abs=TOLERANCE)


# The start page


def test_the_start_page_lists_filters_sorts_and_searches(visit: Visit, sample_site: Site) -> None:
    page = visit.page
    page.goto(sample_site.index)
    assert len(shown_names(page)) == 4
    page.get_by_role("button", name="错误", exact=True).click()
    with_errors = [row["department"] for row in sample_site.rows("documents") if row["errors"]]
    assert sorted(shown_names(page)) == sorted(with_errors)
    page.get_by_role("button", name="错误", exact=True).click()
    page.get_by_role("button", name="无问题", exact=True).click()
    assert shown_names(page) == [row["department"] for row in documents(sample_site, findings=0)]
    page.get_by_role("button", name="清除筛选").click()
    page.get_by_role("button", name="年度").click()
    years = page.locator(".documents td.col-year").all_text_contents()
    assert years == sorted(years)
    assert page.locator("th[aria-sort=ascending]").inner_text().startswith("年度")
    page.get_by_role("searchbox").fill("songqi")
    assert shown_names(page) == ["松岐县交通运输局"]
    assert page.locator("#count").inner_text().startswith("1 / 4")


def test_filters_are_kept_for_the_way_back(visit: Visit, sample_site: Site) -> None:
    page = visit.page
    page.goto(sample_site.index)
    page.get_by_role("button", name="无问题", exact=True).click()
    before = shown_names(page)
    page.locator(".documents a.name").first.click()
    page.wait_for_selector(".sheet")
    page.go_back()
    assert shown_names(page) == before
    assert page.get_by_role("button", name="无问题", exact=True).get_attribute("aria-pressed") == "true"


def test_all_findings_are_listed_and_lead_to_their_place(visit: Visit, sample_site: Site) -> None:
    page = visit.page
    page.goto(sample_site.index)
    page.get_by_role("tab", name="问题").click()
    page.wait_for_selector(".finding-row")
    findings = sample_site.rows("findings")
    assert page.locator(".finding-row").count() == len(findings)
    page.locator(".codes button").first.click()
    code = page.locator(".codes button .code").first.inner_text()
    assert page.locator(".finding-row").count() == sum(finding["code"] == code for finding in findings)
    page.locator(".finding-row").first.click()
    page.wait_for_selector(".item.open .arithmetic")
    assert page.locator(".item.open .code").first.inner_text() == code


# A document


def test_a_finding_lights_up_its_figures_where_they_are_printed(visit: Visit, sample_site: Site) -> None:
    page = visit.page
    finding, check = finding_with_most_operands(sample_site)
    page.goto(sample_site.document(finding["doc_id"]))
    page.locator(f'[data-item="{finding["finding_id"]}"] .item-head').click()
    page.wait_for_selector(".item.open .operands")
    quantities = quantities_of(sample_site, check)
    assert len(quantities) > 2
    for quantity in quantities:
        page.evaluate("id => Jixiao.showFigure(id)", quantity["quantity_id"])
        assert_lit_where_printed(page, sample_site, quantity)
    lit = page.locator(".figure.lit").evaluate_all("elements => elements.map(element => element.dataset.figure)")
    assert set(lit) == {quantity["quantity_id"] for quantity in quantities}
    assert page.locator(".figure.lit.stated").first.get_attribute("data-figure") == check["stated_id"]


def test_the_arithmetic_tells_every_operand_as_printed(visit: Visit, sample_site: Site) -> None:
    page = visit.page
    finding, check = finding_with_most_operands(sample_site)
    page.goto(sample_site.document(finding["doc_id"], finding["finding_id"]))
    page.wait_for_selector(".item.open .operands")
    opened = page.locator(".item.open")
    for told in (finding["stated"], finding["expected"], finding["formula"], finding["diagnosis"] or ""):
        assert told in opened.inner_text()
    printed = opened.locator(".operands tbody tr").evaluate_all(
        "rows => rows.map(row => [row.cells[2].textContent, row.cells[3].textContent])"
    )
    wanted = {(row["quantity_id"]): row for row in quantities_of(sample_site, check)}
    assert sorted(map(tuple, printed)) == sorted(
        (" ".join(row["printed_whole"].split()), str(row["page"])) for row in wanted.values()
    )


def test_the_stated_figure_is_brought_into_view(visit: Visit, sample_site: Site) -> None:
    page = visit.page
    for finding in sample_site.rows("findings"):
        page.goto("about:blank")
        page.goto(sample_site.document(finding["doc_id"], finding["finding_id"]))
        box = page.locator(".figure.lit.stated").first.bounding_box()
        view = page.locator("#sheets").bounding_box()
        assert view["y"] <= box["y"]
        assert box["y"] + box["height"] <= view["y"] + view["height"]


def test_deep_links_open_figures_checks_and_indicators(visit: Visit, sample_site: Site) -> None:
    page = visit.page
    check = sample_site.rows("checks")[0]
    for fragment, selector in (("c1", ".item.open"), ("i1", "tr.open"), (check["stated_id"], ".figure.lit")):
        page.goto("about:blank")
        page.goto(sample_site.document(check["doc_id"], fragment))
        assert page.locator(selector).first.is_visible()


def test_a_figure_tells_what_it_is_when_pointed_at(visit: Visit, sample_site: Site) -> None:
    page = visit.page
    finding, check = finding_with_most_operands(sample_site)
    page.goto(sample_site.document(finding["doc_id"], finding["finding_id"]))
    stated = page.locator(f'.figure[data-figure="{check["stated_id"]}"]').first
    stated.hover()
    card = page.locator("#figure-card")
    assert card.is_visible()
    quantity = next(row for row in quantities_of(sample_site, check) if row["quantity_id"] == check["stated_id"])
    for told in (" ".join(quantity["printed_whole"].split()), quantity["label"], "不符", finding["code"]):
        assert told in card.inner_text()
    stated.click()
    page.keyboard.press("Escape")
    assert card.is_hidden()


def test_the_keyboard_goes_through_findings(visit: Visit, sample_site: Site) -> None:
    page = visit.page
    (row,) = documents(sample_site, source="chenghu-water-2022-planted.pdf")
    page.goto(sample_site.document(row["doc_id"]))
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    assert page.locator(".item.open").count() == 1
    assert page.locator(".item").nth(1).locator(".item-head").get_attribute("aria-expanded") == "true"
    assert page.locator(".figure.lit").count() > 0
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Escape")
    assert page.locator(".item.open").count() == 0
    assert page.locator(".figure.lit").count() == 0


def test_indicators_show_stated_and_recomputed_scores(visit: Visit, sample_site: Site) -> None:
    page = visit.page
    (row,) = documents(sample_site, source="anshi-training-2023-planted.pdf")
    page.goto(sample_site.document(row["doc_id"]))
    page.get_by_role("tab", name="指标").click()
    indicators = [item for item in sample_site.rows("indicators") if item["doc_id"] == row["doc_id"]]
    assert page.locator(".tree tbody tr").count() == len(indicators)
    total = page.locator(".tree tbody tr").first
    assert total.locator("td").all_inner_texts()[:3] == ["100", "97.82", "97.28"]
    assert total.locator(".score-bar").get_attribute("aria-label") == "得分 97.82，分值 100，复算 97.28"
    total.get_by_role("button").click()
    assert page.locator(".figure.lit").count() >= 2


def test_the_language_is_switched_and_remembered(visit: Visit, sample_site: Site) -> None:
    page = visit.page
    page.goto(sample_site.index)
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_role("tab", name="Documents").is_visible()
    page.locator(".documents a.name").first.click()
    page.wait_for_selector(".item-head")
    assert page.get_by_role("tab", name="Findings").is_visible()
    assert page.locator(".item-message").first.get_attribute("lang") == "zh-CN"
    page.get_by_role("button", name="中文").click()
    assert page.get_by_role("tab", name="问题").is_visible()


def test_nothing_a_report_says_is_run(visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    build(publish(tmp_path, rows_with_markup()))
    site = Site(tmp_path)
    shown = MARKUP.replace("\u2028", " ").replace("\u2029", " ")
    page.goto(site.index)
    page.get_by_role("tab", name="问题").click()
    page.wait_for_selector(".finding-row")
    assert MARKUP[:40] in page.locator(".finding-row .message").inner_text()
    page.goto(site.document(source_file().doc_id, "f00d"))
    assert shown[:40] in page.locator(".bar-title").inner_text()
    assert shown[:40] in page.locator(".item.open .item-message").inner_text()
    assert shown[:40] in page.locator(".item.open .operands").inner_text()
    for tab in ("指标", "核对"):
        page.get_by_role("tab", name=tab).click()
        assert shown[:40] in page.locator("#panel-body").inner_text()
    assert page.evaluate("window.markupRan") is None
    assert page.locator("img[src=x]").count() == 0


def test_a_document_without_its_pdf_is_still_shown(visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    build(publish(tmp_path, rows_with_markup()))
    page.goto(Site(tmp_path).document(source_file().doc_id, "f00d"))
    assert "未找到原 PDF" in page.locator("#facts").inner_text()
    assert page.locator(".sheet img").count() == 0
    assert page.locator(".figure.lit").count() == 3
    assert page.locator(".page-text[open]").count() == 2
    assert page.locator(".overlay .cell").count() > 0


def test_images_are_loaded_as_they_are_needed(visit: Visit, sample_site: Site) -> None:
    (row,) = documents(sample_site, source="chenghu-water-2022-planted.pdf")
    visit.page.goto(sample_site.document(row["doc_id"]))
    visit.page.wait_for_timeout(300)
    loaded = [address for address in visit.requests if address.endswith(".webp")]
    assert 0 < len(loaded) < row["pages"]
    assert not [
        address
        for address in visit.requests
        if "/data/" in address and row["doc_id"] not in address and "rules" not in address
    ]


def test_a_phone_shows_page_and_finding_together(phone: Visit, sample_site: Site) -> None:
    page = phone.page
    page.goto(sample_site.index)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    finding, _ = finding_with_most_operands(sample_site)
    page.goto(sample_site.document(finding["doc_id"]))
    page.locator(f'[data-item="{finding["finding_id"]}"] .item-head').tap()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    stated = page.locator(".figure.lit.stated").first.bounding_box()
    view = page.locator("#sheets").bounding_box()
    assert view["x"] <= stated["x"] + stated["width"] / 2 <= view["x"] + view["width"]
    assert view["y"] <= stated["y"] <= view["y"] + view["height"]
    assert page.locator(".item.open .comparison").is_visible()


def test_the_printed_document_holds_every_finding_in_full(visit: Visit, sample_site: Site) -> None:
    page = visit.page
    (row,) = documents(sample_site, source="songqi-road-2023-planted.pdf")
    page.goto(sample_site.document(row["doc_id"]))
    assert len(page.pdf(format="A4")) > 50_000
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".item .arithmetic").count() == row["findings"]
    assert page.locator(".tree").count() > 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(".item .arithmetic").count() == 0


def test_every_finding_of_the_shared_corpus_stands_where_it_says(visit: Visit, shared_site: Site) -> None:
    page = visit.page
    checks = {(check["doc_id"], check["check_id"]): check for check in shared_site.rows("checks")}
    for finding in shared_site.rows("findings"):
        page.goto("about:blank")
        page.goto(shared_site.document(finding["doc_id"], finding["finding_id"]))
        for quantity in quantities_of(shared_site, checks[finding["doc_id"], finding["check_id"]]):
            page.evaluate("id => Jixiao.showFigure(id)", quantity["quantity_id"])
            assert_lit_where_printed(page, shared_site, quantity)
