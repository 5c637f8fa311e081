"""Why a count of a rule has no meaning with the members that are left, in words.

Members do not apply by what the data say or by a decision, are waived by one, or are left out by
a policy; each is told as what it is.
"""

from collections.abc import Sequence
from typing import cast

from attrs import frozen

from goalrules.core.trace import Member, Step
from goalrules.language import syntax as sx
from goalrules.report.shape import members_of
from goalrules.report.wording import Wording

NAMING = ("member", "same", "including")
"""The kinds of steps that ask for members by name."""


@frozen
class UndefinedRenderer:
    """The members that a step lacks, in the words of one language."""

    step: Step
    words: Wording

    def text(self) -> str:
        """Why the step has no meaning without them."""
        if self.step.undefined == "unreported":
            form = cast(sx.Count | sx.Score, self.step.form)
            groups = self.words.texts.listed(dict.fromkeys(n.text for n in form.scope.names))
            return self.words.say("open", "unreported", group=groups)
        gone = [each for each in members_of([self.step]) if not each.applies]
        if not gone:
            return self.words.say("open", f"{self.step.undefined}-reported")
        return self.words.of_members("open", self._key(gone), gone)

    def _key(self, gone: Sequence[Member]) -> str:
        """The text for those that are gone: one that names them, or one that only counts."""
        whys = {_why(each) for each in gone}
        waived = whys == {"waived"}
        if self.step.kind in NAMING or (waived and self.step.undefined == "empty"):
            return whys.pop() if len(whys) == 1 else "left out"
        applying = whys <= {"not applicable", "decided"}
        return (
            self.step.undefined
            if applying
            else f"{self.step.undefined}-{'waived' if waived else 'left'}"
        )


def _why(member: Member) -> str:
    """Why a member is not counted."""
    if member.waiver:
        return "waived" if member.waiver.kind == "waived" else "decided"
    return "not applicable" if member.reason == "not applicable" else "left out"
