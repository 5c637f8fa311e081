"""Hypothesis strategies for syntax: everything that a rule or a rule file can say."""

import unicodedata
from datetime import date
from decimal import Decimal
from typing import get_args

from attrs import evolve
from hypothesis import strategies as some

from goalrules.core.scales import COLOURS
from goalrules.core.trace import Decision
from goalrules.core.vocabulary import PeriodClass
from goalrules.language import statements as st
from goalrules.language import syntax as sx
from goalrules.language.keywords import words
from goalrules.text.languages import LANGUAGES
from goalrules.text.names import folded

LETTERS = "abvxyzåäöéÅÄÖ"
TANGLED = LETTERS + " 019.,;#\"“”«'()-–%≥±/_§€\u00a0\u0301🙂"
"""Characters that mean something outside a text, among them one that composes with a letter."""

PHRASES = sorted({phrase for language in LANGUAGES for phrase in words(language).meanings})

words_of_letters = some.text(LETTERS + "0123456789", min_size=1, max_size=6)
bare_names = some.lists(words_of_letters, min_size=1, max_size=3).map("-".join)
numbered = some.sampled_from(["1", "2", "1.1", "1.1.2", "0,5", "KF1", "007", "11 700", "1" * 70])
texts = some.text(TANGLED, max_size=8).map(lambda text: unicodedata.normalize("NFC", text))
phrases = some.integers(0, len(PHRASES) - 1).map(PHRASES.__getitem__)
spellings = bare_names | numbered | phrases | texts

names = some.deferred(lambda: some.builds(sx.Name, spellings))
WORDS_OF_LEVELS = ("inte uppfyllt", "delvis", "i hög grad", "helt", "requires improvement")
"""Levels of several words, which are read as such where a scale declares them."""

colours = some.sampled_from(COLOURS.levels).map(sx.Name)
WORDS_OF_COLOURS = frozenset(
    phrase
    for language in LANGUAGES
    for phrase, meaning in words(language).meanings.items()
    if meaning.type == "LEVEL"
)
levels = colours | names.filter(lambda each: folded(each.text) not in WORDS_OF_COLOURS)
NUMBERS_AS_LEVELS = ("0", "4", "25", "0.5", "0.25", "1.250", "-1", "50 %")
places = levels | some.sampled_from(NUMBERS_AS_LEVELS).map(sx.Name)
"""The levels that can be told by a number, where nothing else can stand."""

heads = places | some.just(sx.Name(sx.MET))
"""The levels that a clause can begin with."""

lists_of_names = some.lists(names, min_size=1, max_size=3).map(tuple)

numbers = some.builds(
    lambda digits, places: Decimal(digits).scaleb(-places),
    some.integers(0, 10**7) | some.integers(0, 10),
    some.integers(0, 4),
)
signed = numbers | numbers.map(Decimal.copy_negate)
years = some.integers(1000, 9999).map(Decimal)

# Conditions

NUMBERED = ("number", "percent", "at most")
quantities = some.builds(sx.Quantity, some.sampled_from(NUMBERED), numbers) | some.builds(
    sx.Quantity,
    some.sampled_from([each for each in get_args(sx.QuantityKind) if each not in NUMBERED]),
)
whom = some.builds(sx.Scope, lists_of_names, some.booleans()) | some.builds(
    sx.Scope, lists_of_names, beside=lists_of_names
)
scopes = whom | some.builds(sx.Scope, size=some.none() | numbers)
sides = some.sampled_from(["at least", "at most", "worse than"])
members = (
    some.builds(sx.Level, levels)
    | some.builds(sx.Level, places, sides)
    | some.builds(sx.Met, some.booleans())
)
predicates = members | some.builds(sx.Assessed)
included = some.builds(sx.Included, lists_of_names, some.none() | numbers) | some.builds(
    sx.Included, some.just(()) | lists_of_names, some.none() | numbers, lists_of_names
)
rests = some.lists(some.builds(sx.Rest, places), max_size=2).map(tuple)

counts = some.builds(
    sx.Count,
    quantities,
    scopes,
    members,
    some.lists(included, max_size=2).map(tuple),
    rests,
    weighed=some.booleans(),
)
singles = some.builds(sx.Single, names, members, some.booleans(), rests)
stated = some.builds(
    sx.Fact, some.sampled_from([each for each in get_args(sx.FactName) if "share" not in each])
)
facts = stated | some.builds(sx.Fact, some.just("share of target"), numbers)
bounds = some.builds(sx.Bound, some.sampled_from(["at least", "at most", "over", "under"]), signed)
whole = whom | some.builds(sx.Scope)
scores = some.one_of(
    some.builds(sx.Score, some.sampled_from(["sum", "mean"]), bounds, whole),
    some.builds(
        sx.Score, some.sampled_from(["sum", "mean"]), bounds, some.builds(sx.Scope), numbers
    ),
    some.builds(
        sx.Score, some.just("share"), some.builds(sx.Bound, some.just("at least"), numbers), whole
    ),
)
conditions: some.SearchStrategy[sx.Condition] = some.recursive(
    counts | singles | facts | scores,
    lambda inner: some.builds(
        sx.Joined,
        some.sampled_from(["and", "or"]),
        some.lists(inner, min_size=2, max_size=3).map(tuple),
    ),
    max_leaves=6,
)

# Targets

distances = some.builds(sx.Distance, numbers, some.sampled_from(["unit", "percent", "points"]))
aims = some.one_of(
    bounds,
    some.builds(sx.Within, numbers),
    some.builds(sx.Around, numbers, numbers),
    some.builds(sx.Range, signed, signed),
    some.builds(sx.Change, some.sampled_from(["increase", "decrease", "maintain"]), some.none()),
    some.builds(sx.Change, some.sampled_from(["increase", "decrease"]), distances, some.booleans()),
    some.builds(sx.Compared, names, some.sampled_from(get_args(sx.BoundSide))),
    some.builds(
        sx.Compared,
        names,
        some.sampled_from(["at least", "at most"]),
        distances,
        some.sampled_from(["over", "under"]),
    ),
    some.builds(sx.PartsReached),
    some.builds(sx.PartsReached, numbers),
)


def called(part: sx.Name | sx.OwnTarget) -> str:
    """What a part is called."""
    return (part.name if isinstance(part, sx.OwnTarget) else part).text


own_targets = some.builds(
    sx.OwnTarget,
    names,
    bounds | some.builds(sx.Within, numbers) | some.builds(sx.Range, signed, signed),
)
dated_aims = some.builds(sx.DatedTarget, aims, some.none() | years)

# Values

bands = some.builds(
    sx.Band,
    places,
    bounds | some.builds(sx.Within, numbers) | some.builds(sx.Range, signed, signed),
) | some.builds(sx.Band, places)
terms = some.lists(some.builds(sx.Term, names, numbers), min_size=1, max_size=3).map(tuple)
number_terms = numbers.map(lambda each: sx.Term(sx.Name(format(each, "f")), number=each))
two_terms = some.lists(some.builds(sx.Term, names) | number_terms, min_size=2, max_size=2).map(
    tuple
)
few = some.builds(sx.Few, numbers, some.sampled_from(["best", "worst"]))
lacking = some.builds(sx.Lacking, signed) | some.builds(
    sx.Lacking, some.none(), some.none() | numbers
)
no_lacking = some.none() | lacking
asked_level = colours.map(sx.Level) | some.builds(sx.Level, places, some.just("at least"))
cells = some.lists(places, min_size=1, max_size=3).map(tuple)
formulas = (
    some.builds(
        sx.Formula,
        some.sampled_from(
            ["sum", "mean", "best", "worst", "sum of points", "mean of points", "fulfilment"]
        ),
        terms,
        no_lacking,
    )
    | some.builds(
        sx.Formula,
        some.sampled_from(["share of members", "number of members"]),
        terms,
        no_lacking,
        asked_level | some.just(sx.Fact("target reached")),
    )
    | some.builds(
        sx.Formula,
        some.sampled_from(["sum", "mean"]),
        terms,
        no_lacking,
        few=few,
    )
    | some.builds(
        sx.Formula,
        some.sampled_from(["share", "difference", "quotient", "product"]),
        two_terms,
    )
    | some.builds(
        sx.Formula,
        some.just("table"),
        some.lists(some.builds(sx.Term, names), min_size=2, max_size=2).map(tuple),
        columns=cells,
        rows=some.lists(some.builds(sx.TableRow, places, cells), min_size=1, max_size=3).map(tuple),
    )
)
points = some.lists(some.builds(sx.Point, places, signed), min_size=1, max_size=3).map(tuple)
readings = some.lists(some.builds(sx.LevelReading, places, places), max_size=2).map(tuple)
own_levels = colours | some.sampled_from(
    [*WORDS_OF_LEVELS, *NUMBERS_AS_LEVELS, "inte", "no", "none", "below", "är", "A+"]
).map(sx.Name)

# Through the year

months = some.integers(1, 12)
steps = some.builds(sx.ExpectedStep, months, signed) | some.builds(
    sx.ExpectedStep, months, numbers, some.just(value=True)
)
through_the_year: some.SearchStrategy[st.Body] = some.one_of(
    some.builds(st.AddsUp, some.sampled_from(["total", "average", "latest", "survey"])),
    some.builds(st.AddsUp, some.just("total"), to_date=some.just(value=True)),
    some.builds(st.AddsUp, some.just("survey"), before=some.just(value=True)),
    some.builds(st.Measured, some.sets(months, min_size=1).map(lambda each: tuple(sorted(each)))),
    some.builds(st.Expected, some.lists(steps, max_size=3).map(tuple)),
    some.builds(st.Hidden, numbers),
)

# Statements

policed = some.sampled_from(["missing", "not applicable"])
requirements = some.builds(
    sx.Count,
    quantities,
    scopes,
    some.builds(sx.Assessed),
    some.lists(included, max_size=2).map(tuple),
    some.just(()),
)
named_known = some.builds(sx.Single, names, some.builds(sx.Assessed), some.booleans())
joined_known = some.builds(
    sx.Joined,
    some.just("and"),
    some.lists(requirements | named_known, min_size=2, max_size=3).map(tuple),
)
classes = some.sampled_from(get_args(PeriodClass))
periods = some.none() | classes
days = some.dates(date(1000, 1, 1)).map(str)
decisions = some.builds(Decision, days, texts, some.sampled_from(["", "123"]))
bodies: some.SearchStrategy[st.Body] = some.one_of(
    some.builds(st.PlanHead, texts, texts),
    some.builds(st.Validity, numbers, years),
    some.builds(st.Adopted, decisions),
    some.builds(st.Document, names, texts),
    some.builds(st.AssessIndicators),
    some.builds(
        st.ScaleHead,
        some.lists(own_levels, min_size=2, max_size=4).map(tuple),
        some.none() | names,
        readings,
    ),
    some.builds(st.Stating, stated, some.booleans()),
    some.builds(st.Area, texts),
    some.builds(st.Focus, texts, some.just(()) | lists_of_names),
    some.builds(
        st.GoalHead,
        some.sampled_from(["goal", "contribution"]),
        names,
        texts,
        some.none() | names,
        texts,
    ),
    some.builds(st.Called, texts),
    some.builds(st.GoalsCalled, texts),
    some.builds(st.ContributionsCalled, texts),
    some.builds(st.FollowedUp),
    some.builds(st.MetFrom, places),
    some.builds(st.Group, names, lists_of_names),
    some.builds(st.Group, names, reported=some.just(value=True), scale=some.none() | names),
    some.builds(st.Policy, policed, remain=some.none() | numbers),
    some.builds(st.Policy, policed, level=places),
    some.builds(st.Policy, policed, instead=names),
    some.builds(st.Requires, requirements | named_known | joined_known),
    some.builds(st.RequiresFor, requirements, places),
    some.builds(st.Points, points),
    some.builds(st.OwnPoints, points),
    some.builds(
        st.VerdictWords,
        some.lists(some.builds(sx.LevelWord, places, texts), min_size=1, max_size=3).map(tuple),
    ),
    some.builds(st.Indicator, lists_of_names, texts, some.none() | names),
    some.builds(
        lambda named, scale: st.Indicator(
            (named[0][0], *(each for each, _ in named)),
            scale=scale,
            titles=("T", *(title for _, title in named)),
        ),
        some.lists(some.tuples(names, texts), min_size=1, max_size=2),
        some.none() | names,
    ),
    some.builds(st.Shared, names, names),
    some.builds(st.ShownOnly),
    some.builds(st.Weight, numbers),
    some.builds(st.ValueBands, some.lists(bands, min_size=1, max_size=3).map(tuple)),
    some.builds(st.ValueBands, named=names),
    some.builds(st.NamedBands, names, some.lists(bands, min_size=1, max_size=3).map(tuple)),
    some.builds(st.Earlier, names, names, some.integers(1, 9).map(Decimal)),
    some.builds(st.WorkedOut, formulas),
    some.builds(
        st.Possible,
        some.builds(sx.Bound, some.sampled_from(["at least", "at most"]), signed)
        | some.builds(sx.Range, signed, signed),
    ),
    some.builds(st.Rounded, numbers),
    some.builds(st.Parts, lists_of_names),
    some.builds(
        st.parts_of, some.lists(names | own_targets, min_size=1, max_size=3, unique_by=called)
    ),
    some.builds(st.Parts, reported=some.just(value=True)),
    some.builds(st.Unit, texts | some.just("%")),
    some.builds(st.Better, some.sampled_from(["higher", "lower"])),
    some.builds(st.Baseline, signed, period=texts),
    some.builds(st.Baseline, some.none(), texts, texts),
    some.builds(st.Target, some.lists(dated_aims, min_size=1, max_size=3).map(tuple)),
    some.builds(st.DataSource, texts),
    some.builds(st.Key, texts),
    through_the_year,
    some.builds(st.Overall, some.lists(classes, min_size=1, unique=True).map(tuple)),
    some.builds(st.When, heads, conditions, periods),
    some.builds(st.Otherwise, places, periods),
    some.builds(st.SameAs, names, periods),
    some.builds(st.RuleAs, names),
    some.builds(st.Units, lists_of_names),
    some.builds(st.Together, some.builds(st.When, heads, conditions)),
    some.builds(st.Together, some.builds(st.Requires, requirements)),
    some.builds(st.Extreme, some.sampled_from(["best", "worst"]), whole, period=periods),
    some.builds(st.Extreme, some.just("worst"), whole, numbers, periods),
    some.builds(
        st.Limit,
        some.sampled_from(["cap", "floor"]),
        heads.filter(lambda level: level.text != sx.MET),
        some.sampled_from(["when", "unless"]),
        conditions,
        periods,
    ),
    some.builds(
        st.Shift,
        some.sampled_from(["better", "worse"]),
        some.integers(1, 2),
        some.sampled_from(["when", "unless"]),
        conditions,
        periods,
    ),
    some.builds(st.Remark, texts, some.sampled_from(["when", "unless"]), conditions),
    some.builds(st.Remark, texts, some.just("unless")),
)

remarks = texts.map(str.strip)
comments = some.builds(st.Comments, some.lists(remarks, max_size=2).map(tuple), remarks)


def with_place(drawn: st.According) -> st.According:
    """A citation that quotes only where it says a part or a page, as one that is read does."""
    placed = drawn.number or drawn.page or drawn.part != "section"
    return drawn if placed else evolve(drawn, words="")


notes: some.SearchStrategy[st.Note] = some.one_of(
    some.builds(
        st.According,
        names,
        some.sampled_from(["section", "appendix"]),
        texts,
        some.sampled_from(["", "12"]),
        texts,
        comments=comments,
    ).map(with_place),
    some.builds(
        st.Interpretation,
        some.lists(texts, min_size=1, max_size=3).map(tuple),
        some.none() | decisions,
        some.none() | bodies.map(st.OtherReading),
        comments,
    ),
    some.builds(st.Validity, numbers, years, comments=comments),
)
statements = some.builds(st.Statement, bodies, some.lists(notes, max_size=2).map(tuple), comments)


def as_read(drawn: list[st.Statement]) -> tuple[st.Statement, ...]:
    """Statements with years where years are read: as the plan's own, or as a note of another."""
    found: list[st.Statement] = []
    for each in drawn:
        of_plan = isinstance(each.body, st.OF_PLAN)
        notes = [note for note in each.notes if not (of_plan and isinstance(note, st.Validity))]
        starts_or_follows_plan = not found or isinstance(found[-1].body, st.OF_PLAN)
        if starts_or_follows_plan or not isinstance(each.body, st.Validity):
            found.append(evolve(each, notes=tuple(notes)))
    return tuple(found)


files = some.builds(
    st.File,
    some.sampled_from(LANGUAGES),
    some.lists(statements, max_size=5).map(as_read),
    some.lists(remarks, max_size=2).map(tuple),
)
