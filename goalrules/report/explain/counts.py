"""How many are needed of how many, how that was worked out, and how many there are: a sentence."""

from goalrules.core.trace import Step
from goalrules.language import syntax as sx
from goalrules.report.explain.because import BecauseRenderer
from goalrules.report.explain.points import decimal_text
from goalrules.report.explain.weights import WeightRenderer
from goalrules.report.shape import agreeing, counted, form_of_count, gender
from goalrules.report.wording import Wording

BOTH = 2
"""The number of those that are called both."""


def count_sentence(step: Step, words: Wording) -> str:
    """How many are needed of how many, how that was worked out, and how many there are."""
    quantity = form_of_count(step).quantity
    if form_of_count(step).weighed:
        level = BecauseRenderer(words).predicate(step, "plural")
        return WeightRenderer(step, words).sentence(level)
    got = _got(step, words)
    fields = {
        "got": got,
        "of": words.count(step.of, gender(step)),
        "need": words.count(step.need, gender(step)),
        "exact": decimal_text(step.exact, words),
        "percent": words.number(quantity.number),
    }
    return sentence_case(words.say("sentence", _key(quantity, step), **fields))


def sentence_case(text: str) -> str:
    """A text with its first letter as a capital one."""
    return text[:1].upper() + text[1:]


def _key(quantity: sx.Quantity, step: Step) -> str:
    """The sentence that says what is needed, and whether it was rounded up to whole members."""
    match quantity.kind:
        case "percent" | "half":
            return f"{quantity.kind}-whole" if step.exact.denominator == 1 else quantity.kind
        case "none" | "at most":
            return "bad"
        case _:
            return _whole(quantity.kind, step)


def _whole(kind: str, step: Step) -> str:
    """The sentence that says a need of whole members."""
    if kind == "any":
        return f"any-{gender(step)}"
    if kind == "all" and step.of == 1:
        return f"all-one-{gender(step)}"
    return "both" if kind == "all" and step.of == BOTH else kind


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
