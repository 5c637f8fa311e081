"""What is said of an indicator that adds up through the year: so far, expected by now, ahead."""

from collections.abc import Iterator, Mapping, Sequence

from goalrules.core.trace import Member, Observation, ResolvedTarget, YearProgress
from goalrules.core.vocabulary import TargetForm
from goalrules.data.period import show_period, stored_period
from goalrules.data.words import shown
from goalrules.report.catalogue import Catalogue


def period_text(months: str, texts: Catalogue) -> str:
    """Some months, written as periods are in JSON, in words."""
    return show_period(stored_period(months), texts.language)


def month_text(month: str, texts: Catalogue) -> str:
    """A month of the year, without the year."""
    return shown("months", str(int(month.partition("-")[2])), texts.language)


def value_text(through: YearProgress, value: str, texts: Catalogue) -> str:
    """The value, and the months that it is of."""
    months = period_text(through.months, texts)
    return texts.say("fact", f"value-{through.adds}", value=value, months=months)


def forecast_key(through: YearProgress) -> str:
    """The text that says what a forecast goes by: what is stated, the pace, or what stands."""
    stands = through.forecast_from == "pace" and through.adds in ("average", "latest")
    return f"forecast-{through.adds if stands else through.forecast_from}"


def lacking_text(member: Member, texts: Catalogue) -> str:
    """For which months there is no outcome, and why; or when it is first measured."""
    through = member.finding.through if member.finding else None
    key = f"lacking-{member.reason}"
    if through and through.lacking and key in texts.texts["fact"]:
        months = months_text(through.lacking, texts)
        return texts.say("fact", key, months=months)
    if through and through.next_due:
        return texts.say("fact", "due", month=month_text(through.next_due, texts))
    return ""


def months_text(months: Sequence[str], texts: Catalogue) -> str:
    """Some months in words, with a dash for those in a row."""
    return texts.listed("–".join(month_text(each, texts) for each in run) for run in _runs(months))


def _runs(months: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The first and the last of the months that follow each other."""
    run: list[str] = []
    for month in months:
        if run and _number(month) != _number(run[-1]) + 1:
            yield tuple(dict.fromkeys((run[0], run[-1])))
            run = []
        run.append(month)
    yield tuple(dict.fromkeys((run[0], run[-1])))


def _number(month: str) -> int:
    return int(month.partition("-")[2])


def expected_aim(finding: Observation) -> ResolvedTarget | None:
    """What is expected by now, as a target; None where that is the whole target, or not said."""
    through, aim = finding.through, finding.aimed
    if aim is None or through is None or through.low is None is through.high:
        return None
    if through.low is not None and through.high is not None:
        return ResolvedTarget("between", through.low, through.high)
    side = _SIDES[through.low is not None, aim.strict]
    return ResolvedTarget(side, through.low, through.high)


_SIDES: Mapping[tuple[bool, bool], TargetForm] = {
    (True, False): "at least",
    (True, True): "over",
    (False, False): "at most",
    (False, True): "under",
}
