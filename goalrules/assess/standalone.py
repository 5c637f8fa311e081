"""A rule given alone: lowered once, and evaluated on the levels of its members."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from types import NoneType
from typing import Any

from attrs import evolve

from goalrules.assess.appraise import appraise_level
from goalrules.assess.binding import duplicates, fault
from goalrules.assess.goal_rule import goal_rule
from goalrules.assess.goal_state import GoalState
from goalrules.assess.result import GoalTrace
from goalrules.assess.rule_program import Outcome, RuleProgram
from goalrules.core.scales import unknown
from goalrules.core.states import MemberState, state_of
from goalrules.core.trace import Member, member
from goalrules.data.outcome import OutcomeRow, read_row, rows_from_python
from goalrules.data.records import Place
from goalrules.data.values import CellFault
from goalrules.language.levels import LevelScale, own_points
from goalrules.language.naming import Naming, goal_key, naming
from goalrules.language.parser import ParsedRule
from goalrules.language.statements import Clause, Statement, When
from goalrules.language.syntax import Name
from goalrules.lazily import frozen
from goalrules.limits import stepping
from goalrules.text.diagnostics import Diagnostic
from goalrules.text.names import folded, nearest
from goalrules.text.numbers import Amount
from goalrules.text.source import NOWHERE

Words = str | None
"""A level in words, or that it is missing."""

Level = tuple[Member, MemberState]
"""A member with its level, and the state that it is in."""

MOST_CASES = 4096
"""The cases of a rule that are kept; when there are more, they are worked out anew."""


class StandaloneRule:
    """A rule and the members that it may name, by their folds; each may also be a goal's id.

    What words give a member is read once for each, and what they come to together too.
    """

    def __init__(self, program: RuleProgram, names: Naming) -> None:
        self.program, self.names = program, names
        self.members = {folded(name): name for name in names.own}
        scale = names.others.scale
        self.missing = {
            name: member("reported", name, scale, unknown(scale), "missing") for name in names.own
        }
        self._goals = tuple(key for key in map(goal_key, names.own) if key in program.asked)
        self._places = {name: place for place, name in enumerate(names.own)}
        self._missing = [state_of(each) for each in self.missing.values()]
        self._words: dict[tuple[str, Words], Level | None] = {}
        self._cases: dict[tuple[Words, ...], Outcome] = {}

    def outcome(self, given: Mapping[str, Any]) -> Outcome | None:
        """What the rule comes to on words for its members; None where that takes more than words.

        So it is where one of them has a fault, or is a number or a row.
        """
        case = (*given, *given.values())
        try:
            found = self._cases.get(case)
        except TypeError:
            return None
        if found is None and all(type(each) in (str, NoneType) for each in case):
            found = self._read(given)
            if found:
                if len(self._cases) >= MOST_CASES:
                    self._cases.clear()
                self._cases[case] = found
        return found

    def _read(self, given: Mapping[str, Words]) -> Outcome | None:
        """What the rule comes to on words that may be read for the first time."""
        found = [self.level_of(name, words) for name, words in given.items()]
        levels = {each[0].name: each for each in found if each}  # a name told twice is a fault
        return self.judge(levels.values()) if len(levels) == len(given) else None

    def judge(self, levels: Iterable[Level]) -> Outcome:
        """What the rule comes to on some members, the others missing."""
        members, states = self.missing.copy(), self._missing.copy()
        for level, state in levels:
            members[level.name] = level
            states[self._places[level.name]] = state
        if self._goals:
            return self.program.outcome(self.with_goals(members))
        return self.program.outcome(members, tuple(states))

    def level_of(self, name: str, words: Words) -> Level | None:
        """What words give a member; None for one that is not there, or a fault."""
        if (name, words) not in self._words:
            if len(self._words) >= MOST_CASES:
                self._words.clear()
            self._words[name, words] = self.read(name, words)
        return self._words[name, words]

    def read(self, name: str, value: object) -> Level | None:
        """What a value that is met for the first time gives a member; None for a fault.

        A number with a decimal mark is told from others by theirs, so it is not read alone.
        """
        rows, unread = rows_from_python({name: value})
        own = self.members.get(folded(name))
        if unread or own is None:
            return None
        amount = rows[0].value
        if isinstance(amount, Amount) and amount.mark:
            return None
        found, faults = appraise_level(own, rows[0], self.names.others.scale)
        return None if faults else (evolve(found, finding=None), state_of(found))

    def with_goals(self, members: Mapping[str, Member]) -> Mapping[str, Member]:
        """Members, and those that are named as goals."""
        named = {goal_key(name): each for name, each in members.items()}
        return {**members, **{key: named[key] for key in self._goals}}


def unusable_names(names: Iterable[str], file: str) -> Iterator[Diagnostic]:
    """What is wrong with names of members that no outcome could be given under."""
    for number, name in enumerate(names):
        read = read_row({"indicator": name}, Place(file, number + 1, name, path=(number,)))
        if not isinstance(read, OutcomeRow):
            yield from read


def names_twice(names: Iterable[str], file: str) -> Iterator[Diagnostic]:
    """What is wrong with names of members that another of them has."""
    first: dict[str, int] = {}
    for number, name in enumerate(names):
        line = first.setdefault(folded(name), number) + 1
        if line <= number:
            twice = CellFault("member-twice", {"text": name, "line": line})
            yield Place(file, number + 1, name, path=(number,)).fault("indicator", twice)


def standalone_naming(
    members: Iterable[str], statements: Iterable[Statement], levels: LevelScale
) -> Naming:
    """The names that a rule given alone may use: each as a member, and as a goal."""
    own = tuple(members)
    names = naming(own, {}, {goal_key(name): levels for name in own})
    return evolve(names, others=levels, points=own_points(each.body for each in statements))


def lower_standalone(parsed: ParsedRule, names: Naming) -> StandaloneRule:
    """The meaning of a rule given alone; a bare condition says when the top level is reached."""
    said = [each.body for each in parsed.statements]
    clauses = [each for each in said if isinstance(each, Clause)]
    if parsed.condition:
        clauses = [When(Name(names.others.scale.levels[-1]), parsed.condition)]
    rule = goal_rule(clauses, said, names, names.others)
    return StandaloneRule(RuleProgram(rule), names)


@frozen
class StandaloneEvaluation:
    """What a rule given alone came to, what is wrong with the outcomes, and where it stands."""

    trace: GoalTrace
    diagnostics: tuple[Diagnostic, ...]
    goal_state: GoalState


def evaluate_standalone(rule: StandaloneRule, rows: Iterable[OutcomeRow]) -> StandaloneEvaluation:
    """The verdict of a rule given alone, and what is wrong with the outcomes."""
    scale = rule.names.others.scale
    found = dict(rule.missing)
    diagnostics: list[Diagnostic] = []
    by_member: dict[str, list[OutcomeRow]] = defaultdict(list)
    for row in stepping(rows):
        name = rule.members.get(folded(row.indicator))
        if name is None:
            close = nearest(row.indicator, rule.members.values())
            diagnostics.append(fault(row, "unknown-indicator", text=row.indicator, nearest=close))
        else:
            found[name], faults = appraise_level(name, row, scale)
            diagnostics += faults
            by_member[name].append(row)
    for same in by_member.values():
        diagnostics += duplicates(same)
    members = rule.with_goals(found)
    trace, goal_state = rule.program.trace(members)
    blank = GoalTrace("", "rule", "", "", tuple(found.values()), (), (), NOWHERE)
    goal = rule.program.outcome(members).of_goal(blank, trace)
    return StandaloneEvaluation(goal, tuple(diagnostics), goal_state)
