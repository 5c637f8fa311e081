"""What there has to be before there is a verdict, in words: a quorum, and how many must be left."""

from collections.abc import Iterable, Iterator
from typing import cast

from attrs import frozen

from goalrules.core.trace import Member, Step
from goalrules.language import statements as st
from goalrules.language import syntax as sx
from goalrules.report.explain.because import BecauseRenderer
from goalrules.report.shape import all_steps, gender, grouped, members_of, reaches, sub_steps
from goalrules.report.wording import Wording

NOT_ASSESSED = "not assessed"
"""What a member is in a quorum that has more than one level left."""


@frozen
class GateRenderer:
    """One quorum, or one least number, in the words of one language."""

    step: Step
    words: Wording

    def reasons(self) -> Iterator[str]:
        """Why there is no verdict."""
        if self.step.kind == "remain":
            key = f"remain-{cast(st.Policy, self.step.form).of}"
            of = len(self.step.children)
            few = of == self.step.got[0]
            yield self._say("remain-few" if few else key, self.step, of)
            return
        for step in all_steps(self.step):
            if step.kind == "count" and not step.low and step.of == step.need == 1:
                yield self._named([each for each in members_of([step]) if each.applies], step)
            elif step.kind == "count" and not step.low:
                yield self._count(step)
            elif step.kind == "including" and not step.low:
                yield from self._including(step)

    def rule(self) -> str:
        """What is required, in the rule's own words."""
        writer = self.words.format
        if isinstance(self.step.form, st.Policy):
            return writer.statement(self.step.form)
        return (
            f"{writer.words.write('REQUIRES')} {writer.condition(cast(sx.Count, self.step.form))}"
        )

    def got(self) -> tuple[int, int]:
        """How many there are, of how many."""
        step = next((each for each in all_steps(self.step) if each.kind == "count"), self.step)
        of = len(step.children) if step.kind == "remain" else step.of
        return step.got[0], of

    def absent(self) -> Iterator[str]:
        """The members that are not assessed, by reason."""
        members = [each for each in members_of([self.step]) if each.applies]
        short = [each for each in members if each.worst == NOT_ASSESSED]
        for reason, those in grouped(short, lambda each: each.reason or "open"):
            yield self.words.say("waiting", reason, members=self.words.members(those))

    def _count(self, step: Step) -> str:
        """That too few are assessed."""
        few = "quorum-few" if step.need > step.of else "quorum"
        return self._say(few if step.of else "quorum-empty", step, step.of)

    def _say(self, key: str, step: Step, of: int) -> str:
        got, agreement = step.got[0], gender(step)
        text = self.words.say(
            "gate",
            key,
            got=self.words.count(got, agreement) if got else self.words.no_one(agreement),
            only=self.words.say("words", "only") if got else "",
            of=self.words.count(of, agreement),
            noun=BecauseRenderer(self.words).noun(step),
            verb=self.words.verb(got),
            assessed=self._assessed(got, step),
            need=self.words.count(step.need, agreement),
        )
        return " ".join(text.split())

    def _assessed(self, number: int, step: Step) -> str:
        agreement = "plural" if number > 1 else gender(step)
        return self.words.format.words.write("ASSESSED", agreement)

    def _including(self, step: Step) -> Iterator[str]:
        """That a member that has to be assessed is not; or too few of some."""
        named = [reach.member for each in (step, *sub_steps(step)) for reach in reaches(each)]
        if step.need and not sub_steps(step):
            got = step.got[0]
            number = self.words.count(got) if got else self.words.no_one(gender(step))
            members = self.words.members(named)
            need = self.words.count(step.need)
            assessed, verb = self._assessed(got, step), self.words.verb(got)
            yield self.words.say(
                "gate", "some", got=number, members=members, need=need, assessed=assessed, verb=verb
            )
            return
        yield self._named(named, step)

    def _named(self, members: Iterable[Member], step: Step) -> str:
        """That some members that have to be assessed are not."""
        short = [each for each in members if each.worst == NOT_ASSESSED]
        verb, assessed = self.words.verb(len(short)), self._assessed(len(short), step)
        named = self.words.members(short)
        return self.words.say("gate", "named", members=named, verb=verb, assessed=assessed)
