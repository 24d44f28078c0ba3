"""Equations in a rubric: 得分=执行率×1分, X率=（A/B）×100%, and the shares of 定性 grades."""

from __future__ import annotations

from decimal import Decimal

import regex

from patterns.rubric.expressions import (
    Expression,
    FullMark,
    Number,
    Operation,
    Variable,
    factors,
    is_hundred_percent,
    parse_expression,
    product,
    variables,
)
from patterns.rubric.model import Grade, Grades, Points, RateDefinition
from patterns.rubric.pieces import LooseFormula

_SCORE = regex.compile(
    r"^(?P<lead>.*?)(?P<name>[^，,;:。=]*?)(?:的?(?:评价)?得分|的?分数|的?评分|计分)\s*(?:=|(?:计算)?公式(?:为|:)+)(?P<formula>.+)$"
)
_EQUATION = regex.compile(
    r"^(?:其中|注|备注|说明|即|式中|公式|计算公式|注释|\d+)*(?:为)?[:：]?(?:[^=，。;:]{1,12}:)?(?P<name>[^=，。;:]{2,40})=(?P<formula>[^=].*)$"
)
_MEANING = regex.compile(
    r"^(?:其中|注)*[:]?(?P<name>[^=，。;:]{2,30}?率)(?:是指|指|为)(?P<above>[^，。;]{2,40}?)(?:与|占|除以)(?P<below>[^，。;]{2,40}?)的?(?:比率|比例|比重|百分比|比值)$"
)
_FIGURE_ONLY = regex.compile(r"^-?\d+(?:\.\d+)?%?(?:[，,的时(\-~至]|$)")
_UNNAMED = regex.compile(
    r"^(?:正向|反向|逆向|定量|则|即|其|的|按|该|本|此|三级|单|各|每|项|指标|评价|实际|最终|最后|得|总)*$"
)


def read_formula(sentence: str, start: int) -> tuple[LooseFormula, int] | None:
    """A score formula at the head of `sentence`, and where in the text its words end."""
    match = _SCORE.match(sentence)
    if match is None or regex.search(r"(?<![<>≤≥])=", match["lead"]):
        return None
    parsed = _longest(match["formula"])
    if parsed is None or not variables(parsed[0]):
        return None
    expression, length = parsed
    name = match["name"]
    # A case may stand before the name without a comma: "未完成的本指标".
    lead = match["lead"].strip(" ，,:的")
    end = start + match.start("formula") + length
    scored = "" if _UNNAMED.match(name) else regex.sub(r"^(?:则|即|其中|该|本)", "", name)
    return LooseFormula(expression, scored, lead, None, (start, end)), end


def read_definition(sentence: str, start: int) -> tuple[RateDefinition, int] | None:
    """A definition at the head of `sentence`, and where in the text its words end."""
    meaning = _MEANING.match(sentence)
    if meaning is not None:
        quotient = Operation("/", Variable(meaning["above"]), Variable(meaning["below"]))
        span = (start, start + len(sentence))
        return RateDefinition(meaning["name"], meaning["above"], meaning["below"], quotient, span), span[1]
    match = _EQUATION.match(sentence)
    if match is None or _FIGURE_ONLY.match(match["formula"]) or regex.search(r"[<>≤≥]", match["name"]):
        return None
    parsed = _longest(match["formula"])
    if parsed is None or not isinstance(parsed[0], Operation) or not variables(parsed[0]):
        return None
    expression = _without_hundred(parsed[0])
    above, below = factors(expression)
    end = start + match.start("formula") + parsed[1]
    numerator = product(above, []).readable() if below else ""
    denominator = product(below, []).readable() if below else ""
    return RateDefinition(match["name"], numerator, denominator, expression, (start, end)), end


def _longest(formula: str) -> tuple[Expression, int] | None:
    """The arithmetic at the head of `formula` up to a comma or a bracketed aside, and its length."""
    stops = [len(formula)] + [
        match.start() for match in regex.finditer(r"[，,:]|\((?=[^()]*$|[^()]*\)$)|(?<=[)\d分%])(?=[（(])", formula)
    ]
    for stop in sorted(stops, reverse=True):
        expression = parse_expression(formula[:stop])
        if expression is not None:
            return expression, stop
    return None


def _without_hundred(expression: Expression) -> Expression:
    """×100% says only how the result is printed."""
    above, below = factors(expression)
    kept = [factor for factor in above if not is_hundred_percent(factor)]
    return product(kept, below) if len(kept) < len(above) else expression


_WORDED_HEAD = regex.compile(r"^(?:否则|反之|其余|则|再|即)*(?:得分)?(?:按照?|为|以|根据|等于)*(?:公式)?[:]?")
_WORDED_TAIL = regex.compile(r"(?:来|进行)?(?:计算)?(?:得分|计分|计算|给分|赋分|得)*$")


def read_worded_formula(sentence: str, start: int) -> tuple[LooseFormula, int] | None:
    """A formula without "得分=" (按执行率×分值计分, （20分*执行率）), and where in the text its words end."""
    if not regex.search(r"[×*]", sentence):
        return None
    place = 0
    for clause in regex.split(r"(?<=[，,])", sentence):
        for head in _worded_heads(clause):
            expression = _parse_worded(clause[head:])
            if expression is not None:
                end = start + place + len(clause)
                lead = regex.sub(r"(?:则|的|,|，|:)+$", "", sentence[: place + head].strip())
                lead = regex.sub(r"(?:按照?(?:实际)?|为|以|则|的)$", "", lead)
                return LooseFormula(expression, "", lead, None, (start, end)), end
        place += len(clause)
    return None


def _worded_heads(clause: str) -> list[int]:
    """Where a formula may begin in a clause: at its head, or behind 按 ("低于60%的按执行率×分值")."""
    return [0, *(match.end() for match in regex.finditer(r"按照?(?:实际)?", clause))]


def _parse_worded(clause: str) -> Expression | None:
    bare = clause.strip(" ，,。;")
    if "扣" in bare or regex.search(r"[<>≤≥=]", bare) or not regex.search(r"[×*]", bare):
        return None
    bracketed = regex.fullmatch(r"(?:得分)?\((?P<inner>[^()]*)\)", bare)
    body = bracketed["inner"] if bracketed else _WORDED_TAIL.sub("", bare[_head_length(bare) :])
    expression = parse_expression(body)
    if expression is None or not variables(expression):
        return None
    above, _ = factors(expression)
    has_weight = any(isinstance(factor, FullMark | Number) and not is_hundred_percent(factor) for factor in above)
    return expression if has_weight else None


def _head_length(clause: str) -> int:
    head = _WORDED_HEAD.match(clause)
    return head.end() if head else 0


def weigh(expression: Expression, full: Decimal | None) -> tuple[Expression, Expression | None, Decimal | None] | None:
    """`expression` as (points in 分, ratio, weight), or None when it cannot be told what its full value is.

    The weight is the factor printed in 分 or named as the full mark, or a bare number that equals `full`.
    """
    points = _without_hundred(expression)
    if full is not None:
        points = with_full_mark(points, full)
    above, below = factors(points)
    weights = [factor for factor in above if isinstance(factor, FullMark) or _is_marks(factor)]
    if not weights and full is not None:
        weights = [
            factor for factor in above if isinstance(factor, Number) and factor.unit == "" and factor.value == full
        ]
    if not weights:
        weights = [factor for factor in above if isinstance(factor, Number) and factor.unit == "" and factor.value > 1]
    if len(weights) == 1:
        factor = weights[0]
        weight = factor.value if isinstance(factor, Number) else full
        rest = list(above)
        rest.remove(factor)
        return (points, product(rest, below), weight) if weight is not None else None
    if full is not None and isinstance(points, Operation) and points.operator in "+-" and _gives_marks(points):
        return points, None, None
    return None


def with_full_mark(expression: Expression, full: Decimal) -> Expression:
    """`expression` with the full mark of its scope in figures."""
    if isinstance(expression, FullMark):
        return Number(full, "分")
    if isinstance(expression, Operation):
        left, right = with_full_mark(expression.left, full), with_full_mark(expression.right, full)
        return Operation(expression.operator, left, right)
    return expression


def _is_marks(factor: Expression) -> bool:
    return isinstance(factor, Number) and factor.unit == "分"


def _gives_marks(expression: Expression) -> bool:
    """Whether every term of a sum is in 分 (or may be)."""
    if isinstance(expression, Operation) and expression.operator in "+-":
        return _gives_marks(expression.left) and _gives_marks(expression.right)
    if isinstance(expression, Operation):
        above, _ = factors(expression)
        return any(isinstance(factor, FullMark | Number) for factor in above)
    return isinstance(expression, FullMark) or (isinstance(expression, Number) and expression.unit != "%")


_SHARE_RANGE = regex.compile(
    r"(?P<name>[优良中差好]|较好|一般|较差|合格|不合格|达成\w*|部分达成\w*|未达成\w*)?[(:为得按,]*"
    r"(?P<first>\d+(?:\.\d+)?)%?\(?(?:不?含)?\)?(?:-|~|—+|至)(?P<second>\d+(?:\.\d+)?)%\(?(?:不?含)?\)?"
)
# "80%-90%得80%分值": the range is the case, no grade.
_CASE_AND_SHARE = regex.compile(
    r"\d%?(?:\([^()]*\))?(?:之间|以[上下])?(?:的|，|,)*(?:得|计|记|给|赋|按)(?:分值的)?\d+(?:\.\d+)?%(?!\(|-|~|—|至)"
)
_LOWEST_SHARE = regex.compile(r"(?P<share>\d+(?:\.\d+)?)%(?:\(?不?含\)?)?(?:\(?及\)?)?以下")
# 按优、良、中、差分别得100%、80%、60%、0%的分值
_SHARES_IN_TURN = regex.compile(
    r"(?:按照?|分为?)?(?P<names>[优良中差一般较好合格不、,]{3,20})(?:[三四五]?(?:档次?|级|等级|等次|等))?[，,]?分别(?:得|按|计|记|赋|给|为)"
    r"(?:分值的|权重的|满分的)?(?P<shares>\d+(?:\.\d+)?%(?:[、,，和]\d+(?:\.\d+)?%)+)(?:的)?(?:分值|权重分?|满分)?(?:计分|得分|赋分|给分)?$"
)


def read_grades(sentence: str, span: tuple[int, int]) -> Grades | None:
    """定性 grades as shares of the full mark: 100-80%（含）、80-60%（含）、60-0%. Shares are kept in percent."""
    in_turn = _SHARES_IN_TURN.search(sentence)
    if in_turn is not None:
        return _grades_in_turn(in_turn, span)
    if regex.search(r"\d分|扣", sentence) or not regex.search(r"区间|定性|分值|[三四]档|等次|[优良]", sentence):
        return None
    shares = list(_SHARE_RANGE.finditer(sentence))
    if len(shares) < 2 or _CASE_AND_SHARE.search(sentence):
        return None
    grades = []
    for number, share in enumerate(shares, start=1):
        first, second = sorted((Decimal(share["first"]), Decimal(share["second"])))
        grades.append(Grade(share["name"] or f"第{number}档", Points(first, second)))
    lowest = _LOWEST_SHARE.search(sentence, shares[-1].end())
    if lowest is not None:
        grades.append(Grade(f"第{len(grades) + 1}档", Points(Decimal(0), Decimal(lowest["share"]))))
    return Grades(tuple(grades), span)


def _grades_in_turn(match: regex.Match[str], span: tuple[int, int]) -> Grades | None:
    names = [name for name in regex.split("[、,]", match["names"]) if name]
    shares = [Decimal(share) for share in regex.findall(r"(\d+(?:\.\d+)?)%", match["shares"])]
    if len(names) != len(shares):
        return None
    return Grades(tuple(Grade(name, Points.exact(share)) for name, share in zip(names, shares, strict=True)), span)
