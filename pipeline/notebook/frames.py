"""Arrow tables as pandas frames whose types say what the datasets say.

=====================  ==================================  ===============================================
in the dataset         in the frame                        missing
=====================  ==================================  ===============================================
string                 string (pandas.StringDtype)         pandas.NA
int32, int64           Int32, Int64                        pandas.NA
bool                   boolean                             pandas.NA
double                 float64                             NaN
decimal128             object, of decimal.Decimal          None
timestamp              datetime64[us, UTC]                 NaT
list                   object, of lists of dicts           None
=====================  ==================================  ===============================================

A decimal is never a float: sums are exact. Convert with `.astype(float)` where a plot or a mean wants it.
"""

from __future__ import annotations

from decimal import Context, Decimal

import pandas as pd
import pyarrow as pa

# Wider than any column, so that nothing is rounded.
_EXACT = Context(prec=100)
_WHOLE = Decimal(1)
_LARGEST = 2**63 - 1

_TYPES: dict[pa.DataType, object] = {
    pa.string(): pd.StringDtype(),
    pa.large_string(): pd.StringDtype(),
    pa.int8(): pd.Int8Dtype(),
    pa.int16(): pd.Int16Dtype(),
    pa.int32(): pd.Int32Dtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.uint64(): pd.UInt64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
}


def frame_of(table: pa.Table) -> pd.DataFrame:
    """The table as a frame; decimals without the zeros that their column's fixed places add."""
    frame: pd.DataFrame = table.replace_schema_metadata(None).to_pandas(types_mapper=_TYPES.get, date_as_object=True)
    for position, field in enumerate(table.schema):
        if pa.types.is_decimal(field.type):
            frame.isetitem(position, _decimals(table.column(position)).array)
        elif pa.types.is_nested(field.type):
            frame.isetitem(position, pd.Series(table.column(position).to_pylist(), dtype=object).array)
    return frame


def _decimals(column: pa.ChunkedArray) -> pd.Series:
    values = [None if value is None else plain_decimal(value) for value in column.to_pylist()]
    if column.type.scale == 0 and all(value is None or abs(value) <= _LARGEST for value in values):
        # DuckDB adds up integers in 128 bits, which come as decimals without places.
        whole = [None if value is None else int(value) for value in values]
        return pd.Series(whole, dtype=pd.Int64Dtype())
    return pd.Series(values, dtype=object)


def plain_decimal(value: Decimal) -> Decimal:
    """The same number with as few places as it needs."""
    short = value.normalize(_EXACT)
    exponent = short.as_tuple().exponent
    return short.quantize(_WHOLE, context=_EXACT) if isinstance(exponent, int) and exponent > 0 else short
