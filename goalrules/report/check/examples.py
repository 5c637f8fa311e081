"""The cases that show a finding, as sentences."""

from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from goalrules.lint.result import Example, ExampleMember, ExampleOutcome, Finding
from goalrules.report.check.words import CheckWords

MOST_NAMED = 4
"""The number of members at one level up to which they are all named."""

PROVED = ("goal-always-met", "goal-never-met")
"""The findings that the best, or the worst, of all cases proves."""

FACTS = ("target", "plan")
"""The kinds of members that are facts about one indicator."""


@frozen
class ExampleRenderer:
    """The cases of one finding, in the words of one language."""

    words: CheckWords
    finding: Finding

    def sentences(self) -> Iterator[str]:
        """The sentence that shows it; none where nothing has to be shown."""
        code, cases = self.finding.code, self.finding.witness
        if code == "wrong-size":
            yield self._say("size", **self.words.facts(self.finding))
        elif code == "member-without-influence":
            yield self._of_member(*cases)
        elif code == "goals-in-conflict":
            yield self._of_values(*cases)
        elif code == "counted-twice":
            yield self._of_both(*cases)
        elif code == "open-both-ways":
            yield self._worked_out(*cases)
        else:
            yield from map(self._example, cases)

    def _say(self, key: str, **fields: object) -> str:
        return self.words.say("case", key, **fields)

    def _example(self, case: Example) -> str:
        """Where the members are, what comes of it, and what would with the change."""
        outcome = case.outcomes[0]
        if not case.members:
            level = self.words.level(outcome.worst, self.finding.kind)
            subject = self.words.subject(self.finding.kind, outcome.goal)
            return self._say("whatever", subject=subject, level=level)
        at = self._at(case.members)
        if not outcome.worst:
            verdict = outcome.verdict.replace(" ", "-")
            return self._say(f"condition-{verdict}", at=at)
        key = "even" if self.finding.code in PROVED else "when"
        then = self._then(outcome)
        changed = [self._changed(each) for each in case.changed]
        return self._say(key, at=at, then=then, changed="".join(changed))

    def _then(self, outcome: ExampleOutcome) -> str:
        kind = self.finding.kind
        ends = self.words.ends(outcome, kind)
        key = "then" if "level" in ends else "then-open"
        return self._say(key, subject=self.words.subject(kind, outcome.goal), **ends)

    def _changed(self, outcome: ExampleOutcome) -> str:
        ends = self.words.ends(outcome, self.finding.kind)
        facts = {**self.words.facts(self.finding), **ends}
        return self._say(f"changed-{self.finding.change}", **facts)

    def _at(self, members: Sequence[ExampleMember]) -> str:
        """Where members are: those at one level together, the most of them at last as the rest."""
        facts = [self._fact(each) for each in members if each.kind in FACTS]
        others = [each for each in members if each.kind not in FACTS]
        levels = list(dict.fromkeys(each.level for each in others))
        groups = [[each for each in others if each.level == level] for level in levels]
        groups.sort(key=len)
        said = [
            self._group(each, last=each is groups[-1], alone=len(groups) == 1) for each in groups
        ]
        return self.words.listed([*facts, *said])

    def _fact(self, at: ExampleMember) -> str:
        key = "share" if at.level.endswith("%") else at.level
        return self.words.say(at.kind, key, level=at.level)

    def _group(self, members: Sequence[ExampleMember], *, last: bool, alone: bool) -> str:
        level = self.words.of_members(members[0].level, members)
        verb = self.words.words.verb(len(members))
        if len(members) > MOST_NAMED and last:
            key = "all" if alone else "rest"
            return self._say(key, count=self.words.words.count(len(members)), level=level)
        names = self.words.listed(map(self.words.member, members))
        return self._say("are", members=names, verb=verb, level=level)

    def _of_member(self, one: Example, other: Example) -> str:
        """That a goal is the same whether a member is at one level or another."""
        low, high = next(
            (low, high)
            for low, high in zip(one.members, other.members, strict=True)
            if low.level != high.level
        )
        others = [each for each in one.members if each is not low]
        whether = self._say(
            "whether",
            member=self.words.member(low),
            low=self.words.of_members(low.level, [low]),
            high=self.words.of_members(high.level, [high]),
        )
        then = self._then(one.outcomes[0])
        return self._say("when", at=self._at(others), then=then, changed=whether)

    def _of_values(self, *cases: Example) -> str:
        """With which value each of two goals is met, and the other not."""
        said = [self._of_value(case) for case in cases]
        return self._say("values", one=said[0], other=said[1])

    def _of_value(self, case: Example) -> str:
        met, missed = (
            next(each for each in case.outcomes if each.verdict == verdict)
            for verdict in ("met", "not met")
        )
        value = case.members[0].value
        return self._say(
            "value",
            value="" if value is None else self.words.words.number(value),
            met=self.words.words.goal(met.kind, met.goal),
            missed=self.words.words.goal(missed.kind, missed.goal),
        )

    def _of_both(self, met: Example, missed: Example) -> str:
        """That two goals are met, and neither is when one indicator is worse."""
        low = next(
            after
            for before, after in zip(met.members, missed.members, strict=True)
            if before.level != after.level
        )
        return self._say(
            "both",
            at=self._at(met.members),
            goals=self._goals(met.outcomes),
            member=self.words.member(low),
            level=self.words.of_members(low.level, [low]),
        )

    def _goals(self, outcomes: Iterable[ExampleOutcome]) -> str:
        return self.words.listed(self.words.words.goal(each.kind, each.goal) for each in outcomes)

    def _worked_out(self, *cases: Example) -> str:
        """What two members come to with two values of one indicator."""
        said = [self._values(case) for case in cases]
        return self._say("worked-out", one=said[0], other=said[1])

    def _values(self, case: Example) -> str:
        given, found = (
            self.words.listed(
                self._say("number", member=self.words.member(each), value=self._number(each))
                for each in case.members
                if (each.kind == "worked out") == worked_out
            )
            for worked_out in (False, True)
        )
        return self._say("values-at", given=given, found=found)

    def _number(self, at: ExampleMember) -> str:
        return "" if at.value is None else self.words.words.number(at.value)
