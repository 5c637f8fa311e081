"""What is too large or too deep is refused before there is work to do, and never breaks anything.

The times are guards against work that grows faster than the text, and are counted in readings of
a whole plan, so that they say the same on a slow machine: each refusal takes as long as some tens
of readings, and so many as are allowed only if a limit no longer holds.
"""

import difflib
import re
import sys
from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from time import process_time

import pytest
from imports import ROOT
from parsing import codes, parsed

import goalrules
from goalrules.language import tokens
from goalrules.language.parser import MAX_BRACKETS, MAX_WORDS
from goalrules.lint.run import TOO_LARGE
from goalrules.report.diagnostics.declarations import declarations
from goalrules.text import names
from goalrules.text.diagnostics import MOST_FAULTS, MOST_TOLD, Diagnostic, first_told
from goalrules.text.names import LONGEST_NAME, MOST_NAMES, nearest
from goalrules.text.numbers import MOST_DIGITS
from goalrules.text.source import NOWHERE

READINGS = 400
MEGABYTE = 1_000_000
HEAD = "goalrules 1 en\n"
PLAN = ROOT / "rulesets" / "socialnamnden-2025.goals"
GOAL = 'goal 1 "T" indicator a indicator b '


@cache
def a_reading() -> float:
    """How many seconds the reading of a whole plan takes here."""
    start = process_time()
    for _ in range(5):
        goalrules.load(PLAN)
    return (process_time() - start) / 5


def timed(function: Callable[[str], object], text: str) -> list[str]:
    """The codes of the faults that a text has, which have to be found in time."""
    in_time = READINGS * a_reading()
    limit, start = sys.getrecursionlimit(), process_time()
    try:
        function(text)
        found = []
    except goalrules.RuleError as refused:
        found = [each.code for each in refused.diagnostics]
    assert process_time() - start < in_time
    assert sys.getrecursionlimit() == limit
    return found


def many(text: str, times: int) -> str:
    """A text over and over, with a number and the next one in it."""
    return "".join(text.format(number, number + 1) for number in range(times))


def nested(depth: int) -> str:
    return "(" * depth + "a green" + ")" * depth


def test_brackets_up_to_the_limit_are_read() -> None:
    rule = goalrules.rule(nested(MAX_BRACKETS), ["a"])
    assert rule.evaluate({"a": "green"}).verdict == "met"
    assert codes(nested(MAX_BRACKETS + 1), "en") == ["too-deep"]


def test_different_brackets_up_to_the_limit_are_read() -> None:
    depth = MAX_BRACKETS // 2
    text = "(a green or (b green and " * depth + "a green" + "))" * depth
    rule = goalrules.rule(text, ["a", "b"])
    result = rule.evaluate({"a": "green", "b": "red"})
    assert result.verdict == "met"
    assert result.text("sv")
    assert result.to_dict()


def test_words_up_to_the_limit_are_read() -> None:
    text = ", ".join(["b"] * (MAX_WORDS // 2 - 2))
    assert codes(f"any of {text} green", "en") == []
    assert codes(f"any of {text}, b, b, b green", "en") == ["too-long"]


LIMITS = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")
LIMIT = re.compile(
    r"\| .+ \| (?P<number>[\d ]+)(?: MB)? \| `(?P<name>[\w.]+)` \| (?P<codes>[^|]+) \|"
)


def test_the_table_of_limits_is_that_of_the_code() -> None:
    rows = [found for line in LIMITS.splitlines() if (found := LIMIT.fullmatch(line))]
    assert len(rows) == LIMITS.count("| `")
    told: dict[str, str] = {}
    for row in rows:
        module, _, name = row["name"].rpartition(".")
        number = int(row["number"].replace(" ", ""))
        if "MB" in row[0]:
            number *= MEGABYTE
        assert getattr(import_module(f"goalrules.{module}"), name) == number, row["name"]
        assert {*re.findall(r"[a-z-]+", row["codes"])} <= {*declarations(), TOO_LARGE}, row["codes"]
        told[row["name"]] = row["codes"]
    assert {"reading.MOST_BYTES", "language.parser.MAX_WORDS"} <= {*told}


@pytest.mark.long
def test_the_rules_of_a_region_are_read() -> None:
    targets = "; ".join(f"{year} at least {year - 1960}" for year in range(2025, 2035))
    indicator = 'indicator i{}-{} "Share of those who are satisfied" unit % target {}\n'
    goals = (
        f'goal {goal} "G"\n'
        + "".join(indicator.format(goal, n, targets) for n in range(16))
        + "green when at least 60 % green, rest at least yellow\notherwise red\n"
        for goal in range(300)
    )
    rules = goalrules.loads("goalrules 1 en\nvalid 2025–2034\n" + "".join(goals))
    assert len(rules.goals) == 300


def test_files_of_words_up_to_the_limit_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "MOST_WORDS", 3)
    texts = "valid 2025", "valid 2025 ;", "valid 2025 ; ;"
    found = [[each.code for each in parsed(HEAD + text).diagnostics] for text in texts]
    assert found == [[], [], ["too-many-words"]]


RING = many('goal {1} "T" same as goal {0} ', 5_000) + 'goal 0 "T" same as goal 5000'

# What stands in a file after its first line, and the code of the first fault in it

REFUSED = {
    "ten thousand brackets": (GOAL + "green when " + nested(10_000), "too-deep"),
    "closing brackets first": (GOAL + "green when " + ")" * 5_000, "unexpected-word"),
    "a long sentence": (GOAL + "green when " + "a green and " * 4_000 + "a green", "too-long"),
    "many words": ("a " * (MEGABYTE // 2), "too-many-words"),
    "many numbers": ("1 " * (MEGABYTE // 2), "too-many-words"),
    "many semicolons": (";" * MEGABYTE, "too-many-words"),
    "many unknown characters": ("¤" * MEGABYTE, "too-many-words"),
    "some unknown characters": ("¤" * 40_000, "unknown-character"),
    "many unseen characters": ("\u200b" * (MEGABYTE // 2), "too-many-words"),
    "unseen characters in a comment": ("#" + "\u200b" * (MEGABYTE // 3), "unseen-character"),
    "many marks": ('"' * MEGABYTE, "unknown-beginning"),
    "an open text": ('plan "' + "a" * MEGABYTE, "unfinished-sentence"),
    "many statements": ("unit %\n" * 200_001, "too-many-words"),
    "twenty thousand statements": ("unit %\n" * 20_000, "out-of-place"),
    "many notes": ("valid 2025 " + "according to a " * 8_000, "unknown-document"),
    "a long name": (GOAL + "green when " + "ba" * (MEGABYTE // 2) + " green", "unknown-member"),
    "two long names": (
        f'goal 1 "T" indicator {"ab" * 200_000} green when {"ba" * 200_000} green',
        "unknown-member",
    ),
    "dashes": ("1-" * (MEGABYTE // 2), "too-many-words"),
    "a name with dashes": ("a-" * (MEGABYTE // 2), "unknown-beginning"),
    "a number with spaces": (GOAL + "target at least 1" + " 000" * 200_000, "number-too-long"),
    "a number": (GOAL + "target at least " + "1" * 100_000, "number-too-long"),
    "a count": (GOAL + "green when at least " + "1" * 100_000 + " green", "number-too-long"),
    "decimals": (GOAL + "green when 0." + "1" * 100_000 + " % green", "number-too-long"),
    "an exponent": (GOAL + "green when 1e1000000 green", "unknown-member"),
    "an exponent as a target": ("target at least 1e1000000", "unexpected-word"),
    "unknown names": (GOAL + many("green when x{0} green ", 8_000), "unknown-member"),
    "unknown goals": (many('goal {0} "T" same as goal x{0} ', 5_000), "unknown-goal"),
    "a ring": (RING, "cycle"),
    "two of each name": (
        'goal 1 "T" ' + "".join(f"indicator x{n % 9_000} " for n in range(18_000)), "member-twice"
    ),
    "groups of unknown members": (
        'goal 1 "T" ' + "".join(f"group g{n} x{n} " for n in range(9_000)) + "green when all green",
        "unknown-member",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_too_much_is_refused_in_time(case: str) -> None:
    text, code = REFUSED[case]
    found = timed(goalrules.loads, HEAD + text)
    assert found[0] == code
    assert len(found) <= MOST_FAULTS + 1


def test_the_last_fault_tells_that_there_are_more() -> None:
    found = timed(goalrules.loads, HEAD + "unit %\n" * (MOST_FAULTS + 1))
    assert found == ["out-of-place"] * MOST_FAULTS + ["too-many-faults"]
    assert timed(goalrules.loads, HEAD + "unit %\n" * MOST_FAULTS) == ["out-of-place"] * MOST_FAULTS


READ = {
    "comments": ("# " + "x" * 20 + "\n") * 45_000,
    "lines": "\n" * MEGABYTE,
    "a long text": f'plan "{"a" * MEGABYTE}"',
    "many documents, each cited": "".join(
        f'document d{n} "T" according to d{n} ' for n in range(7_000)
    ),
    "many members in a group": 'goal 1 "T" '
    + "".join(f"indicator x{n} " for n in range(9_000))
    + "group g "
    + ", ".join(f"x{n}" for n in range(4_000))
    + "".join(f" group g{n} x{n}" for n in range(5_000))
    + " green when all of g green",
    "many members named": 'goal 1 "T" '
    + "".join(f"indicator x{n} " for n in range(6_000))
    + "green when "
    + " or ".join(f"x{n} green" for n in range(3_000))
    + " yellow when all of x1, x2 green including "
    + ", ".join(f"x{n % 2 + 1}" for n in range(4_000)),
}


@pytest.mark.parametrize("case", READ)
def test_much_is_read_in_time(case: str) -> None:
    assert timed(goalrules.loads, HEAD + READ[case]) == []


def test_a_number_of_the_most_digits_is_read() -> None:
    text = HEAD + GOAL + "target at least {} green when a green"
    assert timed(goalrules.loads, text.format("1" * MOST_DIGITS)) == []
    assert timed(goalrules.loads, text.format("1" * (MOST_DIGITS + 1))) == ["number-too-long"]


def test_a_chain_of_goals_is_assessed() -> None:
    size = 2_000
    chain = "".join(f'goal {n} "T"\nsame as goal {n + 1}\n' for n in range(size))
    end = f'goal {size} "T"\nindicator a\ngreen when a green\n'
    result = goalrules.loads(HEAD + chain + end).assess({"a": "green"}, "2025")
    assert {goal.verdict for goal in result.values()} == {"met"}
    assert result["0"].text("en")
    assert len(result.to_dict()["goals"]) == size + 1


def test_the_nearest_name_is_looked_for_among_some() -> None:
    assert nearest("a" * LONGEST_NAME, ["b" + "a" * (LONGEST_NAME - 1)])
    assert nearest("a" * (LONGEST_NAME + 1), ["b" + "a" * LONGEST_NAME]) == ""
    names = [f"x{n:04}" for n in range(MOST_NAMES + 1)]
    assert nearest("abc", [*names[:-2], "abd"]) == "abd"
    assert nearest("abc", [*names, "abd"]) == ""


# Faults of data


def unknown_rows(rows: int) -> goalrules.OutcomeError:
    """What is said of so many rows that a plan knows nothing of."""
    goals = (
        f'goal {goal} "G"\n'
        + "".join(f'indicator share-{goal}-{n} "Share of {goal}, {n}"\n' for n in range(8))
        + "green when all green\n"
        for goal in range(60)
    )
    rules = goalrules.loads("goalrules 1 en\nvalid 2025\n" + "".join(goals))
    with pytest.raises(goalrules.OutcomeError) as error:
        rules.assess({f"share-{n}-99": 1 for n in range(rows)})
    return error.value


def test_the_first_faults_of_data_are_told_and_the_others_counted() -> None:
    told = unknown_rows(MOST_TOLD + 50).diagnostics
    assert [each.code for each in told] == ["unknown-indicator"] * MOST_TOLD + ["more-faults"]
    assert told[-1].facts == {"count": 50}
    assert all(each.facts["nearest"] for each in told[:60])


def test_nobody_looks_for_the_right_name_of_more_faults_than_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared: list[int] = []
    close_matches = difflib.get_close_matches

    def get_close_matches(word: str, known: Iterable[str], **options: float) -> list[str]:
        among = list(known)
        compared.append(len(among))
        return close_matches(word, among, n=1, cutoff=options["cutoff"])

    monkeypatch.setattr(difflib, "get_close_matches", get_close_matches)
    assert len(unknown_rows(3 * MOST_TOLD).diagnostics) == MOST_TOLD + 1
    assert len(compared) < MOST_TOLD + 10
    assert max(compared) <= names.MOST_COMPARED


def test_faults_that_are_counted_already_are_counted_once() -> None:
    fault = Diagnostic("unknown-indicator", "f", NOWHERE, "")
    first = first_told([fault] * (MOST_TOLD + 7))
    assert first_told(first) == first
    assert first_told([fault, *first])[-1].facts == {"count": 8}
    assert first_told([fault]) == (fault,)


@pytest.mark.parametrize("many", [30, 3_000])
def test_the_nearest_of_many_names_is_the_one_with_a_letter_wrong(many: int) -> None:
    known = [f"indicator-{n:04}-of-many" for n in range(many)]
    near = names.NearestNames(known)
    for each in known[:: many // 15]:
        assert near.nearest(each.replace("many", "mony")) == each
        assert near.nearest(each.upper()) == each
    assert near.nearest("x" * 20) == near.nearest("") == near.nearest("y" * 200) == ""
