"""A rule given alone: lowered once, and evaluated on the levels of its members."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import NoneType
from typing import Any, TypeVar, cast

from attrs import evolve

from goalrules.assess.appraise import appraise_level
from goalrules.assess.binding import duplicates, fault
from goalrules.assess.goal_rule import GoalState, goal_rule
from goalrules.assess.result import GoalTrace
from goalrules.assess.rule_program import Outcome, RuleProgram
from goalrules.core.ends import MemberState, state_of
from goalrules.core.scales import unknown
from goalrules.core.trace import Member, Observation, Voucher, member
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

WORDS = frozenset((str, NoneType))
"""The types of words by themselves: another can equal one that is written otherwise."""

Level = tuple[Member, MemberState]
"""A member with its level, and the state that it is in."""

MOST_CASES = 4096
"""The cases of a rule that are kept; when there are more, they are worked out anew."""

Key = TypeVar("Key")
Thing = TypeVar("Thing")


class StandaloneRule:
    """A rule and the members that it may name, by their folds; each may also be a goal's id.

    What words say of a member is read once, and what they come to together is worked out once.
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
        self._words: dict[Words, Member | None] = {}
        self._named: dict[str, str] = {}
        self._levels: dict[tuple[str, Words], Level | None] = {}
        self._met: set[str] = set()
        self._described: dict[tuple[int, str, Words], Member] = {}
        self._cases: dict[tuple[Words, ...], KnownCase] = {}

    def known(self, given: Mapping[str, Any]) -> "KnownCase | None":
        """What the rule comes to on words for its members; None where that takes more than words.

        So it is where one of them has a fault, or is a number or a row.
        """
        case = (*given, *given.values())
        try:
            found = self._cases.get(case)
        except TypeError:
            return None
        if found is None and WORDS.issuperset(map(type, case)):
            known = self._levels
            levels = [known.get(each) or self.level_of(*each) for each in given.items()]
            read = {each[0].name: each for each in levels if each}  # named twice is a fault
            if len(read) == len(levels):
                found = KnownCase(self, case, self.judge(read.values()))
                if len(self._cases) >= MOST_CASES:
                    self._cases.clear()
                self._cases[case] = found
        return found

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
        """What words give a member; None for one that is not there, or a fault.

        With the first words of a member all levels of the scale are read.
        """
        try:
            return self._levels[name, words]
        except KeyError:
            own = self._own(name)
        if own not in self._met:
            self._met.add(own)
            for each in (*self.names.others.scale.levels, None):
                self.level_of(name, each)
        found = self._said(words) if own else None
        level = (evolve(found, name=own, finding=None), state_of(found)) if found else None
        return _kept(self._levels, (name, words), lambda: level)

    def described(self, line: int, name: str, words: Words) -> Member:
        """A member as words in some line of what was given have it."""

        def moved() -> Member:
            found = cast(Member, self._said(words))
            finding = cast(Observation, found.finding)
            row = evolve(cast(Voucher, finding.row), line=line)
            return evolve(found, name=self._own(name), finding=evolve(finding, row=row))

        return _kept(self._described, (line, name, words), moved)

    def _said(self, words: Words) -> Member | None:
        """What words say of a member, read of the first one."""
        return _kept(self._words, words, lambda: self._read(self.names.own[0], words))

    def _own(self, name: str) -> str:
        """The name of the member that is called by a name; empty for none."""

        def own() -> str:
            found = self._read(name, None)
            return found.name if found else ""

        return _kept(self._named, name, own)

    def read(self, name: str, value: object) -> Level | None:
        """What a value that is met for the first time gives a member; None for a fault."""
        found = self._read(name, value)
        return (evolve(found, finding=None), state_of(found)) if found else None

    def _read(self, name: str, value: object) -> Member | None:
        """A member as the only row that is given has it; None for a fault.

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
        return None if faults else found

    def with_goals(self, members: Mapping[str, Member]) -> Mapping[str, Member]:
        """Members, and those that are named as goals."""
        named = {goal_key(name): each for name, each in members.items()}
        return {**members, **{key: named[key] for key in self._goals}}


def unusable_names(names: Iterable[str], file: str) -> Iterator[Diagnostic]:
    """What is wrong with names of members that no outcome could be given under."""
    for number, name in enumerate(stepping(names)):
        read = read_row({"indicator": name}, Place(file, number + 1, name, path=(number,)))
        if not isinstance(read, OutcomeRow):
            yield from read


def names_twice(names: Iterable[str], file: str) -> Iterator[Diagnostic]:
    """What is wrong with names of members that another of them has."""
    first: dict[str, int] = {}
    for number, name in enumerate(stepping(names)):
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


class KnownCase:
    """Words that were given for members, by name, and what the rule comes to on them."""

    __slots__ = ("_given", "_rule", "outcome")

    def __init__(self, rule: StandaloneRule, given: tuple[Words, ...], outcome: Outcome) -> None:
        self._rule, self._given, self.outcome = rule, given, outcome

    def found(self) -> "StandaloneEvaluation":
        """What is found on the way to the verdict."""
        rule, many = self._rule, len(self._given) // 2
        named = zip(cast("tuple[str, ...]", self._given[:many]), self._given[many:], strict=True)
        described = [rule.described(line, *each) for line, each in enumerate(named, 1)]
        return _evaluated(rule, {each.name: each for each in described}, ())


@frozen
class StandaloneEvaluation:
    """What a rule given alone came to, what is wrong with the outcomes, and where it stands."""

    trace: GoalTrace
    diagnostics: tuple[Diagnostic, ...]
    goal_state: GoalState

    @property
    def goals(self) -> Mapping[str, GoalTrace]:
        """What was found of the rule, as of a goal without an id."""
        return {self.trace.id: self.trace}

    @property
    def goal_states(self) -> Mapping[str, GoalState]:
        """Where its members stand."""
        return {self.trace.id: self.goal_state}


def evaluate_standalone(rule: StandaloneRule, rows: Iterable[OutcomeRow]) -> StandaloneEvaluation:
    """The verdict of a rule given alone, and what is wrong with the outcomes."""
    scale = rule.names.others.scale
    found: dict[str, Member] = {}
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
    return _evaluated(rule, found, tuple(diagnostics))


def _evaluated(
    rule: StandaloneRule, found: Mapping[str, Member], diagnostics: tuple[Diagnostic, ...]
) -> StandaloneEvaluation:
    """The verdict on some members, the others missing."""
    own = {**rule.missing, **found}
    members = rule.with_goals(own)
    trace, goal_state = rule.program.trace(members)
    blank = GoalTrace("", "rule", "", "", tuple(own.values()), (), (), NOWHERE)
    goal = rule.program.outcome(members).of_goal(blank, trace)
    return StandaloneEvaluation(goal, diagnostics, goal_state)


def _kept(table: dict[Key, Thing], key: Key, make: Callable[[], Thing]) -> Thing:
    """What is kept in a table by a key, and made where it is not there; a full one is emptied."""
    try:
        return table[key]
    except KeyError:
        found = make()
    if len(table) >= MOST_CASES:
        table.clear()
    table[key] = found
    return found
