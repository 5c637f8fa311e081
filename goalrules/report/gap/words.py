"""The words for ways: who is moved to which level, any so many of whom, and what it takes."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import Literal

from attrs import evolve, field

from goalrules.answers.result import Move, Mover, Need, Values, Way
from goalrules.assess.result import GoalTrace
from goalrules.core.trace import Member
from goalrules.core.vocabulary import GOAL_KINDS
from goalrules.language import syntax as sx
from goalrules.language.keywords import Agreement
from goalrules.lazily import frozen
from goalrules.report.catalogue import Catalogue, catalogue
from goalrules.report.shape import goal_gender, steps_of
from goalrules.report.wording import Wording, wording
from goalrules.text.languages import Language

FEW = 4
"""The number of members of a group up to which each is said with its own level."""

PAIR = 2

STAR = "*"


Change = Literal["raised", "lowered"]
"""What is done with members, or happens to them."""

MoverSet = frozenset[tuple[str, str]]
"""Members by their goals and names."""


@frozen
class GapWords(Catalogue):
    """The words of one language for answers about goals.

    Members of other goals than `home` are said to be of those, if it is given. Groups that have
    `labels` are named by them, and listed once for all.
    """

    wording: Wording
    home: str | None = None
    labels: Mapping[MoverSet, str] = field(factory=dict)

    def level_of(self, mover: Mover, agreement: Agreement | None = None) -> str:
        """The level that a member is raised to, or a better one; of a loss, the one it keeps."""
        gender = agreement or goal_gender(mover.member.kind)
        return self.wording.at_least(mover.to, mover.member.levels, gender)

    # Members

    def stated(self, mover: Mover) -> str:
        """A member with its level, or why it is not known."""
        state = self._state_of(mover, goal_gender(mover.member.kind))
        return self.say("member", "state", member=self.wording.member(mover.member), state=state)

    def _state_of(self, mover: Mover, agreement: Agreement) -> str:
        """The level of a member, or why it is not known; and which goal it is of, if another."""
        state = self.state(mover.member, agreement) + (STAR if mover.findable else "")
        if self.home in (None, mover.goal) or mover.member.kind in GOAL_KINDS:
            return state
        return self.say("member", "elsewhere", goal=mover.goal, state=state)

    def known(self, member: Member) -> str:
        """A member that is held as it is, with its level or why it has none."""
        state = self.state(member, goal_gender(member.kind))
        return self.say("member", "state", member=self.wording.member(member), state=state)

    def state(self, member: Member, agreement: Agreement = "common") -> str:
        """The level of a member, or why nothing is known of it."""
        if member.kind in GOAL_KINDS and member.reason == "open":
            return self.say("member", "open")
        reasons = self.wording.texts["fact"]
        nothing = not member.applies or (member.worst, member.best) == (
            member.levels[0],
            member.levels[-1],
        )
        reason = reasons.get(member.reason.replace("no target", "no-target"), "")
        if nothing and reason:
            return reason
        levels = self.wording.levels(member, agreement)
        if member.policy == "counts as":
            return self.say("member", "counts-as", level=levels, reason=reason)
        return levels

    def members(self, group: Iterable[Mover]) -> str:
        """A group: each with its own level where they are few, else together by their levels."""
        movers = list(group)
        if len(movers) <= FEW:
            return self.wording.listed(map(self.stated, movers))
        by_state: dict[str, list[Mover]] = {}
        for each in movers:
            by_state.setdefault(self._state_of(each, "plural"), []).append(each)
        key = "state" if len(by_state) > 1 else "all-state"
        return "; ".join(
            self.say(
                "member",
                key,
                member=", ".join(self.wording.member(each.member) for each in alike),
                state=state,
            )
            for state, alike in by_state.items()
        )

    def unreported(self, goal: GoalTrace) -> str:
        """The groups that the rule counts and of which the data report nothing, as a list."""
        steps = steps_of((*goal.steps, *goal.caps))
        forms = [each.form for each in steps if each.undefined == "unreported"]
        scopes = [form.scope for form in forms if isinstance(form, (sx.Count, sx.Score))]
        groups = dict.fromkeys(name.text for scope in scopes for name in scope.names)
        if scopes and not groups:
            return self.say("reach", "all-groups")
        return self.wording.listed(groups) if groups else ""

    # Ways

    def way(self, way: Way, do: Change) -> str:
        """What happens in a way, in words."""
        moves = gathered(way)
        said = [self._move(move, moves[:n], do) for n, move in enumerate(moves)]
        return self.wording.listed(said)

    def of_group(self, way: Way, do: Change) -> str:
        """What happens to so many of the one group of a way, which is listed after it."""
        first, *rest = way.moves
        said = [self._of_these(first, do)]
        said += [self._move(move, way.moves[:n], do) for n, move in enumerate(rest, 1)]
        return self.wording.listed(said)

    def _of_these(self, move: Move, do: Change) -> str:
        whole = "both-of-these" if len(move.group) == PAIR else "all-of-these"
        key = whole if move.number == len(move.group) else self._key("any", move)
        of, number = self.wording.number(len(move.group)), self.wording.number(move.number)
        return self.say("way", key, does=self._does(move, do), number=number, of=of)

    def _move(self, move: Move, earlier: Sequence[Move], do: Change) -> str:
        """What happens to so many of a group; others of it may have been told of before.

        A way that is minimal moves so many of the same group to other levels, or all of a smaller
        one: else a choice from the greater group would make one from the smaller needless.
        """
        move = _left(move, earlier)
        number, of = move.number, len(move.group)
        told = sum(each.number for each in earlier if _members(each) == _members(move))
        if told:
            key = self._key("other" if number == of - told else "another", move)
            return self.say(
                "way", key, does=self._does(move, do), number=self.wording.number(number)
            )
        label = self.labels.get(_members(move), "")
        among = "-in" if label else "-of" if of > FEW else ""
        return self.say(
            "way",
            f"all{among}" if number == of else self._key("some", move, among),
            does=self._does(move, do),
            number=self.wording.number(number),
            of=self.wording.number(of),
            members="" if label else self.members(move.group),
            label=label,
        )

    def _key(self, what: str, move: Move, more: str = "") -> str:
        if move.number > 1:
            return f"{what}-many{more}"
        return f"{what}-one{more}-{goal_gender(move.group[0].member.kind)}"

    def _does(self, move: Move, do: Change) -> str:
        gender = goal_gender(move.group[0].member.kind)
        agreement: Agreement = "plural" if move.number > 1 else gender
        said: Agreement = "neuter" if do == "lowered" else agreement
        levels = dict.fromkeys(
            self.wording.level(each.to, said) if do == "lowered" else self.level_of(each, said)
            for each in move.group
        )
        key = f"{'assessed' if move.assessed else do}-{agreement}"
        return self.say("do", key, level=self.wording.listed(levels, "or"))

    # Numbers

    def need(self, mover: Mover) -> str:
        """What would give a member its level, each thing alone."""
        need = mover.need or Need()
        said = [self.to_values(mover, need.values)] if need.values else []
        if need.reached:
            said.append(self.say("values", "reached"))
        if need.plan:
            said.append(self.say("values", f"plan-{need.plan}"))
        return reduce(lambda one, other: self.say("values", "or", one=one, other=other), said)

    def to_values(self, mover: Mover, values: Values) -> str:
        """From the value that there is to those that are needed."""
        said = self.values(values, mover)
        if mover.value is None:
            return self.say("values", "outcome", values=said)
        key = "from-to-within" if _kind(values) in ("within", "between-signed") else "from-to"
        return self.say("values", key, value=self.wording.number(mover.value), values=said)

    def limits(self, mover: Mover) -> dict[str, str]:
        """The values with which a member keeps the level below which it would fall."""
        member, need = mover.member, mover.need or Need()
        value = mover.value
        return {
            "level": self.wording.at_least(mover.keeps, member.levels, goal_gender(member.kind)),
            "values": self.values(need.values or Values(), mover),
            "value": "" if value is None else self.wording.number(value, mover.unit),
        }

    def cost(self, way: Way) -> str:
        """What a way costs."""
        return self.wording.number(way.cost)

    def values(self, values: Values, mover: Mover) -> str:
        """Some values in the unit of a member."""
        low, high, unit = values.low, values.high, mover.unit
        shown = {
            "low": ""
            if low is None
            else self.wording.number(low, "" if high is not None else unit),
            "high": "" if high is None else self.wording.number(high, unit),
        }
        return self.say("values", _kind(values), **shown)


def gathered(way: Way) -> list[Move]:
    """The moves of a way, those of smaller groups first; of whole groups to one level as one."""
    found: dict[object, Move] = {}
    for each in way.moves:
        first = each.group[0]
        whole = each.number == len(each.group)
        alike = (first.to, each.assessed, goal_gender(first.member.kind)) if whole else id(each)
        told = found.get(alike)
        group = (*told.group, *each.group) if told else each.group
        found[alike] = evolve(each, number=len(group) if told else each.number, group=group)
    return sorted(found.values(), key=lambda move: len(move.group))


def great_groups(ways: Iterable[Way]) -> dict[MoverSet, Move]:
    """Groups that are too great to be listed more than once, in the order of the ways.

    Each is given with a move of it.
    """
    moves = [
        _left(move, told[:number])
        for told in map(gathered, ways)
        for number, move in enumerate(told)
    ]
    counted = Counter(map(_members, moves))
    great = {_members(each): each for each in moves if len(each.group) > FEW}
    return {members: move for members, move in great.items() if counted[members] > 1}


def _left(move: Move, earlier: Sequence[Move]) -> Move:
    """A move without those that are moved already in any case."""
    gone = {each for told in earlier if told.number == len(told.group) for each in _members(told)}
    kept = tuple(each for each in move.group if key_of(each) not in gone)
    return evolve(move, group=kept)


def key_of(mover: Mover) -> tuple[str, str]:
    """The goal and the name of a member, by which it is told from others."""
    return mover.goal, mover.member.name


def _members(move: Move) -> MoverSet:
    return frozenset(map(key_of, move.group))


def _kind(values: Values) -> str:
    """How some values are said."""
    low, high = values.low, values.high
    if low is None:
        return "below" if values.below_high else "at-most"
    if high is None:
        return "above" if values.above_low else "at-least"
    if low == high:
        return "only"
    if low == high.copy_negate() and not (values.above_low or values.below_high):
        return "within"
    if low < 0 and not (values.above_low or values.below_high):
        return "between-signed"
    return f"between{'-above' if values.above_low else ''}{'-below' if values.below_high else ''}"


# Ways as they are told


@frozen
class ToldWays:
    """Ways to a level (`reach`), or to lose one (`margin`), as they are told."""

    section: Literal["reach", "margin"]
    do: Change
    ways: tuple[Way, ...]
    sets: int
    complete: bool
    priced: bool = False

    @property
    def is_group(self) -> bool:
        """Whether so many of one group are moved, and that is all there is to it."""
        moves = self.ways[0].moves
        alone = len(self.ways) == 1 and self.complete and not self.priced
        groups = {tuple(map(key_of, move.group)) for move in moves}
        return alone and len(groups) == 1 and len(moves[0].group) > 1

    @property
    def key(self) -> str:
        """The text that tells of the ways."""
        if not self.complete:
            return "incomplete-priced" if self.priced else "incomplete"
        exact = "-exact" if self.exact else ""
        if self.priced or len(self.ways) == 1:
            return f"{'cheapest' if self.priced else 'one'}{exact}"
        return "many-sets" if self.sets > len(self.ways) else "many"

    @property
    def listed(self) -> tuple[Way, ...]:
        """The ways that are told one by one, after what is said of all of them."""
        alone = self.priced or len(self.ways) == 1
        return self.ways[1:] if alone else self.ways

    @property
    def exact(self) -> Mover | None:
        """The one member that the first way turns on, where it is known what that takes."""
        only = only_mover(self.ways[0])
        return only if only and only.need else None


def movers_of(way: Way) -> list[Mover]:
    """The members that a way moves, or may."""
    return [mover for move in way.moves for mover in move.group]


def only_mover(way: Way) -> Mover | None:
    """The one member that a way moves."""
    movers = movers_of(way)
    return movers[0] if len(movers) == 1 else None


def gap_words(language: Language, called: Mapping[str, str], home: str | None = None) -> GapWords:
    """The words of answers in "sv" or "en"; `ValueError` for another language.

    `called` is what goals are called by the file's own words, by their ids.
    """
    words = wording(language, called)
    return GapWords(language, catalogue("gap", language).texts, words, home)
