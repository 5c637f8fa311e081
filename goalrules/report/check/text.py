"""What a check came to, as text: each finding where it stands, with a case that shows it."""

from collections.abc import Iterable, Iterator

from goalrules.lint.result import Finding, LintReport
from goalrules.report.check.examples import ExampleRenderer
from goalrules.report.check.words import CheckWords, check_words
from goalrules.report.diagnostics.text import render
from goalrules.report.layout import first_line, marked_line, shown
from goalrules.report.years import in_years_text
from goalrules.text.diagnostics import Diagnostic


def render_check(found: LintReport, language: str) -> str:
    """A line that sums up, and each finding as diagnostics are shown."""
    words = check_words(language, found.language)
    lines = [_sum(found, words), *(_rendered(each, found.file, words) for each in found.findings)]
    return "\n".join(lines) + "\n"


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
        "sum", "line", parts=", ".join(parts), goals=tried, cases=words.whole(found.cases)
    )


def _rendered(finding: Finding, file: str, words: CheckWords) -> str:
    """A finding: its place, what it means and its code; below, the case, and what to do."""
    first = first_line(file, finding.span, _message(finding, words), finding.code)
    below = [*ExampleRenderer(words, finding).sentences(), *_hints(finding, words)]
    marked = marked_line(finding.line, finding.span)
    return "\n".join((first, *marked, *(f"   = {shown(each)}" for each in below)))


def render_refused(
    faults: Iterable[Diagnostic],
    counts: Iterable[Finding | None],
    language: str,
    words_language: str,
) -> str:
    """The faults of a rule file that is refused; below those of counts the case that shows them."""
    words = check_words(language, words_language)
    lines: list[str] = []
    for fault, count in zip(faults, counts, strict=True):
        lines.append(render(fault, language, words_language))
        shown_by = ExampleRenderer(words, count).sentences() if count else ()
        lines += [f"   = {shown(each)}" for each in shown_by]
    return "\n".join(lines)


def _message(finding: Finding, words: CheckWords) -> str:
    text = words.say(finding.code, f"{_variant(finding)}message", **words.facts(finding))
    marks = list(_marks(finding, words))
    return f"{text} ({'; '.join(marks)})" if marks else text


def _marks(finding: Finding, words: CheckWords) -> Iterator[str]:
    """When it is so, and why it is no fault."""
    if finding.periods:
        periods = (words.say("period", each) for each in finding.periods)
        yield words.listed(periods)
    if finding.years:
        yield in_years_text(finding.years, words.texts.language)
    if finding.unless:
        yield words.say("severity", "applying")
    if finding.severity == "note":
        yield words.say("severity", "note")
    elif finding.interpretations:
        yield words.say("severity", "noted")


def _hints(finding: Finding, words: CheckWords) -> Iterator[str]:
    if finding.reported:
        yield words.say("case", "reported", groups=words.quoted(finding.reported))
    if finding.interpretations:
        for each in finding.interpretations:
            yield words.say("case", "interpretation", text=each)
    elif finding.unless:
        yield words.say("case", "unless", member=finding.unless)
    else:
        own = f"{_variant(finding)}hint"
        key = own if own in words.texts.texts[finding.code] else "hint"
        yield words.say(finding.code, key, **words.facts(finding))


def _variant(finding: Finding) -> str:
    """Which of the texts of its code a finding has, where there are several."""
    why = finding.facts.get("why")
    return f"{why}-" if why else ""
