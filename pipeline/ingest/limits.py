"""How much one input may ask for before it is taken for an accident or an attack."""

LARGEST_FILE = 1 << 30
"""Bytes of a PDF: a scanned report of a thousand pages has a tenth of that."""

MOST_MEMBERS = 20_000
"""Members of an archive."""

LARGEST_ARCHIVE = 8 << 30
"""Bytes of all PDFs in an archive, unpacked."""

MOST_INFLATION = 200
"""How many times larger than packed a member of more than `INFLATION_ALLOWANCE` may be: PDFs are compressed inside, so
packing saves little."""

INFLATION_ALLOWANCE = 16 << 20
"""Bytes up to which a member may be packed as tightly as it likes."""
