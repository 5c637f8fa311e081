"""The words for what a trace holds: levels, members, values, targets and counts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import takewhile
from typing import Literal, Protocol, cast

from attrs import field

from goalrules.assess.result import NO_WORDS, GoalTrace, own_word
from goalrules.core.scales import COLOURS, REACHED
from goalrules.core.trace import (
    Cell,
    Cited,
    Decision,
    Member,
    Observation,
    PlanGoal,
    Reading,
    ResolvedTarget,
    TermLevels,
    TermWorth,
)
from goalrules.core.vocabulary import GOAL_KINDS
from goalrules.data.period import show_period, stored_period
from goalrules.data.words import shown
from goalrules.language.format import Format, formatter
from goalrules.language.keywords import Agreement
from goalrules.language.keywords import words as known_words
from goalrules.language.statements import Rounded, ValueBands, WorkedOut
from goalrules.language.syntax import (
    Band,
    Change,
    Compared,
    Distance,
    Formula,
    Level,
    Name,
    PartsReached,
    Side,
)
from goalrules.lazily import frozen
from goalrules.report.catalogue import Catalogue, catalogue
from goalrules.report.shape import members_of
from goalrules.text.languages import LANGUAGES, Language
from goalrules.text.numbers import read_number, show_number

MOST_LEVELS = 3
"""The number of levels up to which all that are left are named."""

"""The kinds of target that may ask for so many percent."""

MOST_NAMED = 4
"""The number of members up to which a sentence names them all."""


class Called(Protocol):
    """What a goal is called by."""

    @property
    def kind(self) -> str:
        """Whether it is a goal, or a contribution to one."""

    @property
    def id(self) -> str:
        """Its id in the rule file."""


@frozen
class Wording(Catalogue):
    """The texts of explanations in one language, and the words of rules in it."""

    format: Format
    called: Mapping[str, str] = field(factory=dict)
    """What goals are called by the file's own words, by their ids."""

    def number(self, number: Decimal | int, unit: str = "") -> str:
        """A number as it was compared, with its unit where that is a percent sign."""
        digits = show_number(Decimal(number), self.language)
        return f"{digits}\u00a0%" if unit == "%" else digits

    def count(self, number: int, agreement: Agreement = "common") -> str:
        """A count in words up to twelve, in figures above."""
        gender = "neuter" if agreement == "neuter" else "common"
        names = self.texts["numbers"][gender].split()
        return names[number] if number < len(names) else str(number)

    def no_one(self, agreement: Agreement = "common") -> str:
        """None of what is counted, as a word."""
        return self.say("words", "no-one-neuter" if agreement == "neuter" else "no-one-common")

    def verb(self, number: int) -> str:
        """The verb *is* as it is said of so many."""
        return self.say("words", "are" if number > 1 else "is")

    def level(self, level: str, agreement: Agreement = "common") -> str:
        """The word for a level."""
        return self.format.place(Name(level), agreement)

    def at_least(self, level: str, levels: Sequence[str], agreement: Agreement = "neuter") -> str:
        """A level of some levels, or a better one; of the last itself alone."""
        side: Side = "" if level == levels[-1] else "at least"
        return self.format.predicate(Level(Name(level), side), agreement)

    def levels(
        self, member: Member | GoalTrace | TermLevels | Cell, agreement: Agreement = "common"
    ) -> str:
        """The level, or those that are left, worst first: `röd eller gul`."""
        known = self.texts["states"] if member.levels == REACHED.levels else {}
        words = [known.get(each) or self.level(each, agreement) for each in _between(member)]
        if len(words) > MOST_LEVELS:
            return self.say("words", "between", low=words[0], high=words[-1])
        return self.listed(words, "or")

    def marked(self, member: Member | GoalTrace, agreement: Agreement = "common") -> str:
        """The level, or those that are left, with the mark of one that is decided."""
        words, left = self.levels(member, agreement), _between(member)
        plain = len(left) > 1 or member.levels == REACHED.levels
        mark = "" if plain else level_mark(left[0], member.levels)
        return f"{words} {mark}" if mark else words

    def verdict_word(self, goal: GoalTrace) -> str:
        """What a goal is said to be by the plan's own words; of those left open the best one first.

        Empty where *met* and *not met* say it: on the scale of colours without words for them, and
        where the plan does not say what parts the levels that are left.
        """
        if not goal.verdict:
            return ""
        found: dict[str, None] = {}
        for level in reversed(_between(goal)):
            own = own_word(level, goal.levels, goal.verdict_words)
            if own is None or (own == level and _calls_unmet_met(level, goal)):
                return ""
            found[self.level(level, "neuter") if own == level else own] = None
        if len(found) > 1 and any(each.code == "unsaid" for each in goal.reasons):
            return ""
        said = self._either([*found])
        numbers = all(read_number(each) is not None for each in found)
        return self.say("words", "numbered", level=said) if numbers else said

    def short_verdict(self, goal: GoalTrace) -> str:
        """The verdict of a goal in a word or two, by the plan's own words where it has any."""
        own = self.verdict_word(goal)
        if own:
            return self.say("short", "own-open", word=own) if goal.verdict == "open" else own
        return self.say("short", (goal.verdict or "none").replace(" ", "-"))

    def _either(self, words: Sequence[str]) -> str:
        """One of some words: `helt eller delvis uppfyllt`, where all end alike."""
        if len(words) > MOST_LEVELS:
            return self.say("words", "between", low=words[-1], high=words[0])
        split = [each.split() for each in words]
        ends = zip(*map(reversed, split), strict=False)
        alike = sum(1 for _ in takewhile(lambda words: len({*words}) == 1, ends))
        if len(words) == 1 or alike == 0 or any(len(each) <= alike for each in split):
            return self.listed(words, "or")
        heads = [" ".join(each[:-alike]) for each in split]
        return f"{self.listed(heads, 'or')} {' '.join(split[0][-alike:])}"

    def met(self, goal: GoalTrace) -> str:
        """The level of a goal that is met; else that from which it would be."""
        if goal.verdict == "met" and goal.level:
            return self.level(goal.level, "neuter")
        return self.at_least(goal.met, goal.levels)

    def member(self, member: Member) -> str:
        """What a member is called in a sentence: its title without the unit, or its name."""
        if member.kind in GOAL_KINDS:
            return self.goal(member.kind, member.name)
        return (member.title or member.name).removesuffix(" (%)")

    def goal(self, kind: str, id_: str, called: str = "") -> str:
        """What a goal is called within a sentence: the file's own word is only set before its id.

        That is the one that is given, or known of the plan.
        """
        own = called or self.called.get(id_, "")
        key = "called" if own else _called(kind, id_)
        return self.say("within", key, called=own, id=id_.removeprefix("KF"))

    def subject(self, goal: Called) -> str:
        """What a goal is called at the head of a sentence."""
        if goal.id in self.called:
            return sentence_case(self.goal(goal.kind, goal.id))
        return self.say("subject", _called(goal.kind, goal.id), id=goal.id.removeprefix("KF"))

    def members(self, members: Iterable[Member]) -> str:
        """Some members as a list in words, cut short where they are many."""
        names = [self.member(each) for each in members]
        if len(names) > MOST_NAMED + 1:
            more = self.say("words", "more", count=len(names) - MOST_NAMED)
            names = [*names[:MOST_NAMED], more]
        return self.listed(names)

    def of_members(self, section: str, key: str, members: Sequence[Member]) -> str:
        """A text about some members, in the form that agrees with a goal, or with several."""
        form = "-many" if len(members) > 1 else ("-goal" if members[0].kind in GOAL_KINDS else "")
        agreeing = key + form if key + form in self.texts[section] else key
        return self.say(section, agreeing, members=self.members(members))

    def cited(self, sources: Sequence[Cited]) -> str:
        """Where the plan says so, in brackets; nothing where no place is cited."""
        if not sources:
            return ""
        places = [
            self.say("source", each.part if each.number else "document",
                     document=each.document, number=each.number)
            + (self.say("source", "page", number=each.page) if each.page else "")
            for each in sources
        ]  # fmt: skip
        return f" ({'; '.join(dict.fromkeys(places))})"

    def decision(self, key: str, decision: Decision) -> str:
        """Something decided, by whom, when, and where in the minutes."""
        when = " ".join(filter(None, (decision.day, decision.section)))
        form = f"{key}-by" if decision.by else key
        return self.say("decision", form, by=decision.by, when=when)

    def reading(self, reading: Reading) -> str:
        """An interpretation as it is written, with who decided on it."""
        if not reading.decided:
            return reading.text
        return f"{reading.text} ({self.decision('decided', reading.decided)})"

    def facts(self, member: Member) -> list[str]:
        """What the data and the plan say of a member, each in a few words."""
        finding = member.finding
        when = self._when(finding) if finding and finding.of else ()
        told = [*when, *self.numbers(member), *self._why(member)]
        return [*told, *self._forecast(finding), *self._reported(member)]

    def shown(self, member: Member) -> list[str]:
        """What is known of a member without a level: its value, or why there is none."""
        finding = member.finding
        aimed_at = finding is not None and finding.target is not None and finding.target.form
        told = self._outcome if aimed_at else self._value
        value = told(finding) if finding else ()
        when = self._when(finding) if finding and finding.of else ()
        why = () if member.reason == "unsaid" else self._why(member)
        return [*when, *value, *why, *self._reported(member)]

    def _when(self, finding: Observation) -> Iterator[str]:
        """What an indicator of an earlier period is, and when."""
        yield self.say("fact", "earlier", name=finding.of, period=self.period(finding.period))

    def _why(self, member: Member) -> Iterator[str]:
        """Why the level is open or is not counted; of a worked-out value, what it lacks.

        Of one that was decided not to be judged the decision says so.
        """
        if member.waiver:
            return
        lacking = member.finding.lacking if member.finding else ()
        if lacking:
            key = "open-levels" if member.reason == "open" else "lacking"
            yield self.say("fact", key, names=self.listed(lacking))
        elif member.reason in self.texts["fact"]:
            yield lacking_text(member, self) or self.say("fact", member.reason)

    def numbers(self, member: Member) -> list[str]:
        """The value of a member against its target, and how its plan goes."""
        if not member.finding:
            return []
        return [*self._outcome(member.finding), *self._share(member)]

    def _outcome(self, finding: Observation) -> Iterator[str]:
        target = None if finding.bands else finding.target
        yield from self._value(finding)
        if finding.through and finding.through.leaving:
            yield self.say("fact", "leaving", months=_months(finding.through.leaving, self))
        if target and target.form == "parts" and finding.value is not None:
            yield self.say("fact", "whole-not-judged")
        if finding.through and finding.through.paced is not None:
            paced = self.number(finding.through.paced, finding.unit)
            yield self.say("fact", "paced", value=paced)
        if finding.bands:
            bands = cast(tuple[Band, ...], finding.bands)
            yield self.format.statement(ValueBands(bands))
        if finding.reached is not None:
            yield self.say("fact", "reached" if finding.reached else "not-reached")
        if target and (
            finding.reached is None
            if target.form == "parts"
            else target.form or finding.value is not None
        ):
            yield (
                self.say("fact", "target", target=self.target(target, finding.unit))
                if target.form
                else self.say("fact", "no-target")
            )
        expected = expected_target(finding)
        if expected:
            yield self.say("fact", "expected", expected=self.target(expected, finding.unit))
        if target and finding.given and finding.value is None:
            yield self.say("fact", "level-given")
        if finding.plan:
            yield self.say("fact", f"plan-{finding.plan}")

    def _value(self, finding: Observation) -> Iterator[str]:
        """The value, or how it is worked out."""
        if finding.hidden:
            yield self.say("fact", f"hidden-{finding.hidden}")
        value = "" if finding.value is None else self.number(finding.value, finding.unit)
        if finding.formula:
            yield from self._worked_out(finding, cast(Formula, finding.formula), value)
        elif value and finding.through and finding.through.months:
            months = show_period(stored_period(finding.through.months), self.language)
            yield self.say("fact", f"value-{finding.through.adds}", value=value, months=months)
        elif value:
            yield self.say("fact", "value", value=value)

    def _worked_out(self, finding: Observation, formula: Formula, value: str) -> Iterator[str]:
        """How a value is worked out, or in which cell of a table a level was looked up."""
        if finding.cell:
            found = [f"{each.name} {self.levels(each)}" for each in finding.cell.terms]
            levels = self.levels(finding.cell)
            yield self.say("fact", "cell", terms=self.listed(found), levels=levels)
        elif formula.kind != "table":
            words = self.format.statement(WorkedOut(formula)).removeprefix("= ")
            key = "worked-out-about" if finding.rounded else "worked-out"
            low, high = (
                "" if each is None else self.number(each, finding.unit)
                for each in (finding.low, finding.high)
            )
            if low and high:
                key = "worked-out-between"
            elif low or high:
                key = "worked-out-from" if low else "worked-out-to"
            elif not value:
                key = "formula"
            yield self.say("fact", key, value=value, low=low, high=high, formula=words)
        if finding.decimals is not None and value:
            yield self.format.statement(Rounded(Decimal(finding.decimals)))
        if finding.worths:
            yield self._worths(finding.worths)
        yield from self._without(finding, formula)

    def _worths(self, terms: Iterable[TermWorth]) -> str:
        """What each term counts as: its points or its degree, or from how many to how many."""
        told = list[str]()
        for each in terms:
            low, high = self.number(each.low), self.number(each.high)
            told.append(f"{each.name} {low}" if low == high else f"{each.name} {low}–{high}")
        return self.say("fact", "worths", terms=self.listed(told))

    def _without(self, finding: Observation, formula: Formula) -> Iterator[str]:
        """The terms that have no value, each with why: that they left, or what they count as."""
        counted = formula.lacking.number if formula.lacking else None
        reasons = dict.fromkeys(each.reason for each in finding.without)
        said: dict[bool, list[str]] = {}
        for reason in reasons:
            names = self.listed([each.name for each in finding.without if each.reason == reason])
            why = self.say("fact", "missing-term", names=names, reason=self.say("fact", reason))
            stays = counted is not None and reason != "not applicable"
            said.setdefault(stays, []).append(why)
        for stays, some in sorted(said.items()):
            number = "" if counted is None else self.number(counted, finding.unit)
            key = "counts-as" if stays else "without"
            yield self.say("fact", key, names=self.listed(some), number=number)

    def _forecast(self, finding: Observation | None) -> Iterator[str]:
        """Where the year ends, which does not change the level."""
        through = finding.through if finding else None
        if finding and through and through.forecast is not None:
            value = self.number(through.forecast, finding.unit)
            # of an average and a latest level the pace is that what stands will stand
            stands = through.forecast_from == "pace" and through.adds in ("average", "latest")
            key = f"forecast-{through.adds if stands else through.forecast_from}"
            said = self.say("fact", key, value=value)
            if through.forecast_level:
                level = self.level(through.forecast_level)
                said = self.say("fact", "forecast-level", said=said, level=level)
            yield said

    def _reported(self, member: Member) -> Iterator[str]:
        """The period, who is responsible, by when, and the comment, as they stand in the data."""
        row = member.finding.row if member.finding else None
        if row and row.months:
            yield self.say("fact", "period", period=self.period(row.months))
        earlier = member.finding.earlier if member.finding else 0
        through = member.finding.through if member.finding else None
        # which counts, where the file does not say how months make a year
        if earlier and not (through and through.adds):
            yield self.say("fact", "convention", count=earlier + 1)
        if row and row.assessed:
            yield from self._of_other_plan(row.assessed, member.title)
        if row and row.responsible:
            yield self.say("fact", "responsible", responsible=row.responsible)
        if row and row.due:
            yield self.say("fact", "due-by", due=row.due)
        if row and row.comment:
            yield self.say("fact", "comment", comment=row.comment)

    def _of_other_plan(self, goal: PlanGoal, shown_as: str) -> Iterator[str]:
        """What a goal of another plan came to there, and what was decided of it."""
        verdicts = {"met": "met", "not met": "not-met", "open": "open", None: "none", "": ""}
        receipt, verdict = goal.receipt, self.say("short", verdicts[goal.verdict])
        if goal.indication:
            verdict = self.say("short", "indication", verdict=verdict)
        key = "called" if goal.called else _called("goal", goal.goal)
        id_ = goal.goal.removeprefix("KF")
        named = self.say("within", key, called=goal.called, id=id_)
        whose = ", ".join(filter(None, (receipt.body, receipt.plan)))
        key = "assessed" if goal.title in ("", shown_as) else "assessed-title"
        yield self.say("fact", key, verdict=verdict, goal=named, plan=whose, title=goal.title)
        if goal.decided:
            said = self.say("short", verdicts[goal.decided])
            by, on = goal.decided_by, goal.decided_on
            yield self.say("fact", "assessed-decided", verdict=said, by=by, on=on)

    def period(self, stored: str) -> str:
        """A period as it is kept, in words."""
        return show_period(stored_period(stored), self.language)

    def _share(self, member: Member) -> Iterator[str]:
        """How many percent of the target, of those that the rule names, the value reaches."""
        for target in members_of(member.steps):
            if target.kind == "target" and target.decided and target.worst.endswith(" %"):
                percent = self.number(Decimal(target.worst.removesuffix(" %")))
                yield self.say("fact", "share-of-target", percent=percent)

    def target(self, target: ResolvedTarget, unit: str) -> str:
        """What is asked of a value; for a change also the bound that it comes to."""
        if target.form == "parts":
            return self.format.aim(PartsReached(target.low))
        measured = measured_aim(target, unit)
        low = self._bound(target.low, "" if target.form in ("range", "between") else unit)
        high = self._bound(target.high, unit)
        percent, whole = self._bound(target.percent, ""), self._bound(target.reference, "")
        fields = {"low": low, "high": high, "percent": percent, "reference": whole}
        aim = self.format.aim(measured) if measured else self.say("target", target.form, **fields)
        if not target.reference_from:
            return aim
        upwards = ("above" if target.strict else "from") if low else ""
        way = upwards or ("below" if target.strict else "to")
        bounded = self.say("target", way, aim=aim, bound=low or high) if low or high else aim
        whole = self._bound(target.reference, unit)
        if isinstance(measured, Compared):
            other = self.say(
                "fact", "reference-indicator", name=measured.name.text, reference=whole
            )
            return f"{bounded} ({other})" if measured.by else bounded
        key = (
            "reference-baseline" if target.reference_from == "baseline" else "reference-year-before"
        )
        reference = self.say("fact", key, reference=whole)
        if target.reference_period:
            period = self.period(target.reference_period)
            reference = self.say("fact", f"{key}-of", reference=whole, period=period)
        return f"{bounded} ({reference})"

    def _bound(self, bound: Decimal | None, unit: str) -> str:
        return "" if bound is None else self.number(bound, unit)


def _called(kind: str, id_: str) -> str:
    """How a goal is called: one that has a name and no number is no goal of a board."""
    return "named-goal" if kind == "goal" and not any(map(str.isdigit, id_)) else kind


def wording(language: Language, called: Mapping[str, str] | None = None) -> Wording:
    """The words of explanations in "sv" or "en"; `ValueError` for another language.

    `called` is what goals are called by the file's own words, by their ids.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no explanations in {language!r}: give 'sv' or 'en'")
    texts = catalogue("explain", language).texts
    known = {} if called is None or called is NO_WORDS else called
    return Wording(language, texts, formatter(language), known)


def _calls_unmet_met(level: str, goal: GoalTrace) -> bool:
    """Whether a level is called *met*, in any language, and does not count as that."""
    meanings = (known_words(each).meaning(level) for each in LANGUAGES)
    called = any(each is not None and each.type == "MET" for each in meanings)
    return called and goal.levels.index(level) < goal.levels.index(goal.met)


def _between(judged: Member | GoalTrace | TermLevels | Cell) -> tuple[str, ...]:
    """The levels from the worst to the best that are left; a goal has them with a verdict."""
    if isinstance(judged, TermLevels | Cell):
        return judged.levels
    levels, worst, best = judged.levels, cast(str, judged.worst), cast(str, judged.best)
    return levels[levels.index(worst) : levels.index(best) + 1]


# What is said of an indicator that adds up through the year


def lacking_text(member: Member, texts: Catalogue) -> str:
    """For which months there is no outcome, and why; or when it is first measured."""
    through = member.finding.through if member.finding else None
    key = f"lacking-{member.reason}"
    if through and through.lacking and key in texts.texts["fact"]:
        return texts.say("fact", key, months=_months(through.lacking, texts))
    if through and through.next_due:
        month = int(through.next_due.partition("-")[2])
        return texts.say("fact", "due", month=_month(month, texts))
    return ""


def _months(stored: Iterable[str], texts: Catalogue) -> str:
    """Months of a year as they are kept, in words; those that follow each other by their ends."""
    runs = _runs([int(each.partition("-")[2]) for each in stored])
    return texts.listed("–".join(_month(each, texts) for each in run) for run in runs)


def _month(month: int, texts: Catalogue) -> str:
    """The name of a month."""
    return shown("months", str(month), texts.language)


def _runs(months: Iterable[int]) -> Iterator[tuple[int, ...]]:
    """The first and the last of the months that follow each other."""
    run: list[int] = []
    for month in months:
        if run and month != run[-1] + 1:
            yield tuple(dict.fromkeys((run[0], run[-1])))
            run = []
        run.append(month)
    yield tuple(dict.fromkeys((run[0], run[-1])))


def measured_aim(target: ResolvedTarget, unit: str) -> Change | Compared | None:
    """What a target asks for that is measured from a number beside the file, as a rule says it."""
    match target.form:
        case "compared":
            return cast(Compared, target.compared)
        case "increase" | "decrease" | "maintain":
            in_unit: Literal["unit", "points"] = "points" if unit == "%" else "unit"
            by = None if target.by is None else Distance(target.by, in_unit)
            by = by if target.percent is None else Distance(target.percent, "percent")
            return Change(target.form, by, target.at_most)
        case _:
            return None


def expected_target(finding: Observation) -> ResolvedTarget | None:
    """What is expected by now, as a target; None where that is the whole target, or not said."""
    through, target = finding.through, finding.target
    if target is None or through is None or through.low is None is through.high:
        return None
    if through.high is None:
        return ResolvedTarget("over" if target.strict else "at least", through.low)
    if through.low is None:
        return ResolvedTarget("under" if target.strict else "at most", None, through.high)
    return ResolvedTarget("between", through.low, through.high)


def level_mark(level: str, levels: Sequence[str]) -> str:
    """A mark that shows the place of a level on its scale without colour: `●●○○`.

    It has a dot for each level, filled up to its own; nothing for the three colours, which are
    known by their names, and for a level that is a number and tells its place itself.
    """
    if tuple(levels) == COLOURS.levels or read_number(level) is not None:
        return ""
    filled = levels.index(level) + 1
    return "●" * filled + "○" * (len(levels) - filled)


def sentence_case(text: str) -> str:
    """A text with its first letter as a capital one."""
    return text[:1].upper() + text[1:]
