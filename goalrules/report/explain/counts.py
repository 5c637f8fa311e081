"""How many are needed of how many, how that was worked out, and how many there are: a sentence."""

from decimal import Decimal

from goalrules.core.trace import Step
from goalrules.language import syntax as sx
from goalrules.report.explain.because import BecauseRenderer
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
    exact, key = _exact(quantity, step)
    fields = {
        "got": got,
        "of": words.count(step.of, gender(step)),
        "need": words.count(step.need, gender(step)),
        "exact": words.number(exact),
        "percent": words.number(quantity.number),
    }
    return sentence_case(words.say("sentence", key, **fields))


def sentence_case(text: str) -> str:
    """A text with its first letter as a capital one."""
    return text[:1].upper() + text[1:]


def _exact(quantity: sx.Quantity, step: Step) -> tuple[Decimal, str]:
    """The need before it is rounded up to whole members, and the sentence that says it."""
    of = step.of
    match quantity.kind:
        case "percent":
            exact = quantity.number * of / 100
            return exact, "percent" if exact % 1 else "percent-whole"
        case "half":
            return Decimal(of) / 2, "half" if of % 2 else "half-whole"
        case "none" | "at most":
            return Decimal(0), "bad"
        case _:
            return Decimal(0), _whole(quantity.kind, step)


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
