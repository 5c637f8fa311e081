"""What a check came to, as text: each finding where it stands, with a case that shows it."""

from collections.abc import Iterable, Iterator, Sequence

from goalrules.lint.result import Example, ExampleMember, ExampleOutcome, Finding, LintReport
from goalrules.report.check.words import CheckWords, check_words
from goalrules.report.diagnostics.text import render
from goalrules.report.layout import first_line, marked_line, shown
from goalrules.report.years import in_years_text
from goalrules.text.diagnostics import Diagnostic
from goalrules.text.languages import Language

MOST_NAMED = 4
"""The number of members at one level up to which they are all named."""

PROVED = ("goal-always-met", "goal-never-met")
"""The findings that the best, or the worst, of all cases proves."""

FACTS = ("target", "plan")
"""The kinds of members that are facts about one indicator."""


def render_check(found: LintReport, language: Language) -> str:
    """A line that sums up, and each finding as diagnostics are shown."""
    words = check_words(language, found.language)
    lines = [
        _sum(found, words),
        *(render_finding(e, found.rules, language, found.language) for e in found.findings),
    ]
    return "\n".join(lines) + "\n"


def render_refused(
    faults: Iterable[Diagnostic],
    counts: Iterable[Finding | None],
    language: Language,
    words_language: Language,
) -> str:
    """The faults of a rule file that is refused; below those of counts the case that shows them."""
    words = check_words(language, words_language)
    lines: list[str] = []
    for fault, count in zip(faults, counts, strict=True):
        lines.append(render(fault, language, words_language))
        shown_by = _shown_by(count, words) if count else ()
        lines += [f"   = {shown(each)}" for each in shown_by]
    return "\n".join(lines)


def _sum(found: LintReport, words: CheckWords) -> str:
    """How many faults, interpretations and notes, and of how much."""
    noted = sum(each.severity == "fault" and not each.fails for each in found.findings)
    notes = sum(each.severity == "note" for each in found.findings)
    counted = (("fault", len(found.faults)), ("noted", noted), ("note", notes))
    parts = [words.counted(key, number) for key, number in counted if number or key == "fault"]
    if not found.goals:
        key = "none" if found.findings else "no-goals"
        return words.say("sum", key, parts=", ".join(parts))
    tried = words.counted("goal", found.goals)
    return words.say(
        "sum", "line", parts=", ".join(parts), goals=tried, cases=words.wording.number(found.cases)
    )


# One finding


def render_finding(
    finding: Finding, file: str, language: Language, words_language: Language
) -> str:
    """A finding as `render_check` shows it."""
    return _rendered(finding, file, check_words(language, words_language, finding.called))


def texts_of_finding(
    finding: Finding, language: Language, words_language: Language
) -> tuple[str, str, str]:
    """What a finding means, the case that shows it, and what to do; the last two may be empty."""
    words = check_words(language, words_language, finding.called)
    shown_by, hints = _shown_by(finding, words), _hints(finding, words)
    return _message(finding, words), " ".join(shown_by), " ".join(hints)


def _message(finding: Finding, words: CheckWords) -> str:
    """What a finding means, with when it is so and why it is no fault."""
    message = words.say(finding.code, f"{_variant(finding)}message", **words.facts(finding))
    marks = list(_marks(finding, words))
    return f"{message} ({'; '.join(marks)})" if marks else message


def _rendered(finding: Finding, file: str, words: CheckWords) -> str:
    """A finding: its place, what it means and its code; below, the case, and what to do."""
    first = first_line(file, finding.span, _message(finding, words), finding.code)
    below = [*_shown_by(finding, words), *_hints(finding, words)]
    marked = marked_line(finding.source_line, finding.span)
    return "\n".join((first, *marked, *(f"   = {shown(each)}" for each in below)))


def _marks(finding: Finding, words: CheckWords) -> Iterator[str]:
    """When it is so, and why it is no fault."""
    if finding.periods:
        periods = (words.say("period", each) for each in finding.periods)
        yield words.listed(periods)
    if finding.years:
        yield in_years_text(finding.years, words.language)
    if finding.taken_at:
        yield words.say("severity", "taken", line=str(finding.taken_at.line))
    if finding.unless:
        yield words.say("severity", "applying")
    if finding.severity == "note":
        yield words.say("severity", "note")
    elif finding.interpretations:
        yield words.say("severity", "noted")


def _hints(finding: Finding, words: CheckWords) -> Iterator[str]:
    """What to do about a finding; or what the file says beside it."""
    if finding.reported:
        yield words.say("case", "reported", groups=words.quoted(finding.reported))
    if finding.joined:
        yield words.say("case", "joined", members=words.quoted(finding.joined))
    if finding.interpretations:
        for each in finding.interpretations:
            yield words.say("case", "interpretation", text=each)
    elif finding.unless:
        yield words.say("case", "unless", member=finding.unless)
    else:
        own = f"{_variant(finding)}hint"
        key = own if own in words.texts[finding.code] else "hint"
        yield words.say(finding.code, key, **words.facts(finding))


def _variant(finding: Finding) -> str:
    """Which of the texts of its code a finding has, where there are several."""
    why = finding.facts.get("why")
    return f"{why}-" if why else ""


# The cases that show a finding


def _shown_by(finding: Finding, words: CheckWords) -> Iterator[str]:
    """The sentence that shows a finding; none where nothing has to be shown."""
    match finding.code:
        case "wrong-size":
            yield words.say("case", "size", **words.facts(finding))
        case "member-without-influence":
            yield _without_influence(finding, words)
        case "goals-in-conflict":
            one, other = (_conflict(case, words) for case in finding.witness)
            yield words.say("case", "values", one=one, other=other)
        case "counted-twice":
            yield _counted_twice(finding, words)
        case "open-both-ways":
            if any(each.kind == "worked out" for each in finding.witness[0].members):
                one, other = (_worked_out(case, words) for case in finding.witness)
                yield words.say("case", "worked-out", one=one, other=other)
        case _:
            for case in finding.witness:
                yield _example(case, finding, words)


def _example(case: Example, finding: Finding, words: CheckWords) -> str:
    """Where the members are, what comes of it, and what would with the change."""
    outcome, kind = case.outcomes[0], finding.kind
    if not case.members:
        level = words.level(outcome.worst, kind)
        subject = words.subject(kind, outcome.goal)
        return words.say("case", "whatever", subject=subject, level=level)
    at = _at(case.members, words)
    if not outcome.worst:
        return words.say("case", f"condition-{outcome.verdict.replace(' ', '-')}", at=at)
    key = "even" if finding.code in PROVED else "when"
    facts = words.facts(finding)
    changed = (
        words.say("case", f"changed-{finding.change}", **{**facts, **words.ends(each, kind)})
        for each in case.changed
    )
    then = _then(outcome, finding, words)
    return words.say("case", key, at=at, then=then, changed="".join(changed))


def _then(outcome: ExampleOutcome, finding: Finding, words: CheckWords) -> str:
    """What comes of it."""
    ends = words.ends(outcome, finding.kind)
    key = "then" if "level" in ends else "then-open"
    return words.say("case", key, subject=words.subject(finding.kind, outcome.goal), **ends)


def _at(members: Sequence[ExampleMember], words: CheckWords) -> str:
    """Where members are: those at one level together, the most of them at last as the rest."""
    facts = [
        words.say(each.kind, "share" if each.level.endswith("%") else each.level, level=each.level)
        for each in members
        if each.kind in FACTS
    ]
    by_level: dict[str, list[ExampleMember]] = {}
    for each in members:
        if each.kind not in FACTS:
            by_level.setdefault(each.level, []).append(each)
    groups = sorted(by_level.values(), key=len)
    said: list[str] = []
    for group in groups:
        count, last = len(group), group is groups[-1]
        level = words.of_members(group[0].level, group)
        if count > MOST_NAMED and last:
            key, number = "all" if len(groups) == 1 else "rest", words.wording.count(count)
            said.append(words.say("case", key, count=number, level=level))
        else:
            names, verb = words.listed(map(words.member, group)), words.wording.verb(count)
            said.append(words.say("case", "are", members=names, verb=verb, level=level))
    return words.listed([*facts, *said])


def _without_influence(finding: Finding, words: CheckWords) -> str:
    """That a goal is the same whether a member is at one level or another."""
    one, other = finding.witness
    low, high = next(
        (low, high)
        for low, high in zip(one.members, other.members, strict=True)
        if low.level != high.level
    )
    others = [each for each in one.members if each is not low]
    whether = words.say(
        "case",
        "whether",
        member=words.member(low),
        low=words.of_members(low.level, [low]),
        high=words.of_members(high.level, [high]),
    )
    then = _then(one.outcomes[0], finding, words)
    return words.say("case", "when", at=_at(others, words), then=then, changed=whether)


def _conflict(case: Example, words: CheckWords) -> str:
    """With which value one of two goals is met, and the other not."""
    met, missed = (
        next(
            words.wording.goal(each.kind, each.goal) for each in case.outcomes if each.verdict == v
        )
        for v in ("met", "not met")
    )
    return words.say("case", "value", value=words.value(case.members[0]), met=met, missed=missed)


def _counted_twice(finding: Finding, words: CheckWords) -> str:
    """That two goals are met, and neither is when one indicator is worse."""
    met, missed = finding.witness
    low = next(
        after
        for before, after in zip(met.members, missed.members, strict=True)
        if before.level != after.level
    )
    return words.say(
        "case",
        "both",
        at=_at(met.members, words),
        goals=words.listed(words.wording.goal(each.kind, each.goal) for each in met.outcomes),
        member=words.member(low),
        level=words.of_members(low.level, [low]),
    )


def _worked_out(case: Example, words: CheckWords) -> str:
    """What two members come to with the values of the indicators that they are worked out from."""
    given, found = (
        words.listed(
            words.say("case", "number", member=words.member(each), value=words.value(each))
            for each in case.members
            if (each.kind == "worked out") == worked_out
        )
        for worked_out in (False, True)
    )
    return words.say("case", "values-at", given=given, found=found)
