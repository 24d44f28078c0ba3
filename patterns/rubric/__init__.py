"""Scoring rubrics (评分标准): from the text of a table cell to a rule that can be asked which scores it allows."""
