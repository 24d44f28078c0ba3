"""The end of a command's help."""


def examples(*lines: str) -> str:
    """Example commands, one a line; the mark keeps click from filling the lines."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)
