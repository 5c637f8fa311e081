"""What was expected where a sentence could not be read, in groups that people know."""

from collections.abc import Iterable, Iterator

WHOLE = {"PLAN": "sentence", "ALL": "condition", "INCREASE": "target"}
"""The tokens that show that anything of a kind may begin here: what else is expected is of it."""

COVERED = (
    ("head", {"HEAD"}, {"HEAD"}),
    ("limit", {"CAP"}, {"CAP", "FLOOR"}),
    (
        "formula",
        {"SUM_OF", "SHARE"},
        {"SUM_OF", "MEAN_OF", "BEST_OF", "WORST_OF", "SHARE", "DIFFERENCE"},
    ),
    (
        "bound",
        {"AT_LEAST", "OVER"},
        {"AT_LEAST", "AT_MOST", "OVER", "UNDER", "PLUSMINUS", "WITHIN", "BETWEEN"},
    ),
    (
        "level",
        {"LEVEL"},
        {"LEVEL", "NAME", "STRING", "AT_LEAST", "AT_MOST", "MET", "NOT_MET", "WORSE_THAN"},
    ),
    ("name", {"NAME"}, {"NAME", "STRING"}),
    ("text", {"STRING"}, {"STRING"}),
    ("number", {"NUMBER"}, {"NUMBER", "DASH"}),
    ("month", {"MONTH"}, {"MONTH"}),
)
"""The groups in reading order: a name, the tokens that show it, and the tokens that it covers."""

END = "$END"
JOINING = ("AND", "OR")
SAME = {"GE": "AT_LEAST", "LE": "AT_MOST", "LESSTHAN": "UNDER"}
"""The signs that mean the same as a word."""

SIGNS = {
    "COMMA": ",",
    "SEMICOLON": ";",
    "DASH": "–",
    "PLUSMINUS": "±",
    "LPAR": "(",
    "RPAR": ")",
    "GE": "≥",
    "LE": "≤",
    "LESSTHAN": "<",
    "EQUAL": "=",
    "COLON": ":",
}
"""The tokens that are written alike in every language."""


def groups(tokens: Iterable[str]) -> Iterator[str]:
    """What some types of token are, in reading order: groups, then tokens left over, then the end.

    A group has a small name; tokens that are in none keep theirs. Where only the end is
    expected, that means another sentence.
    """
    left = {SAME[token] if SAME.get(token) in set(tokens) else token for token in tokens}
    whole = [group for token, group in WHOLE.items() if token in left]
    if whole or left == {END}:
        yield from whole or ["sentence"]
        return
    for group, shown_by, covers in COVERED:
        if shown_by <= left:
            yield group
            left -= covers
    yield from sorted(left - {END}, key=lambda token: (token not in JOINING, token))
    yield from ["end"] if END in left else []
