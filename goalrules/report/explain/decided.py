"""What was decided beside the rules, in words: judgements of goals as a whole, and waivers."""

from collections.abc import Iterator, Sequence
from typing import TypeVar, assert_never

from attrs import evolve

from goalrules.assess.result import GoalTrace, OverDecided
from goalrules.core.decisions import Decided, Decision, Waiver
from goalrules.core.trace import Member
from goalrules.core.vocabulary import GOAL_KINDS, Verdict, WaiverKind
from goalrules.data.period import show_period, stored_period
from goalrules.language.keywords import Agreement
from goalrules.lazily import frozen
from goalrules.report.catalogue import Catalogue, catalogue
from goalrules.report.shape import goal_gender, members_of
from goalrules.report.wording import Wording, sentence_case


@frozen
class JudgementText:
    """What is said of a judgement: the verdict that was decided, a headline, and sentences."""

    verdict: Verdict
    headline: str
    sentences: tuple[str, ...]


# The goal as a whole


def judged_text(goal: GoalTrace, decided: Decided, words: Wording) -> JudgementText:
    """What was decided of the goal as a whole."""
    gender = goal_gender(goal.kind)
    levels = (words.verdict_word(goal) or words.levels(goal, gender)) if goal.verdict else ""
    if decided.stated:
        said = stated_level(goal, decided.stated, words, gender)
    else:
        said = _verdict(goal, decided, decided.verdict, words)
    if decided.departs:
        key = "departs"
    elif goal.verdict is None or goal.verdict == "open":
        key = goal.verdict or "none"
    else:
        key = "within" if decided.stated and goal.level is None else "agrees"
    texts, named = _texts(words), words.goal(goal.kind, goal.id)
    headline = texts.say("judged", key, by=decided.by, goal=named, said=said, levels=levels)
    sentences = [*_decision(decided, words)]
    if decided.departs and goal.verdict:
        # what the rule gives, which a departure does not change: its level where one was named
        stands = levels if decided.stated else _verdict(goal, decided, goal.verdict, words)
        sentences.append(texts.say("decision", "stands", said=stands))
    return JudgementText(decided.verdict, sentence_case(headline), tuple(sentences))


def stated_level(
    goal: GoalTrace, level: str, words: Wording, agreement: Agreement = "common"
) -> str:
    """The level that was decided of a goal, by the plan's own word for a goal with it."""
    levels, said = goal.decided.levels if goal.decided else goal.levels, goal.verdict_words
    own = said[levels.index(level)] if said else ""
    return own or words.level(level, agreement)


def _verdict(
    goal: GoalTrace, scaled: Decided | OverDecided, verdict: Verdict, words: Wording
) -> str:
    """A verdict as it is said of the goal: `uppfyllt`, `inte grönt`."""
    key = f"{goal.kind}-{verdict.replace(' ', '-')}"
    return _texts(words).say("said", key, level=words.at_least(scaled.met, scaled.levels))


def _decision(decision: Decision, words: Wording) -> Iterator[str]:
    """When it was decided, for what, why, and on what grounds."""
    key = "decision-reference" if decision.reference else "decision"
    period = show_period(stored_period(decision.period), words.language)
    day, say = decision.when.isoformat(), _texts(words).say
    yield say("decision", key, date=day, reference=decision.reference, period=period)
    yield say("decision", "reason", reason=decision.reason.removesuffix("."))
    if decision.source:
        yield say("decision", "source", source=decision.source.removesuffix("."))


def over_decided(goal: GoalTrace, over: OverDecided, words: Wording) -> str:
    """What the rule gives over what was decided of the goals below."""
    said = "" if over.verdict == "open" else _verdict(goal, over, over.verdict, words)
    named, key = words.goal(goal.kind, goal.id), over.verdict.replace(" ", "-")
    return _texts(words).say("over", key, goal=named, said=said)


# What is not judged


def waived_goal(goal: GoalTrace, waiver: Waiver, words: Wording) -> tuple[str, ...]:
    """The headline of a goal that is not judged, and what is said of the decision."""
    texts = _texts(words)
    named = words.goal(goal.kind, goal.id)
    headline = texts.say("waived", waiver.kind, by=waiver.by, goal=named)
    said = [sentence_case(headline), *_decision(waiver, words)]
    if waiver.worst:
        levels = words.levels(_without(waiver, goal), goal_gender(goal.kind))
        said.append(texts.say("decision", "otherwise", levels=levels))
    return tuple(said)


def waived_members(goal: GoalTrace, words: Wording) -> Iterator[tuple[str, ...]]:
    """The members that are not judged, with who decided so, when and why: by decision."""
    asked = members_of((*goal.steps, *goal.caps))
    found: dict[Waiver, dict[str, Member]] = {}
    for member in (*goal.members, *asked):
        if member.waiver:
            found.setdefault(as_decided(member.waiver), {})[member.name] = member
    for waiver, by_name in found.items():
        members = list(by_name.values())
        key = f"members-{_inflected(waiver.kind, members)}"
        names = words.members(members)
        headline = _texts(words).say("waived", key, by=waiver.by, members=names)
        yield sentence_case(headline), *_decision(waiver, words)


def as_decided(waiver: Waiver) -> Waiver:
    """A decision without what tells it from those that were made with it of other members."""
    alone = evolve(waiver, file="", line=1, column=1, sheet="")
    return evolve(alone, levels=(), worst="", best="")


def why_waived(members: Sequence[Member], words: Wording) -> str:
    """Why some members that are not judged are not counted, as it is said in brackets."""
    kind: WaiverKind = next(each.waiver.kind for each in members if each.waiver)
    return _texts(words).say("why", _inflected(kind, members))


def waived_line(member: Member, name: str, words: Wording) -> str:
    """A member that is not judged, in the steps of a rule: what it would be, and its value."""
    say, why = _texts(words).say, why_waived([member], words)
    line = say("tree", "not-counted", member=name, why=why)
    if member.waiver and member.waiver.worst:
        level = words.marked(_without(member.waiver, member), goal_gender(member.kind))
        line = say("tree", "otherwise", line=line, level=level)
    facts = ", ".join(words.facts(member))
    return line + (words.say("tree", "facts", facts=facts) if facts else "")


GoalOrMember = TypeVar("GoalOrMember", GoalTrace, Member)


def _without(waiver: Waiver, waived: GoalOrMember) -> GoalOrMember:
    """A goal or a member as it would be without a decision not to judge it."""
    return evolve(waived, levels=waiver.levels, worst=waiver.worst, best=waiver.best)


def _texts(words: Wording) -> Catalogue:
    """The texts about decisions in the language of the words."""
    return catalogue("judgements", words.language)


def _inflected(kind: WaiverKind, members: Sequence[Member]) -> str:
    """The key of a text about members that are waived, or that do not apply."""
    match kind:
        case "waived":
            return "waived"
        case "not applicable" if len(members) > 1:
            return "not applicable-many"
        case "not applicable" if members[0].kind in GOAL_KINDS:
            return "not applicable-goal"
        case "not applicable":
            return "not applicable"
        case _:
            assert_never(kind)
