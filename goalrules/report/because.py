"""Why a step of a rule holds, or fails, in a few words each: what stands after *because*."""

from collections.abc import Iterator, Sequence
from typing import cast

from attrs import frozen

from goalrules.core.trace import Member, Reach, Step
from goalrules.language import syntax as sx
from goalrules.language.keywords import Agreement
from goalrules.report.wording import GOALS, Wording


@frozen
class Because:
    """The reasons in the words of one language."""

    wording: Wording

    def holds(self, step: Step) -> list[str]:
        """Why a step surely holds."""
        match step.kind:
            case "or" | "level" | "same":
                child = next(each for each in step.children if each.low)
                return self.holds(child) if isinstance(child, Step) else self._leaf(child)
            case "and" | "rule":
                return [each for child in _steps(step) for each in self.holds(child)]
            case "count":
                return [self._count_holds(step)]
            case "rest":
                level = self.wording.level(_level(step), "common")
                return [self.wording.say("reason", "rest-holds", level=level)]
            case _:
                held = [child for child in step.children if child.low]
                return [text for child in held for text in self._part(child)]

    def fails(self, step: Step) -> list[str]:
        """Why a step surely does not hold."""
        match step.kind:
            case "and" | "rule":
                failing = [child for child in _steps(step) if not child.high]
                return self._all_fail(failing)
            case "or" | "level":
                return self._all_fail(_steps(step))
            case "count":
                return [self._count_fails(step)]
            case _:
                return list(self._members_fail(step))

    def _all_fail(self, steps: Sequence[Step]) -> list[str]:
        return list(dict.fromkeys(reason for step in steps for reason in self.fails(step)))

    def _part(self, child: Step | Reach) -> list[str]:
        return self.holds(child) if isinstance(child, Step) else self._leaf(child)

    def _leaf(self, reach: Reach) -> list[str]:
        """That a member is at the level it was asked for."""
        say, member = self.wording.say, reach.member
        if member.kind in GOALS:
            return [say("reason", "goal-met", goal=self.wording.member(member))]
        levels = self.wording.levels(member)
        return [say("reason", "member-is", member=self.wording.member(member), level=levels)]

    def _members_fail(self, step: Step) -> Iterator[str]:
        """The members that are not, and cannot be, where a step asks for them."""
        for child in step.children:
            if isinstance(child, Step):
                yield from () if child.high else self._members_fail(child)
            elif child.member.applies and not child.high:
                yield self._fallen(child.member)

    def _fallen(self, member: Member) -> str:
        say, name = self.wording.say, self.wording.member(member)
        if member.kind in GOALS:
            return say("reason", "goal-not-met", goal=name)
        key = "member-is" if member.worst == member.best else "member-at-best"
        return say("reason", key, member=name, level=self.wording.level(member.best))

    def _count_holds(self, step: Step) -> str:
        got = step.got[0]
        if counts_bad(step):
            return self._bad(step, step.of - got, "none-bad" if got == step.of else "few-bad")
        key = "some-are"
        if got == step.of:
            key = "both-are" if got == 2 else "all-are"  # noqa: PLR2004 - both
        return self._counted(step, got, key)

    def _count_fails(self, step: Step) -> str:
        low, high = step.got
        if counts_bad(step):
            return self._too_many(step)
        if step.of == 0:
            return self.wording.say("reason", "no-majority")
        if high == 0:
            return self._counted(
                step, 0, "none-are" if low == high and _all_known(step) else "none-can"
            )
        return self._counted(step, high, "only-are" if low == high else "at-best")

    def _counted(self, step: Step, got: int, key: str) -> str:
        noun = self.noun(step, the=key == "both-are")
        return self._text(step, got, key, noun=noun, got=self._number(step, got))

    def _bad(self, step: Step, bad: int, key: str) -> str:
        most = self._number(step, step.of - step.need)
        noun = self.noun(step)
        return self._text(step, bad, key, noun=noun, bad=self._number(step, bad), most=most)

    def _too_many(self, step: Step) -> str:
        """The members at a bad level, where none or too many are."""
        applying = [child for child in reaches(step) if child.member.applies]
        fallen = [child.member for child in applying if not child.high]
        if step.need == step.of:
            members = self.wording.members(fallen)
            return self._text(step, len(fallen), "any-bad", members=members)
        return self._bad(step, len(fallen), "too-many-bad")

    def _text(self, step: Step, number: int, key: str, **fields: str) -> str:
        """A reason that speaks of so many, whose verb and level agree with them."""
        text = self.wording.say(
            "reason",
            key,
            of=self._number(step, step.of),
            verb=self.wording.verb(number),
            level=self.predicate(step, agreeing(step, number)),
            **fields,
        )
        return " ".join(text.split())

    def _number(self, step: Step, number: int) -> str:
        return self.wording.count(number, gender(step))

    def noun(self, step: Step, *, the: bool = False) -> str:
        """What is counted: indicators, goals, or the members of a group by its name."""
        form = step.form
        if isinstance(form, sx.Count) and len(form.scope.names) == 1 and not form.scope.goals:
            return form.scope.names[0].text
        kinds = {child.member.kind for child in reaches(step)}
        noun = "goals" if kinds <= set(GOALS) else "indicators"
        noun = "members" if kinds == {"reported"} else noun
        return self.wording.say("noun", f"the-{noun}" if the else noun)

    def predicate(self, step: Step, agreement: Agreement) -> str:
        """What a count asks of those counted; below the top level, `at least` is said."""
        predicate = form_of_count(step).predicate
        if isinstance(predicate, sx.Level) and not (predicate.side or counts_bad(step)):
            predicate = predicate if _at_top(step) else sx.Level(predicate.name, "at least")
        return self.wording.format.predicate(predicate, agreement)


def _at_top(step: Step) -> bool:
    """Whether a step asks for the best level."""
    return all(child.level == child.member.levels[-1] for child in reaches(step))


def form_of_count(step: Step) -> sx.Count:
    """The form of rule that a step of the kind "count" comes from."""
    return cast(sx.Count, step.form)


def reaches(step: Step) -> list[Reach]:
    """The members that a step asks for itself."""
    return [child for child in step.children if isinstance(child, Reach)]


def agreeing(step: Step, number: int) -> Agreement:
    """The form of a word that is said of so many."""
    return "plural" if number > 1 else gender(step)


def gender(step: Step) -> Agreement:
    """The gender of what a step counts: a goal is neuter in Swedish, an indicator common."""
    form = step.form
    return "neuter" if isinstance(form, sx.Count) and form.scope.goals else "common"


def _steps(step: Step) -> Sequence[Step]:
    return [child for child in step.children if isinstance(child, Step)]


def counts_bad(step: Step) -> bool:
    """Whether a step bounds how many are at a bad level."""
    form = step.form
    return isinstance(form, sx.Count) and form.quantity.kind in ("none", "at most")


def counted(step: Step) -> tuple[int, int]:
    """How many are at the level that a step counts, at fewest and at most."""
    low, high = step.got
    return (step.of - high, step.of - low) if counts_bad(step) else (low, high)


def _all_known(step: Step) -> bool:
    return all(child.member.decided for child in reaches(step) if child.member.applies)


def _level(step: Step) -> str:
    return step.form.level.text if isinstance(step.form, sx.Rest) else ""
