"""The sentences of an explanation: the rule, the numbers, and what the verdict rests on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import assert_never

from goalrules.assess.result import GoalTrace, Projection
from goalrules.core.scales import COLOURS
from goalrules.core.trace import Member, OtherRow, Step
from goalrules.core.vocabulary import GOAL_KINDS, Verdict
from goalrules.data.period import stored_period
from goalrules.language import statements as st
from goalrules.report.explain.because import BOTH, BecauseRenderer, also_enough, told_caps
from goalrules.report.explain.counts import decimal_text, points_asked, weight_sentence
from goalrules.report.explain.decided import over_decided, waived_members, why_waived
from goalrules.report.explain.justification import SCORED, deciding_of
from goalrules.report.explain.steps import form_text, level_head, undefined_below
from goalrules.report.shape import (
    agreeing,
    counted,
    floors_of,
    form_of_count,
    gender,
    goal_gender,
    grouped,
    limit_of,
    members_of,
    sub_steps,
)
from goalrules.report.wording import MOST_NAMED, Wording, sentence_case

TWO = 2
"""The number of levels of a scale that needs no telling."""

BESIDE = ("extreme", "floor")
"""The kinds of steps that a level is said by beside the conditions of its clauses."""

TOLD = ("left out", "counts as", "replaced")
"""What is done with a member that does not count by its own outcome."""


def verdict_sentences(goal: GoalTrace, words: Wording) -> Iterator[str]:
    """Every sentence about a goal that has a verdict, in order."""
    yield from _rule(goal, words)
    yield from _counts(goal, words)
    yield from _values(goal, words)
    if goal.verdict == "open":
        yield from _what_decides(goal, words)
    reasons = also_enough(goal, words) if goal.verdict == "not met" else []
    if reasons:
        yield words.say("sentence", "also", reasons=words.listed(reasons))
    yield from _limits(goal, words)
    if goal.verdict != "open":
        yield from _level(goal, words)
    yield from _scale(goal, words)
    yield from _coverage(goal, words)
    yield from chain.from_iterable(waived_members(goal, words))
    yield from _unclaimed(goal, words)
    yield from partial_notes(goal, words)
    yield from about_rows(goal.members, words)
    if goal.ahead and goal.ahead.verdict:
        yield _ahead(goal, goal.ahead, goal.ahead.verdict, words)
    if goal.over_decided:
        yield over_decided(goal, goal.over_decided, words)


# The rule, and what it asks for


def _rule(goal: GoalTrace, words: Wording) -> Iterator[str]:
    """The clauses of the levels that count as met, and the limits, in the rule's own words."""
    levels = reversed(deciding_of(goal).levels)
    said = [
        _clause(clause, level, goal, words)
        for level in levels
        for clause in sub_steps(level)
        if clause.kind != "floor"
    ]
    limits = (*floors_of(goal.steps), *goal.caps)
    said += [words.format.clause(limit_of(each)) for each in limits]
    if said:
        rule, source = "; ".join(dict.fromkeys(said)), words.cited(goal.sources)
        yield words.say("sentence", "rule", rule=rule, source=source)


def _clause(step: Step, level: Step, goal: GoalTrace, words: Wording) -> str:
    """The words of a clause: `grönt om minst 3 av 4 gröna`, or `samma som mål 2`."""
    writer, form = words.format, step.form
    match form:
        case st.SameAs():
            return form_text(step, writer)
        case st.Extreme():
            return writer.clause(form)
        case _:
            return f"{level_head(level, goal, words)} {form_text(step, writer)}"


def _counts(goal: GoalTrace, words: Wording) -> Iterator[str]:
    """How many, or how many points, are asked for, and are there."""
    step = deciding_of(goal).step
    clauses = [each for each in sub_steps(step) if each.kind not in BESIDE] if step else []
    for each in _told_steps(clauses):
        if next(undefined_below(each), ""):
            continue
        if each.kind == "count" and each.of:
            yield _count_sentence(each, words)
        elif each.kind in SCORED and goal.verdict == "open":
            yield f"{sentence_case(points_asked(each, words))}."


def _told_steps(steps: Iterable[Step]) -> Iterator[Step]:
    """Some steps and those below them, but for what a count of points is made of."""
    for step in steps:
        yield step
        if step.kind not in SCORED:
            yield from _told_steps(sub_steps(step))


def _count_sentence(step: Step, words: Wording) -> str:
    """How many are needed of how many, how that was worked out, and how many there are."""
    quantity, of = form_of_count(step).quantity, step.of
    if form_of_count(step).weighed:
        return weight_sentence(step, BecauseRenderer(words).predicate(step, "plural"), words)
    match quantity.kind:
        case "percent":
            key = "percent-whole" if step.exact.denominator == 1 else "percent"
        case "half":
            key = "half-whole" if step.exact.denominator == 1 else "half"
        case "none" | "at most":
            key = "bad"
        case "any":
            key = "any-neuter" if gender(step) == "neuter" else "any-common"
        case "all" if of == 1:
            key = "all-one-neuter" if gender(step) == "neuter" else "all-one-common"
        case "all" if of == BOTH:
            key = "both"
        case "all" | "number" | "majority":
            key = quantity.kind
        case _:
            assert_never(quantity.kind)
    return sentence_case(
        words.say(
            "sentence",
            key,
            got=_got(step, words),
            of=words.count(of, gender(step)),
            need=words.count(step.need, gender(step)),
            exact=decimal_text(step.exact, words),
            percent=words.number(quantity.number),
        )
    )


def _got(step: Step, words: Wording) -> str:
    """How many there are, and how many more there can be."""
    low, high = counted(step)
    both = low == step.of == BOTH and form_of_count(step).quantity.kind == "all"
    sure = ("got-both" if both else "got") if low else "got-none"
    key = ("got-more" if low else "got-may") if high > low else sure
    level = BecauseRenderer(words).predicate(step, agreeing(step, low))
    number, more = words.count(low, gender(step)), words.count(high - low, gender(step))
    fields = {"count": number, "more": more, "level": level, "verb": words.verb(low)}
    return words.say("sentence", key, none=words.no_one(gender(step)), **fields)


# What the verdict turns on


def _values(goal: GoalTrace, words: Wording) -> Iterator[str]:
    """The numbers of the members that the verdict turns on."""
    for member in deciding_of(goal).turning:
        finding = member.finding
        if finding and (finding.value is not None or finding.reached is not None):
            facts = ", ".join(words.numbers(member))
            yield words.say("sentence", "values", member=words.member(member), facts=facts)


def _what_decides(goal: GoalTrace, words: Wording) -> Iterator[str]:
    """What each level of the one deciding member would mean; or the members, where many."""
    members = deciding_of(goal).still
    if goal.forks:
        yield _fork(members[0], goal, words)
    elif len(members) > MOST_NAMED + 1:
        names = words.listed(map(words.member, members))
        key = "deciding" if goal.deciding_exact else "deciding-may"
        yield words.say("sentence", key, members=names)


def _fork(member: Member, goal: GoalTrace, words: Wording) -> str:
    """The verdict for each level that the one deciding member can take."""
    say, agreement = words.say, goal_gender(member.kind)
    by_verdict: dict[str, list[str]] = {}
    for fork in goal.forks:
        by_verdict.setdefault(fork.verdict, []).append(words.level(fork.level, agreement))
    branches: list[str] = []
    for verdict, levels in reversed(by_verdict.items()):
        key = f"{goal.kind}-{verdict.replace(' ', '-')}"
        then, who = say("fork", key, level=words.met(goal)), say("fork", f"it-{agreement}")
        key = f"{goal.kind}-{'next' if branches else 'first'}"
        listed = words.listed(levels, "or")
        branches.append(say("fork", key, levels=listed, verdict=then, it=who))
    joined = say("words", "next").join(branches)
    return say("sentence", "fork", member=words.member(member), branches=joined)


def _limits(goal: GoalTrace, words: Wording) -> Iterator[str]:
    """The limits in force that the headline has not told of."""
    told, step = told_caps(goal), deciding_of(goal).step
    if goal.verdict == "met" and step:
        told += tuple(each for each in sub_steps(step) if each.low)[:1]
    forces = [floor for floor in floors_of(goal.steps) if floor.low]
    forces += [cap for cap in goal.caps if not cap.high]
    for each in forces:
        if each not in told:
            limit = words.format.clause(limit_of(each))
            reason = BecauseRenderer(words).of_limit(each)
            yield words.say("sentence", "limit", limit=limit, reason=reason)


# The level, and its scale


def _level(goal: GoalTrace, words: Wording) -> Iterator[str]:
    """The level that a verdict of met or not met leaves open, or that it does not tell itself."""
    if goal.worst != goal.best:
        unsaid = any(reason.code == "unsaid" for reason in goal.reasons)
        key = f"level-unsaid-{goal.kind}" if unsaid else "level-open"
        yield words.say("sentence", key, levels=words.levels(goal))
        return
    place = goal.levels.index(goal.met)
    left = goal.levels[place:] if goal.verdict == "met" else goal.levels[:place]
    if len(left) > 1 and goal.verdict_word != goal.level:
        yield words.say("sentence", "level-is", level=words.marked(goal))


def _scale(goal: GoalTrace, words: Wording) -> Iterator[str]:
    """The scale of the goal, where that is not the one of colours, nor one of two levels.

    With the plan's own words for a goal with each level, where it has any.
    """
    said = goal.verdict_words or ("",) * len(goal.levels)
    if not any(said) and (goal.levels == COLOURS.levels or len(goal.levels) == TWO):
        return
    scale = " < ".join(
        f"{words.level(level)} ({own})" if own else words.level(level)
        for level, own in zip(goal.levels, said, strict=True)
    )
    yield words.say("sentence", f"scale-{goal.kind}", scale=scale, met=words.level(goal.met))


# What the verdict rests on


def _coverage(goal: GoalTrace, words: Wording) -> Iterator[str]:
    """Of how many members their own outcomes are taken, and how the others are."""
    if goal.coverage:
        taken, whole = goal.coverage
        if {each.kind for each in goal.members} == {"reported"}:
            key = "rests-on-members"
        else:
            key = "rests-on-indicators-one" if whole == 1 else "rests-on-indicators"
        yield words.say("sentence", key, taken=taken, whole=whole)
    for (policy, reason, level), found in _by_policy(goal).items():
        yield _taken(policy, reason, level, found, words)


def _by_policy(goal: GoalTrace) -> Mapping[tuple[str, str, str], list[Member]]:
    """The members that do not count by their own outcome: what is done with them, and why."""
    asked = members_of((*goal.steps, *goal.caps))
    names = {each.name for each in asked}
    unasked = [each for each in goal.members if each.counted and each.name not in names]
    found: dict[tuple[str, str, str], list[Member]] = {}
    for member in (*asked, *unasked):
        if member.waiver and member.policy in ("", "left out"):
            continue  # left out by a decision, which is told by itself
        if member.policy in TOLD or not (member.applies or member.policy):
            policy = member.policy or "left out"
            level = member.worst if policy == "counts as" else ""
            by_decision = f"decided {member.waiver.kind}" if member.waiver else ""
            found.setdefault((policy, by_decision or member.reason, level), []).append(member)
    return found


def _taken(policy: str, reason: str, level: str, members: Sequence[Member], words: Wording) -> str:
    """How some members are taken, and why."""
    many = "-many" if len(members) > 1 else ""
    agreement = "plural" if many else goal_gender(members[0].kind)
    word = words.level(level, agreement) if level else ""
    if members[0].waiver:
        why = why_waived(members, words)
    else:
        known = words.texts["fact"]
        why = words.say("fact", reason + many if reason + many in known else reason)
    key, named = f"policy-{policy}{many}", words.members(members)
    said = words.say("sentence", key, members=named, why=why, level=word)
    return sentence_case(said) if members[0].kind in GOAL_KINDS else said


def _unclaimed(goal: GoalTrace, words: Wording) -> Iterator[str]:
    """The members that would have another level if somebody had stated more of their plan."""
    rests = [each for each in goal.reasons if each.code == "unclaimed"]
    names = {name for each in rests for name in each.members}
    claiming = [each for each in goal.members if each.name in names]
    for claim, members in grouped(claiming, lambda each: each.unclaimed):
        yield words.say("sentence", f"unclaimed-{claim}", members=words.members(members))


def partial_notes(goal: GoalTrace, words: Wording) -> Iterator[str]:
    """The members whose outcomes are for less or more than the period, and goals with such."""
    found = [(each, each.finding) for each in goal.members if each.finding]
    rows = {each.name: finding.row for each, finding in found if finding.row}
    periods = {name: row.months for name, row in rows.items() if row.months}
    partial = [each for each, _ in found if each.name in periods]
    for months, members in grouped(partial, lambda each: periods[each.name]):
        period = words.period(months)
        key = "partial-more" if stored_period(months).is_of_years else "partial"
        yield words.say("sentence", key, members=words.members(members), period=period)
    for member, finding in found:
        if finding.partial_terms:
            terms = words.listed(finding.partial_terms)
            compared = finding.target is not None and finding.target.form == "compared"
            others = "partial-compared" if compared else "partial-parts"
            key = "partial-terms" if finding.formula else others
            yield words.say("sentence", key, member=words.member(member), terms=terms)
    own = any(finding.partial for _, finding in found)
    deciding = [(each.kind, each.member) for each in goal.why] or [
        (each.kind, each.name) for each in members_of((*goal.steps, *goal.caps))
    ]
    below = [words.goal(kind, name) for kind, name in deciding if kind in GOAL_KINDS]
    if goal.indication and below and not own:
        goals = words.listed(dict.fromkeys(below))
        yield words.say("sentence", "indication-below", goals=goals)


def about_rows(members: Iterable[Member], words: Wording) -> Iterator[str]:
    """What the rows that count do not say of their time, and the rows that others outrank.

    Of rows that follow each other the last counts, which is told with the member.
    """
    found = [(each, each.finding) for each in members if each.finding]
    undated = {
        words.member(each): each
        for each, finding in found
        if finding.undated_parts or (finding.row and finding.row.undated)
    }
    if undated:
        yield words.say("sentence", "undated", members=words.members([*undated.values()]))
    for member, finding in found:
        if finding.target and finding.target.reference_period:
            period = words.period(finding.target.reference_period)
            yield words.say(
                "sentence", "interim-reference", members=words.member(member), period=period
            )
        for why, counts in dict.fromkeys((each.why, each.counts) for each in finding.others):
            rows = [each for each in finding.others if (each.why, each.counts) == (why, counts)]
            leaving = why == "of more months" and finding.through and finding.through.leaving
            yield words.say(
                "sentence",
                "outranked-applying" if leaving else f"outranked-{why}",
                members=words.member(member),
                counts=words.period(counts),
                rows=_outranked(rows, finding.unit, words),
            )


def _outranked(rows: Sequence[OtherRow], unit: str, words: Wording) -> str:
    """Rows that do not count, each with its value; how many they are where they are many."""
    if len(rows) > MOST_NAMED:
        return words.say("fact", "outranked-rows", count=len(rows))
    told = [
        words.period(each.period)
        if each.value is None
        else words.say(
            "fact",
            "outranked-row",
            period=words.period(each.period),
            value=words.number(each.value, unit),
        )
        for each in rows
    ]
    return words.listed(told)


def _ahead(goal: GoalTrace, ahead: Projection, verdict: Verdict, words: Wording) -> str:
    """What the year would come to by the forecasts, apart from the verdict."""
    said = words.say("short", verdict.replace(" ", "-"))
    level = words.level(ahead.level, goal_gender(goal.kind)) if ahead.level else ""
    key = "ahead-level" if level and len(goal.levels) > TWO else "ahead"
    return words.say("sentence", key, verdict=said, level=level)
