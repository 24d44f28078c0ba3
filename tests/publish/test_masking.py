"""Masking: personal data gone, everything else and every length as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.document import Document, SourceFile
from pipeline.model.text import Span
from pipeline.publish.masking import MASK, Masking, hide
from tests.sample_outcome import page

TEXTS = st.text(alphabet="赵钱孙李：。\n\t 　0123456789-", max_size=40)


def masking(personal: str, *texts: str) -> Masking:
    """A document whose first page says `personal`, all of it personal, and then `texts`, a page each."""
    pages = tuple(page(number, text) for number, text in enumerate((personal, *texts), start=1))
    source = SourceFile(Path("a.pdf"), "a.pdf", "ab" * 32, 1)
    return Masking(Document(source, pages, (), (), ()), (Span(1, 0, len(personal)),))


@given(TEXTS)
def test_hiding_keeps_length_and_white_space(text: str) -> None:
    hidden = hide(text)
    assert len(hidden) == len(text)
    assert all((a == b) if a.isspace() else b == MASK for a, b in zip(text, hidden, strict=True))


@given(TEXTS, TEXTS, TEXTS)
def test_a_masked_quote_keeps_its_length(personal: str, before: str, after: str) -> None:
    quote = before + personal + after
    assert len(masking(personal).text(quote, 1)) == len(quote)


@pytest.mark.parametrize(
    ("personal", "quote", "masked"),
    [
        ("赵钱", "填报人：赵钱。", "填报人：＊＊。"),
        ("赵 钱", "填报人：赵钱。", "填报人：＊＊。"),
        ("赵钱", "填报人：赵　\n钱。", "填报人：＊　\n＊。"),
        ("０７５５－１２３４５６７８", "电话0755-12345678", "电话＊＊＊＊＊＊＊＊＊＊＊＊＊"),
        ("12345678", "123456789元", "123456789元"),
        ("赵", "赵州桥维修20万元", "赵州桥维修20万元"),
        ("20", "维修20万元", "维修20万元"),
    ],
)
def test_a_quote_is_masked_by_its_wording(personal: str, quote: str, masked: str) -> None:
    assert masking(personal).text(quote, 1) == masked


def test_a_quote_far_from_the_personal_data_is_left_alone() -> None:
    masks = masking("赵钱", "第二页", "第三页")
    assert masks.text("赵钱", 2) == "＊＊"
    assert masks.text("赵钱", 3) == "赵钱"
