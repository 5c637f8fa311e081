"""The influence of members as text: for each goal, in how many cases each of them decides."""

from collections.abc import Iterator
from decimal import Decimal
from textwrap import wrap

from attrs import frozen

from goalrules.answers.influence_result import GoalInfluence, InfluenceReport, MemberInfluence
from goalrules.language.syntax import Level, Name, Side
from goalrules.report.catalogue import Catalogue, catalogue
from goalrules.report.shape import GOALS, goal_gender
from goalrules.report.wording import Wording, wording
from goalrules.report.years import years_text

WIDTH, NAMES = 100, 60


def render_influence(report: InfluenceReport, language: str) -> str:
    """A table for each goal, and what its numbers mean."""
    words = _Words(wording(language), catalogue("influence", language))
    heading = [report.plan] if report.plan else []
    if report.years:
        heading.append(
            words.texts.say("years", "rules", years=years_text([report.years], language))
        )
    blocks = [heading] if heading else []
    blocks += [list(words.goal(goal)) for goal in report.goals]
    about = wrap(words.texts.say("about", "text"), WIDTH)
    return "\n\n".join("\n".join(lines) for lines in [*blocks, about]) + "\n"


@frozen
class _Words:
    """What is said of influence in one language."""

    words: Wording
    texts: Catalogue

    def goal(self, goal: GoalInfluence) -> Iterator[str]:
        """The lines about one goal."""
        say = self.texts.say
        yield say(
            "goal",
            self._found(goal),
            subject=self.words.subject(goal),
            period=say("period", goal.period) if goal.period else "",
            level=self._met(goal),
            met=goal.met,
            cases=goal.cases,
            limit=self.words.number(Decimal(goal.limit)),
        )
        yield f"  {goal.title}"
        if goal.stand_ins:
            groups = self.words.texts.listed(goal.stand_ins)
            yield f"  {say('goal', 'stand-ins', groups=groups)}"
        if sum(each.kind in GOALS for each in goal.members) > 1:
            yield f"  {say('goal', 'of-goals')}"
        if goal.members:
            yield from ("", *self._table(goal))

    def _found(self, goal: GoalInfluence) -> str:
        """What there is to say of a goal."""
        if not goal.levels:
            return "none"
        return "too-many" if goal.limit else f"{goal.kind}-met"

    def _met(self, goal: GoalInfluence) -> str:
        """The level from which a goal is met."""
        if not goal.levels:
            return ""
        side: Side = "" if goal.met_from == goal.levels[-1] else "at least"
        return self.words.format.predicate(Level(Name(goal.met_from), side), "neuter")

    def _table(self, goal: GoalInfluence) -> list[str]:
        from tabulate import tabulate  # noqa: PLC0415 - it takes as long to import as all the rest

        headers = [self.texts.say("table", each) for each in ("member", "deciding", "needed")]
        rows = [list(self._row(each)) for each in goal.members]
        table = tabulate(rows, headers, tablefmt="simple", disable_numparse=True)
        return [f"  {line}".rstrip() for line in table.split("\n")]

    def _row(self, member: MemberInfluence) -> Iterator[str]:
        say, name = self.texts.say, member.title or member.name
        if member.kind in GOALS:
            name = self.words.goal(member.kind, member.name)
        yield "\n".join(wrap(name.removesuffix(" (%)"), NAMES, break_on_hyphens=False))
        yield say("table", "share", deciding=member.deciding, others=member.others)
        yield self._needed(member) if member.needed else ""

    def _needed(self, member: MemberInfluence) -> str:
        level = self.words.level(member.needed, goal_gender(member.kind))
        at_top = member.needed == member.levels[-1]
        return level if at_top else self.texts.say("table", "at-least", level=level)
