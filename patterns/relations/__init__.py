"""Which words tie which figures of a text together: breakdowns, rates, changes, series, enumerations."""
