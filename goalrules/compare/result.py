"""What a comparison of two rule files came to, goal by goal: without text."""

from collections.abc import Collection
from typing import Literal, cast

from attrs import evolve, frozen

from goalrules.core.vocabulary import Language, PeriodClass, StepKind, Verdict
from goalrules.language.statements import Body, DiffCode

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
        "goal-points", "met-from", "read-as", "below", "judged",
    ]
)  # fmt: skip
"""What the files say differently beside the rule: "goal-points" is what each level is worth,
"met-from" the level that counts as met, "read-as" how a scale's levels read, "judged" when a goal
is judged as a whole, "expected" by when, "hidden" small counts, and "below" that a goal that the
rule rests on is judged otherwise."""

LeftOut = Literal["", "new", "members", "below", "no rule"]
"""Why the new rules were not asked: the goal has no counterpart ("new"), they count other members,
a goal that they rest on was left out ("below"), or one of the files has no rule for the period."""

Said = Body | str
"""A statement of a rule file, or a level of a scale."""


@frozen
class PlanItem:
    """A goal, or a member of one, as its file names it; `goal` is where a moved one came from."""

    kind: PlanItemKind
    name: str
    title: str = ""
    goal: str = ""


@frozen
class RuleOutcome:
    """What a rule comes to: the worst and the best level that it leaves, and the verdict.

    Where they differ the rule itself does not say which level it is, or the data do not.
    """

    worst: str
    best: str
    verdict: Verdict


@frozen
class Transition:
    """How many possible outcomes come to one thing by the old rule and to another by the new.

    `ways` are those in which an end of the level moves: 1 for the better, -1 for the worse.
    """

    old: RuleOutcome
    new: RuleOutcome
    outcomes: int
    ways: tuple[int, ...] = ()


@frozen
class MemberAtLevel:
    """A member at a level, as both files name it."""

    old: PlanItem
    new: PlanItem
    level: str


@frozen
class Witness:
    """A possible outcome that the rules judge differently, with as low levels as can be.

    `alike` says that it does not matter which members have which of the levels.
    """

    members: tuple[MemberAtLevel, ...]
    alike: bool
    old: RuleOutcome
    new: RuleOutcome


@frozen
class Piece:
    """A part of a rule, all of whose parts have to hold: what kind of step, and its form.

    Where it counts members, `need` of them are enough, `of` so many.
    """

    role: StepKind
    form: object
    need: int = 0
    of: int = 0


@frozen
class SameCount:
    """Two ways to say how many that come to the same: `need` of `of`.

    They may come to other numbers where some members do not apply: `fewer` are then the most that
    are left for which they do, and what the old and the new one need of those.
    """

    old: object
    new: object
    need: int
    of: int
    fewer: tuple[int, int, int] | None = None


@frozen
class RuleComparison:
    """Two rules compared in some classes of period; in all of them where none is named.

    `kind` is what the new rule is beside the old one. One that is reshaped may have been compared
    by `counts`: it is then of another kind, however the members are paired. `by` says whether it
    is the verdict or only the level that differs; `met` is the level from which the new rule
    counts as met; `of_goals` that the members are goals, and
    `rescaled` that they are the same on other scales. `outcomes` are all that are possible, and
    `transitions` what becomes of them. Where both rules come to a list of demands, `gone` are
    those of the old one alone and `added` those of the new one alone; where only one of them
    holds any, these are all that differs. `stand_ins` are the groups that the data fill in, each
    of which was taken to have three members. Where the rules are the same while everything
    applies, but not where some indicators do not, those are `unless`.
    """

    periods: tuple[PeriodClass, ...]
    kind: ChangeKind
    counts: ChangeKind | None = None
    by: Literal["met", "level", ""] = ""
    met: str = ""
    members: int = 0
    of_goals: bool = False
    rescaled: bool = False
    outcomes: int = 0
    transitions: tuple[Transition, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    gone: tuple[Piece, ...] = ()
    added: tuple[Piece, ...] = ()
    same: tuple[SameCount, ...] = ()
    stand_ins: tuple[str, ...] = ()
    unless: tuple[PlanItem, ...] = ()

    @property
    def claim(self) -> ChangeKind:
        """What is said of the rule itself, by counts where it was compared by those."""
        return self.counts or self.kind


@frozen
class FactChange:
    """Something beside the rule that the files say differently, of a goal or one of its members.

    `code` says what; `old` and `new` are the statements or the levels.
    """

    code: FactCode
    old: tuple[Said, ...] = ()
    new: tuple[Said, ...] = ()
    member: PlanItem | None = None


@frozen
class Difference:
    """A goal of two files, or the rule of every indicator: what became of it.

    `came` and `went` are the members that only the new or only the old one counts, of `counted`
    in the old and in the new. `facts` are what is said differently beside the rule.
    """

    old: PlanItem | None
    new: PlanItem | None
    kind: ChangeKind
    comparisons: tuple[RuleComparison, ...] = ()
    came: tuple[PlanItem, ...] = ()
    went: tuple[PlanItem, ...] = ()
    counted: tuple[int, int] = (0, 0)
    facts: tuple[FactChange, ...] = ()

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
    def changed(self) -> bool:
        """Whether anything differs, in the rule or beside it."""
        return self.kind != "unchanged" or self.beside or self.apart


@frozen
class Rejudged:
    """A goal's verdict on some outcomes of the old plan, and what the new rules give on them.

    `left_out` says why the new rules were not asked, if they were not.
    """

    old: PlanItem
    new: PlanItem | None
    before: RuleOutcome
    after: RuleOutcome | None = None
    left_out: LeftOut = ""

    @property
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

    period: str
    goals: tuple[Rejudged, ...]


@frozen
class ComparedFile:
    """One of the two files: its name, and the plan that it is about.

    `years` are those of its rules, as `2024` or `2024/2026`; empty where they never change.
    """

    file: str
    plan: str
    body: str
    years: str = ""


@frozen
class Differences:
    """What a comparison of two rule files came to."""

    old: ComparedFile
    new: ComparedFile
    language: Language
    goals: tuple[Difference, ...]
    on_outcomes: OnOutcomes | None = None

    @property
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
