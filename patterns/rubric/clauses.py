"""One sentence of a rubric to the pieces it says: definitions, formulas, bands, cases, deductions, knock-outs."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import regex

from patterns.rubric.awards import Award, Kind, find_awards, leftover, speaks_of_marks
from patterns.rubric.conditions import parse_condition
from patterns.rubric.deductions import read_deduction, read_piece
from patterns.rubric.formulas import read_definition, read_formula, read_grades, read_worded_formula
from patterns.rubric.model import Accrual, NotUnderstood, Remark
from patterns.rubric.modifiers import Comparison, Discretion, KnockOut, Scope, Threshold, Waiver
from patterns.rubric.pieces import (
    Heading,
    InProportion,
    LooseBand,
    LooseDeduction,
    LooseFormula,
    LooseMarks,
    LooseOption,
    Piece,
    Standard,
)

_STANDARD = regex.compile(r"^以(?P<value>\d+(?:\.\d+)?)(?P<unit>%|分)?为(?:标准|基准|目标)(?:值)?[，,]?")
_HEADING = regex.compile(
    r"^(?:本|该|此)?(?:项|指标)*(?:满分|满|总分|总|分值|标准分|权重|满分值|最高分|最高)?(?:共|共计|合计|总计|为|是)*$"
)
_REST = regex.compile(
    r"^(?:否则|反之|其他|其它|其余|此外|除此之外|除此以外|不符合|不满足|未达到|达不到|没有达到|未符合|不是|没有|未完成|不达标|未达标|未做到|以外)"
    r"(?:情况|情形|条件|要求|上述|以上|标准|者|的|均|则|,|，|都|一律)*$"
)
_WAIVED = regex.compile(
    r"不涉及|未涉及|涉密|不适用|免于|不需要|无需|不纳入|没有.*(?:部门|单位|项目|任务)的?$|无.*(?:部门|单位|项目|任务)的?$"
)
_SCOPE_WORDS = regex.compile(
    r"[，,、]?(?:则|均|都|直接|一律)?(?P<scope>(?:本|该|此|整个|全部)(?:三级)?(?:单?项)?(?:指标|项目|内容)?|此项|本项|该项)(?:得分)?"
    r"(?:为|得|计|均|直接|一律|则|按)?$"
)
_WHOLE_INDICATOR = regex.compile(r"指标|整个|全部")
_CONDITIONAL = regex.compile(r"^(?:如果|如|若|凡|一旦|有下列|有以下|出现|存在|发生|发现|只要|对|因)")
_COMPARISON = regex.compile(
    r"^(?:如果|如|若|凡|当)?(?P<left>[^\d，,。;]{2,30}?)(?P<relation>大于|高于|超过|超出|小于|低于|少于)(?P<right>[^\d，,。;]{2,30}?)(?:的|时)*$"
)
_BY_THE_PIECE = regex.compile(r"每(?!个?(?:季|月|年)度?)|各$")
# "每项指标都有明确的指标值": of all of them, not by the piece.
_OF_ALL = regex.compile(r"每(?:一)?[项个处笔]?[^，,。;]{0,12}(?:都|均)(?!得|扣|计)")
_DISCRETION = regex.compile(
    r"(?:进行|予以|给予|综合|酌情|合理|据实|依据|根据|按照?|结合|由|视)[^，。;]{0,40}(?:评分|打分|评定|赋分|确定分值|判定|评判|计分|给分|评价得分)(?!表|标准|办法|细则|方法)"
    r"|综合评分|综合打分|合理确定|由专家|专家打分|酌情"
)
_POINTS_OUT = regex.compile(r"按(?:以下|下列|如下|照以下|照下列)|如下|分档(?:计分|评分|打分)")


def read_sentence(text: str, start: int, end: int, before: list[Piece]) -> list[Piece]:
    """The pieces of the sentence `text[start:end]`; `before` are those of the same scope up to here."""
    sentence = text[start:end]
    standard = _STANDARD.match(sentence)
    if standard is not None:
        bound = Standard(Decimal(standard["value"]), standard["unit"] or "", (start, start + standard.end()))
        rest_start = start + standard.end()
        return [bound, *(read_sentence(text, rest_start, end, before) if rest_start < end else [])]
    split = _formula_clause(sentence)
    if split > 0:
        earlier = read_sentence(text, start, start + split, before)
        return [*earlier, *read_sentence(text, start + split, end, [*before, *earlier])]
    equation = read_formula(sentence, start) or read_definition(sentence, start) or read_worded_formula(sentence, start)
    if equation is not None:
        read, stop = equation
        piece: Piece = _within_limits(read) if isinstance(read, LooseFormula) else read
        rest = sentence[stop - start :].strip(" ，,、()")
        rest_start = text.index(rest, stop) if rest else end
        later = read_sentence(text, rest_start, rest_start + len(rest), [*before, piece]) if rest else []
        return _with_cap([piece, *later])
    grades = read_grades(sentence, (start, end))
    if grades is not None:
        return [grades]
    return _read_awards(text, start, end, before)


_FORMULA = regex.compile(r"得分=|[×*]")


def _formula_clause(sentence: str) -> int:
    """Where the clause with a formula and its case begin, when clauses before them give marks of their own; else 0."""
    formula = _FORMULA.search(sentence)
    if formula is None:
        return 0
    commas = [match.end() for match in regex.finditer(r"[，,]", sentence[: formula.start()])]
    if not commas:
        return 0
    case_start = commas[-2] if len(commas) > 1 else 0
    case = sentence[case_start : commas[-1]]
    begin = commas[-1] if find_awards(case, 0, len(case)) else case_start
    earlier = sentence[:begin]
    return begin if find_awards(earlier, 0, len(earlier)) else 0


def _within_limits(formula: LooseFormula) -> LooseFormula | LooseBand:
    """A formula that holds for a band only: 执行率＜90%的，得分=执行率×10分."""
    condition = parse_condition(formula.condition) if formula.condition else None
    if condition is None:
        return formula
    award = InProportion(formula.expression, is_rest=False, condition=formula.condition, span=formula.span)
    return LooseBand(condition, award, formula.condition, is_bracketed=False, span=formula.span)


def _read_awards(text: str, start: int, end: int, before: list[Piece]) -> list[Piece]:
    sentence = text[start:end]
    awards = find_awards(text, start, end)
    if not awards:
        return [_read_unmarked(sentence, (start, end))]
    pieces: list[Piece] = []
    for award in awards:
        pieces = _with_award(pieces, award, [*before, *pieces], text)
    rest_start, rest_end = leftover(awards, text, end)
    rest = text[rest_start:rest_end].strip(" ，,、:()")
    if regex.search(r"\d%|\d分", rest):
        pieces.append(NotUnderstood(rest, (rest_start, rest_end)))
    elif len(rest) > 1:
        pieces.append(_read_unmarked(rest, (rest_start, rest_end)))
    return _with_cap(pieces)


def _read_unmarked(words: str, span: tuple[int, int]) -> Piece:
    """Words without marks of their own: left to the scorer, an explanation, or not understood."""
    if _POINTS_OUT.search(words) and not regex.search(r"扣|\d分", words):
        return Remark(words, span)
    if _DISCRETION.search(words) and not regex.search(r"\d+(?:\.\d+)?分|扣\d", words):
        return Discretion(words, span)
    if speaks_of_marks(words):
        return NotUnderstood(words, span)
    return Remark(words, span)


def _with_award(pieces: list[Piece], award: Award, before: list[Piece], text: str) -> list[Piece]:
    """`pieces` with what `award` says, which may be about the piece before it."""
    span = (min(award.condition_start, award.start), max(award.end, award.condition_start + len(award.condition)))
    words = award.condition
    if award.kind is Kind.LIMIT:
        return _limit_last(pieces, before, award, span, text)
    if award.kind is Kind.CAP:
        return [*pieces, Remark(text[award.start : award.end], span)]
    if award.kind is Kind.BONUS:
        return [*pieces, NotUnderstood(text[span[0] : span[1]].strip(" ，,、"), span)]
    if award.kind is Kind.DISCRETION:
        return [*pieces, Discretion(words, span)]
    if award.kind in (Kind.DEDUCTION, Kind.DEDUCTION_OF_SHARE):
        marks = LooseMarks(award.lower, award.upper, award.kind is Kind.DEDUCTION_OF_SHARE)
        return [*pieces, read_deduction(words, marks, span)]
    if award.kind is Kind.ZERO:
        return [*pieces, _read_zero(words, before, span)]
    if award.kind is Kind.IN_PROPORTION:
        return [*pieces, _read_in_proportion(words, span)]
    return [*pieces, _read_gain(award, span, text)]


def _limit_last(
    pieces: list[Piece], before: list[Piece], award: Award, span: tuple[int, int], text: str
) -> list[Piece]:
    """扣完为止 and 最多扣3分 belong to the deduction before them; nothing else can be ended by them."""
    if pieces and isinstance(pieces[-1], LooseDeduction):
        limit = award.upper if award.upper > 0 else pieces[-1].limit
        return [*pieces[:-1], replace(pieces[-1], limit=limit)]
    if award.upper > 0 and not any(isinstance(piece, Discretion) for piece in before):
        return [*pieces, NotUnderstood(text[span[0] : span[1]], span)]
    return [*pieces, Remark(text[award.start : award.end], span)]


def _read_gain(award: Award, span: tuple[int, int], text: str) -> Piece:
    words = award.condition
    is_full = award.kind is Kind.FULL
    marks = LooseMarks(Decimal(100), Decimal(100), is_share=True)
    if not is_full:
        marks = LooseMarks(award.lower, award.upper, award.kind is Kind.SHARE_OF_MARKS)
    elif _WAIVED.search(words) and text[award.start : award.end] != "得满分":
        return Waiver(words, span)
    if award.kind is Kind.MARKS and award.lower == award.upper and _HEADING.match(regex.split("[，,]", words)[-1]):
        return Heading(award.lower, words, span)
    if award.lower == award.upper and (
        award.kind is Kind.MARKS_EACH
        or (award.kind is Kind.MARKS and _BY_THE_PIECE.search(words) and not _OF_ALL.search(words))
    ):
        step, unit = read_piece(words)
        # The cap is the scope's full mark, known when the scope is put together.
        return Accrual(words, award.lower, step, unit or "项", Decimal(-1), span)
    if _REST.match(words):
        return LooseOption(words, marks, award.is_bracketed, is_rest=True, span=span)
    condition = parse_condition(words)
    if condition is not None:
        return LooseBand(condition, marks, words, award.is_bracketed, span)
    if regex.search(r"=.*[/×÷*∑]", words):
        # A formula that was not read may not pass for a case told in words.
        return NotUnderstood(text[span[0] : span[1]], span)
    return LooseOption(words, marks, award.is_bracketed, is_rest=False, span=span)


def _read_zero(words: str, before: list[Piece], span: tuple[int, int]) -> Piece:
    scope = _SCOPE_WORDS.search(words)
    case = words[: scope.start()].strip(" ，,、:") if scope else words
    zero = LooseMarks(Decimal(0), Decimal(0))
    if _REST.match(case) or not case:
        return LooseOption(case, zero, is_bracketed=False, is_rest=True, span=span)
    condition = parse_condition(case)
    if condition is not None:
        named = {piece.condition.variable for piece in before if isinstance(piece, LooseBand)}
        if scope is None or not condition.variable or condition.variable in named:
            return LooseBand(condition, zero, case, is_bracketed=False, span=span)
    if scope is None and not _CONDITIONAL.match(case):
        return LooseOption(case, zero, is_bracketed=False, is_rest=False, span=span)
    reach = Scope.ITEM
    if scope is not None:
        reach = Scope.RUBRIC if _WHOLE_INDICATOR.search(scope["scope"]) else Scope.EITHER
    test: Comparison | Threshold | None = None
    if condition is not None:
        test = Threshold(condition.variable, condition.limits, condition.unit)
    return KnockOut(_without_if(case), reach, test or _read_comparison(case), span)


def _without_if(case: str) -> str:
    bare: str = regex.sub(r"^(?:如果|如(?!期)|若|凡)|(?:的|时)$", "", case)
    return bare


def _read_comparison(case: str) -> Comparison | None:
    match = _COMPARISON.match(case)
    if match is None:
        return None
    left, right = match["left"], match["right"]
    return Comparison(left, right) if match["relation"] in ("大于", "高于", "超过", "超出") else Comparison(right, left)


def _read_in_proportion(words: str, span: tuple[int, int]) -> Piece:
    is_rest = bool(_REST.match(words))
    piece = InProportion(None, is_rest, words, span)
    condition = None if is_rest else parse_condition(words)
    return piece if condition is None else LooseBand(condition, piece, words, is_bracketed=False, span=span)


_CAP_FIGURE = regex.compile(r"(?P<figure>\d+(?:\.\d+)?)分")


def _with_cap(pieces: list[Piece]) -> list[Piece]:
    """A cap in figures behind a formula is the formula's own."""
    kept: list[Piece] = []
    for piece in pieces:
        figure = _CAP_FIGURE.search(piece.text) if isinstance(piece, Remark) else None
        if figure is not None and kept and isinstance(kept[-1], LooseFormula):
            kept[-1] = replace(kept[-1], cap=Decimal(figure["figure"]))
        kept.append(piece)
    return kept
