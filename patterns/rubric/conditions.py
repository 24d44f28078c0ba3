"""Conditions on one figure: 90%＞利用率≥75%, 达到90%（含）以上, 在80%-90%之间, 低于60%, 超过5次但不超过10次."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import regex

from patterns.numerals import parse_chinese_numeral
from patterns.rubric.limits import End, Limits

_FIGURE = r"(?:百分之[一二三四五六七八九十百零点]+|-?\d+(?:\.\d+)?)"
_UNIT = (
    r"(?:%|‰|个百分点|分(?!钟)|万元|亿元|元|个工作日|个月|工作日|小时|分钟|平方米|公里|[个项次人名天日家户份篇件条例起宗场期台套处批倍]"
    r"(?!人|别|体|目|数|均|员))"
)
_INCLUSION = r"(?:\(?(?:包?含|不含|不包含)(?:本数|\s*" + _FIGURE + _UNIT + r"?)?\)?)"
_OPERATOR = r"(?:>=|<=|≥|≤|>|<|=)"

_WORDS: tuple[tuple[str, str], ...] = (
    (r"大于(?:或|且)?等于|高于(?:或|且)?等于|不小于|不低于|不少于|至少(?:为|达到)?|达到(?:或|及)超过", ">="),
    (r"小于(?:或|且)?等于|低于(?:或|且)?等于|不大于|不高于|不超过|不超出|不多于|未超过|没有超过|控制在", "<="),
    (r"大于|高于|多于|超过|超出|突破", ">"),
    (r"小于|低于|少于|不足|不到|未达到|未达|达不到|没有达到", "<"),
    (r"(?:能够|能)?达到|达(?!标|成)|不偏离", ">="),
    (r"等于", "="),
)
_WORD = "|".join(words for words, _ in _WORDS)
_SUFFIXES: tuple[tuple[str, str], ...] = (
    (r"(?:及|或)?以上|及其?以上", ">="),
    (r"(?:及|或)?以下|及其?以下", "<="),
    (r"(?:及|或)?(?:以内|之内|范围内|以?内(?!部|容|控|审|设))", "<="),
)
_SUFFIX = "|".join(suffix for suffix, _ in _SUFFIXES)


@dataclass(frozen=True, slots=True)
class Condition:
    """`variable` within `limits`, in `unit`. The variable is "" where the text names none."""

    variable: str
    limits: Limits
    unit: str


@dataclass(frozen=True, slots=True)
class _Bound:
    limits: Limits
    unit: str
    named: str | None = None


def parse_condition(text: str) -> Condition | None:
    """The limits that `text` sets to one variable, or None when it says more or something else."""
    rest = _NAMED_BY_LETTER.sub("", _METHOD.sub("", _CLUTTER.sub("", text)))
    if "±" in rest:
        return None
    bounds: list[_Bound] = []
    for pattern, read in _READERS:
        while (match := pattern.search(rest)) is not None:
            bound = read(match)
            if bound is None:
                return None
            bounds.append(bound)
            rest = rest[: match.start()] + "\n" + rest[match.end() :]
    if not bounds:
        return None
    return _join(bounds, rest)


_CLUTTER = regex.compile(r"[\s]+")
# "执行率为A，A≥90%": the letter stands for the rate in all that follows.
_NAMED_BY_LETTER = regex.compile(r"^[^，,\d]{2,20}(?:设为|记为|为|用)[A-Za-z](?:表示)?[，,](?=[A-Za-z\d])")
# "采用比较法，达标率大于90%": how it is scored, before the figure.
_METHOD = regex.compile(r"^(?:采用|运用|使用|按照?)[^，,。;\d]{1,12}法(?:计算|评分|计分)?[，,]")
_CONNECTING = regex.compile(
    r"^(?:且|但|并|并且|而|或|，|,|的|者|时|之间|范围|在|为|是|于|处于|介于|区间|含|即|若|如|如果|当|对|凡|情况|均|全部|内|:|、|以|\(|\)|其?中|"
    r"应|能|可|实际|由|从|则|就|以100%为标准)*$"
)
_LEADING = regex.compile(r"^(?:[，,:、]|如果|如|若|当(?!年|月|季|期|地|事)|凡|其中|即|对|且|但|并)+")
_TRAILING = regex.compile(r"(?:[，,:、\n(]|的|者|时|之间|在|为|是|介于|处于|情况|以|控制在|应|能够|能)+$")


def _join(bounds: list[_Bound], rest: str) -> Condition | None:
    """The one condition that `bounds` set together, when the words between them only connect or name the variable."""
    names = [bound.named for bound in bounds if bound.named]
    for piece in rest.split("\n"):
        name = _TRAILING.sub("", _LEADING.sub("", piece)).strip()
        if name and not _CONNECTING.match(name):
            names.append(name)
    if len(bounds) == 1 and bounds[0].limits.is_point and len(names) == 1:
        bounds, names = _with_distant_word(bounds[0], names[0])
    distinct = list(dict.fromkeys(names))
    if len(distinct) > 1 or any(not _is_name(name) for name in distinct):
        return None
    units = {bound.unit for bound in bounds if bound.unit}
    if len(units) > 1:
        return None
    limits: Limits | None = Limits(None, None)
    for bound in bounds:
        limits = limits.intersect(bound.limits) if limits is not None else None
    if limits is None:
        return None
    return Condition(distinct[0] if distinct else "", limits, units.pop() if units else "")


def _with_distant_word(bound: _Bound, name: str) -> tuple[list[_Bound], list[str]]:
    """ "累计不超过预算总规模10%": the relation stands before words that belong to the variable."""
    word = regex.search(_WORD, name)
    value = bound.limits.lower
    if word is None or value is None:
        return [bound], [name]
    limits = _limits(_relation(word.group()), value, None)
    return [_Bound(limits, bound.unit)], [name[: word.start()] + name[word.end() :]]


_NOT_A_NAME = regex.compile(r"[\d，,。;]|扣|得分|[^“”\"]分$|^(?:否则|反之|其他|其它)")


def _is_name(name: str) -> bool:
    return len(name) <= 40 and _NOT_A_NAME.search(name) is None


# --- kinds of bounds ----------------------------------------------------------------------------------------------


def _value(printed: str) -> Decimal | None:
    if printed.startswith("百分之"):
        return parse_chinese_numeral(printed.removeprefix("百分之"))
    return Decimal(printed)


def _unit(printed: str | None, figure: str) -> str:
    if figure.startswith("百分之") or printed == "个百分点":
        return "%"
    return printed or ""


def _end(inclusion: str | None, otherwise: End) -> End:
    if not inclusion:
        return otherwise
    return End.OPEN if "不" in inclusion else End.CLOSED


def _limits(relation: str, value: Decimal, inclusion: str | None) -> Limits:
    """The limits of a variable that stands in `relation` to `value`."""
    if relation == "=":
        return Limits(value, value)
    if relation in (">", ">="):
        return Limits(value, None, _end(inclusion, End.OPEN if relation == ">" else End.CLOSED))
    return Limits(None, value, upper_end=_end(inclusion, End.OPEN if relation == "<" else End.CLOSED))


_MIRRORED = {">": "<", "<": ">", ">=": "<=", "<=": ">=", "=": "="}


def _relation(printed: str) -> str:
    symbol = printed.replace("≥", ">=").replace("≤", "<=")
    if symbol in _MIRRORED:
        return symbol
    for words, relation in _WORDS + _SUFFIXES:
        if regex.fullmatch(words, printed):
            return relation
    raise ValueError(f"not a relation: {printed}")


def _two_sided(match: regex.Match[str]) -> _Bound | None:
    """75%≤利用率<90%."""
    first, second = _value(match["first"]), _value(match["second"])
    if first is None or second is None:
        return None
    left = _limits(_MIRRORED[_relation(match["left"])], first, match["first_inclusion"])
    both = left.intersect(_limits(_relation(match["right"]), second, match["second_inclusion"]))
    if both is None:
        return None
    unit = _unit(match["first_unit"], match["first"]) or _unit(match["second_unit"], match["second"])
    return _Bound(both, unit, match["name"].strip() or None)


def _range(match: regex.Match[str]) -> _Bound | None:
    """80%-90%, 80%（含）至90%（不含）."""
    first, second = _value(match["first"]), _value(match["second"])
    if first is None or second is None:
        return None
    first_end = _end(match["first_inclusion"], End.UNSTATED)
    second_end = _end(match["second_inclusion"], End.UNSTATED)
    # Where one end alone is said to belong, the other one does not; all of it (100%) belongs unless a neighbour has it.
    if (
        match["first_inclusion"]
        and not match["second_inclusion"]
        and not _is_all(match["second"], match["second_unit"])
    ):
        second_end = End.OPEN if first_end is End.CLOSED else End.CLOSED
    elif (
        match["second_inclusion"] and not match["first_inclusion"] and not _is_all(match["first"], match["second_unit"])
    ):
        first_end = End.OPEN if second_end is End.CLOSED else End.CLOSED
    if first > second:
        first, second, first_end, second_end = second, first, second_end, first_end
    if first == second:
        return None
    unit = _unit(match["second_unit"], match["second"]) or _unit(match["first_unit"], match["first"])
    return _Bound(Limits(first, second, first_end, second_end), unit)


def _is_all(figure: str, unit: str | None) -> bool:
    return figure == "100" and unit == "%"


def _one_sided(match: regex.Match[str]) -> _Bound | None:
    """≥90%, 低于60%, 达到90%（含）以上, 不超过5次, 10%以内."""
    value = _value(match["value"])
    if value is None:
        return None
    relation = _relation(match["relation"]) if match["relation"] else None
    inclusion = match["inclusion"] or match["late_inclusion"]
    if match["suffix"]:
        by_suffix = _relation(match["suffix"])
        if relation in (">", "<") and relation[0] == by_suffix[0]:
            # "超过10%以上", "低于60%以下": the word and the suffix say the same, loosely.
            return _Bound(_limits(relation, value, inclusion), _unit(match["unit"], match["value"]))
        relation = by_suffix
        if not inclusion:
            # 以上 and 以下 include their figure in law; rubrics are not that strict.
            limits = _limits(relation, value, None)
            if match["suffix"][0] in "及或":
                return _Bound(limits, _unit(match["unit"], match["value"]))
            loose = Limits(
                limits.lower,
                limits.upper,
                limits.lower_end if limits.lower is None else End.UNSTATED,
                limits.upper_end if limits.upper is None else End.UNSTATED,
            )
            return _Bound(loose, _unit(match["unit"], match["value"]))
    if relation is None:
        return None
    return _Bound(_limits(relation, value, inclusion), _unit(match["unit"], match["value"]))


def _mirrored(match: regex.Match[str]) -> _Bound | None:
    """90%>利用率, with the figure first."""
    value = _value(match["value"])
    if value is None:
        return None
    relation = _MIRRORED[_relation(match["relation"])]
    return _Bound(_limits(relation, value, match["inclusion"]), _unit(match["unit"], match["value"]))


def _equal(match: regex.Match[str]) -> _Bound | None:
    """为100%, 完成率100%, 100%."""
    value = _value(match["value"])
    if value is None:
        return None
    return _Bound(Limits(value, value), _unit(match["unit"], match["value"]))


_NAME = r"(?P<name>[^<>≤≥=，。;\n\d]{0,40}?)"
_READERS: tuple[tuple[regex.Pattern[str], Callable[[regex.Match[str]], _Bound | None]], ...] = (
    (
        regex.compile(
            rf"(?P<first>{_FIGURE})(?P<first_unit>{_UNIT})?(?P<first_inclusion>{_INCLUSION})?(?P<left>{_OPERATOR})"
            rf"{_NAME}(?P<right>{_OPERATOR})(?P<second>{_FIGURE})(?P<second_unit>{_UNIT})?"
            rf"(?P<second_inclusion>{_INCLUSION})?"
        ),
        _two_sided,
    ),
    (
        regex.compile(
            rf"(?P<first>{_FIGURE})(?P<first_unit>{_UNIT})?(?P<first_inclusion>{_INCLUSION})?(?:以上)?"
            rf"(?:-|~|—+|至|到|[和与](?=[^，。;]{{0,12}}之间))(?P<second>{_FIGURE})(?P<second_unit>{_UNIT})?(?P<second_inclusion>{_INCLUSION})?"
            r"(?:以下)?(?:之间|区间|范围)?(?:以?内)?"
        ),
        _range,
    ),
    (
        regex.compile(
            rf"(?:(?P<relation>{_OPERATOR}|{_WORD}))?(?P<value>{_FIGURE})(?P<unit>{_UNIT})?(?P<inclusion>{_INCLUSION})?"
            rf"(?P<suffix>{_SUFFIX})(?P<late_inclusion>{_INCLUSION})?"
        ),
        _one_sided,
    ),
    (
        regex.compile(
            rf"(?P<relation>{_OPERATOR}|{_WORD})(?P<value>{_FIGURE})(?P<unit>{_UNIT})?(?P<inclusion>{_INCLUSION})?"
            r"(?P<suffix>)(?P<late_inclusion>)"
        ),
        _one_sided,
    ),
    (
        regex.compile(rf"(?P<value>{_FIGURE})(?P<unit>{_UNIT})?(?P<inclusion>{_INCLUSION})?(?P<relation>{_OPERATOR})"),
        _mirrored,
    ),
    (regex.compile(rf"(?:为|是|:)?(?P<value>{_FIGURE})(?P<unit>%|‰)"), _equal),
    (regex.compile(r"(?:为|是)(?P<value>0)(?P<unit>)(?![\d.])"), _equal),
    (regex.compile(r"^(?P<value>\d+)(?P<unit>[次项个篇起件场期人例])(?:的|者)?$"), _equal),
)
