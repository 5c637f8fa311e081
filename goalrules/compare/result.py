"""What a comparison of two rule files came to, goal by goal.

In a document what stands in the rule files is text, as the formatter writes it in the language of
the new one (`goalrules.report.diff.document`).
"""

from collections.abc import Collection
from typing import Annotated, Literal, cast

from attrs import evolve

from goalrules.core.nodes import Form
from goalrules.core.vocabulary import PeriodClass, StepKind, Verdict
from goalrules.document import Mark, Whole, shown
from goalrules.language.statements import Body, DiffCode
from goalrules.lazily import frozen
from goalrules.text.languages import Language

ChangeKind = Literal[
    "unchanged", "stricter", "milder", "incomparable", "new", "removed", "reshaped", "not compared"
]
"""What a rule or a goal is beside the one before."""

PlanItemKind = Literal["goal", "contribution", "indicators", "indicator", "group", "target", "plan"]
"""What is named of a plan; "indicators" is the rule by which each gets its level."""

FactCode = (
    DiffCode
    | Literal[
        "member-scale", "scale", "missing", "not-applicable", "quorum", "remark", "stating",
        "goal-points", "met-from", "read-as", "below", "judged", "together", "units",
        "verdict-words",
    ]
)  # fmt: skip
"""What the files say differently beside the rule: "goal-points" is what each level is worth,
"together" the rule over units, "units" which those are, "met-from" the level that counts as met,
"read-as" how a scale's levels read, "judged" when a goal is judged as a whole, "expected" by when,
"hidden" small counts, "verdict-words" what goals are said to be, and "below" that a goal that the
rule rests on is judged otherwise."""

LeftOut = Literal["", "new", "members", "below", "no rule"]
"""Why the new rules were not asked: the goal has no counterpart ("new"), they count other members,
a goal that they rest on was left out ("below"), or one of the files has no rule for the period."""

Said = Body | str
"""A statement of a rule file, or a level of a scale."""

InWords = Annotated[Form | str | None, Mark.IN_WORDS]
"""A form of rule, which is text in a document."""


@frozen
class PlanItem:
    """A goal, a member of one, or the rule of every indicator, as its file names it."""

    __title__ = "Item"

    kind: Annotated[PlanItemKind, "What it is."]
    name: Annotated[str, "Its name; of a goal its id."]
    title: Annotated[str, "Its title; empty where it has none."] = ""
    goal: Annotated[str, "The goal that a moved member came from; else empty."] = ""


@frozen
class RuleOutcome:
    """What a rule comes to. Where the ends differ it does not say which level it is."""

    __title__ = "Outcome"

    worst: Annotated[str, "The worst level that it leaves."]
    best: Annotated[str, "The best level that it leaves."]
    verdict: Annotated[Verdict, "Whether it is met."]


@frozen
class Transition:
    """How many possible outcomes come to one thing by the old rule and to another by the new."""

    old: Annotated[RuleOutcome, "What they come to by the old rule."]
    new: Annotated[RuleOutcome, "What they come to by the new one."]
    outcomes: Annotated[Whole, "How many they are. No probability."]
    ways: Annotated[
        tuple[int, ...], "1 where an end of the level moves for the better, -1 for the worse."
    ] = ()


@frozen
class MemberAtLevel:
    """A member at a level, as both files name it."""

    __title__ = "Placed"

    old: Annotated[PlanItem, "The member in the old file."]
    new: Annotated[PlanItem, "The member in the new one."]
    level: Annotated[str, "The level."]


@frozen
class Witness:
    """A possible outcome that the rules judge differently, with as low levels as can be."""

    members: Annotated[tuple[MemberAtLevel, ...], "The members at their levels."]
    alike: Annotated[bool, "Whether it does not matter which members have which of the levels."]
    old: Annotated[RuleOutcome, "What it comes to by the old rule."]
    new: Annotated[RuleOutcome, "What it comes to by the new one."]


@frozen
class Piece:
    """A part of a rule, all of whose parts have to hold."""

    role: Annotated[StepKind, "What kind of step it is."]
    form: Annotated[InWords, "The part in words."]
    need: Annotated[Whole, "How many members are enough, where it counts them."] = 0
    of: Annotated[Whole, "Of how many, where it counts them."] = 0


@frozen
class SameCount:
    """Two ways to say how many that come to the same."""

    old: Annotated[InWords, "The count in the old rule."]
    new: Annotated[InWords, "The count in the new one."]
    need: Annotated[Whole, "How many members are enough."]
    of: Annotated[Whole, "Of how many."]
    fewer: Annotated[
        tuple[Whole, Whole, Whole] | None,
        "The most members that can be left for which they come to other numbers, and what the old"
        " and the new one need of those; null where there are none.",
    ] = None


@frozen
class RuleComparison:
    """Two rules compared in some classes of period; in all of them where none is named."""

    __title__ = "Comparison"

    periods: Annotated[tuple[PeriodClass, ...], "The classes of period; none for all."]
    kind: Annotated[ChangeKind, "What the new rule is beside the old one."]
    counts: Annotated[
        ChangeKind | None,
        "What it is by counts, however the members are paired, where a reshaped rule was compared"
        " by those; else null.",
    ] = None
    by: Annotated[
        Literal["met", "level", ""], "Whether verdicts differ, or levels alone; else empty."
    ] = ""
    met: Annotated[str, "The level from which the new rule counts as met."] = ""
    members: Annotated[Whole, "How many members there are."] = 0
    of_goals: Annotated[bool, "Whether the members are goals."] = False
    rescaled: Annotated[bool, "Whether they are the same, with other levels than before."] = False
    outcomes: Annotated[Whole, "How many outcomes are possible. No probability."] = 0
    transitions: Annotated[tuple[Transition, ...], "What becomes of them."] = ()
    witnesses: Annotated[tuple[Witness, ...], "Outcomes that are judged otherwise."] = ()
    gone: Annotated[
        tuple[Piece, ...],
        "What only the old rule asks for, where both come to a list of demands: all that differs,"
        " where nothing is added.",
    ] = ()
    added: Annotated[tuple[Piece, ...], "What only the new rule asks for, likewise."] = ()
    same: Annotated[tuple[SameCount, ...], "Counts that are the same, said otherwise."] = ()
    stand_ins: Annotated[
        tuple[str, ...], "The groups that the data fill in, each taken to have three members."
    ] = ()
    unless: Annotated[
        tuple[PlanItem, ...], "The indicators that must apply for the two to be the same."
    ] = ()

    @property
    def claim(self) -> ChangeKind:
        """What is said of the rule itself, by counts where it was compared by those."""
        return self.counts or self.kind


@frozen
class FactChange:
    """Something beside the rule that the files say differently, of a goal or one of its members."""

    __title__ = "Fact"

    code: Annotated[FactCode, "What."]
    old: Annotated[
        tuple[Annotated[Said, Mark.IN_WORDS], ...], "The statements of the old file, or levels."
    ] = ()
    new: Annotated[
        tuple[Annotated[Said, Mark.IN_WORDS], ...], "The statements of the new one, or levels."
    ] = ()
    member: Annotated[PlanItem | None, "The member that it is of; null where it is the goal."] = (
        None
    )


@frozen
class Difference:
    """What became of a goal of two files, or of the rule of every indicator."""

    old: Annotated[PlanItem | None, "It in the old file; null where it is not there."]
    new: Annotated[PlanItem | None, "It in the new one; null where it is not there."]
    kind: Annotated[ChangeKind, "What the new rule is beside the old one."]
    comparisons: Annotated[tuple[RuleComparison, ...], "The rules compared."] = ()
    came: Annotated[tuple[PlanItem, ...], "The members that only the new one counts."] = ()
    went: Annotated[tuple[PlanItem, ...], "The members that only the old one counts."] = ()
    counted: Annotated[tuple[Whole, Whole], "How many the old one counts, and the new one."] = (
        0,
        0,
    )
    facts: Annotated[tuple[FactChange, ...], "What is said differently beside the rule."] = ()

    @property
    def thing(self) -> PlanItem:
        """The goal as the new file names it, or the old one where it is gone."""
        return self.new or cast(PlanItem, self.old)

    @property
    def alone(self) -> bool:
        """Whether it has no counterpart in the other file."""
        return not (self.old and self.new)

    @property
    def counts(self) -> ChangeKind | None:
        """What became of its rule by counts, where it was compared by those in every period."""
        found = {each.counts for each in self.comparisons}
        return found.pop() if len(found) == 1 else None

    @property
    def beside(self) -> bool:
        """Whether anything differs beside the rule."""
        return bool(self.facts or self.came or self.went)

    @property
    def apart(self) -> bool:
        """Whether rules that are the same differ where some members do not apply."""
        same = [each for found in self.comparisons for each in found.same]
        return any(each.fewer for each in same) or any(each.unless for each in self.comparisons)

    @property
    @shown
    def changed(self) -> bool:
        """Whether anything differs, in the rule or beside it."""
        return self.kind != "unchanged" or self.beside or self.apart


@frozen
class Rejudged:
    """A goal's verdict on some outcomes of the old plan, and what the new rules give on them."""

    old: Annotated[PlanItem, "The goal in the old file."]
    new: Annotated[PlanItem | None, "The goal in the new one; null where it is not there."]
    before: Annotated[RuleOutcome, "What the old rules gave."]
    after: Annotated[RuleOutcome | None, "What the new ones give; null where not asked."] = None
    left_out: Annotated[LeftOut, "Why the new rules were not asked; empty where they were."] = ""

    @property
    @shown
    def differs(self) -> bool:
        """Whether the verdict is another by the new rules."""
        return self.after is not None and self.after.verdict != self.before.verdict

    @property
    def relevels(self) -> bool:
        """Whether the same verdict, where it is decided, is at another level by the new rules."""
        same = self.after is not None and not self.differs and self.before.verdict != "open"
        return same and self.after != self.before


@frozen
class OnOutcomes:
    """What the new rules come to on outcomes of the old plan."""

    period: Annotated[str, "The period of the outcomes."]
    goals: Annotated[tuple[Rejudged, ...], "The goals of the old plan."]


@frozen
class ComparedFile:
    """One of the two files, and the plan that it is about."""

    __title__ = "File"

    file: Annotated[str, "The file, as it was named to the program."]
    plan: Annotated[str, "The plan's title; empty where it has none."]
    body: Annotated[str, "Whose plan it is; empty where the file does not say."]
    years: Annotated[
        str, "The years of its rules, as `2024` or `2024/2026`; empty where they never change."
    ] = ""
    sha256: Annotated[str, "The SHA-256 of its text in UTF-8, in hexadecimal digits."] = ""


@frozen
class Differences:
    """What changed between two rule files, goal by goal, over every possible outcome."""

    __title__ = "Diff"
    __document__ = "urn:goalrules:diff:0"

    old: Annotated[ComparedFile, "The old file."]
    new: Annotated[ComparedFile, "The new one."]
    language: Annotated[Language, "The language of the new file, and of what is quoted."]
    goals: Annotated[
        tuple[Difference, ...], "The rule of every indicator, and each goal: what became of it."
    ]
    on_outcomes: Annotated[
        OnOutcomes | None, "The old plan's outcomes by the new rules; null where none were given."
    ] = None

    @property
    @shown
    def changed(self) -> bool:
        """Whether anything differs between the files that is not only how it is written."""
        return any(each.changed for each in self.goals)

    def only(self, ids: Collection[str]) -> "Differences":
        """The same of some goals alone, by their ids in either file."""
        goals = tuple(each for each in self.goals if _is_one_of(ids, each.old, each.new))
        anew = self.on_outcomes
        if anew:
            kept = tuple(each for each in anew.goals if _is_one_of(ids, each.old, each.new))
            anew = evolve(anew, goals=kept)
        return evolve(self, goals=goals, on_outcomes=anew)


def _is_one_of(ids: Collection[str], *things: PlanItem | None) -> bool:
    return any(each.name in ids for each in things if each)
