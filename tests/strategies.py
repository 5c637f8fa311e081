"""Hypothesis strategies for syntax: everything that a rule or a rule file can say."""

import unicodedata
from decimal import Decimal
from typing import get_args

from hypothesis import strategies as some

from goalrules.core.scales import COLOURS
from goalrules.language import statements as st
from goalrules.language import syntax as sx
from goalrules.language.keywords import LANGUAGES, words

LETTERS = "abvxyzåäöéÅÄÖ"
TANGLED = LETTERS + " 019.,;#\"“”«'()-–%≥±/_§€\u00a0\u0301🙂"
"""Characters that mean something outside a text, among them one that composes with a letter."""

PHRASES = sorted({phrase for language in LANGUAGES for phrase in words(language).meanings})

words_of_letters = some.text(LETTERS + "0123456789", min_size=1, max_size=6)
bare_names = some.lists(words_of_letters, min_size=1, max_size=3).map("-".join)
numbered = some.sampled_from(["1", "2", "1.1", "1.1.2", "0,5", "KF1", "007", "11 700", "1" * 70])
texts = some.text(TANGLED, max_size=8).map(lambda text: unicodedata.normalize("NFC", text))
spellings = bare_names | numbered | some.sampled_from(PHRASES) | texts

names = some.builds(sx.Name, spellings)
levels = some.sampled_from(COLOURS.levels).map(sx.Name) | names
heads = some.sampled_from(COLOURS.levels).map(sx.Name) | some.builds(
    sx.Name, some.text(LETTERS, min_size=1, max_size=6).filter(lambda text: text not in PHRASES)
)
"""The levels that a clause can begin with: words, since a text in quotes ends the one before."""

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
scopes = some.builds(sx.Scope, lists_of_names, some.booleans()) | some.builds(
    sx.Scope, size=some.none() | numbers
)
predicates = some.builds(sx.Level, levels) | some.builds(sx.Met)
included = some.builds(sx.Included, lists_of_names, some.none() | numbers)
rests = some.lists(some.builds(sx.Rest, levels), max_size=2).map(tuple)

counts = some.builds(
    sx.Count, quantities, scopes, predicates, some.lists(included, max_size=2).map(tuple), rests
)
singles = some.builds(sx.Single, names, predicates, some.booleans(), rests)
facts = some.builds(sx.Fact, some.sampled_from(get_args(sx.FactName)))
conditions: some.SearchStrategy[sx.Condition] = some.recursive(
    counts | singles | facts,
    lambda inner: some.builds(
        sx.Joined,
        some.sampled_from(["and", "or"]),
        some.lists(inner, min_size=2, max_size=3).map(tuple),
    ),
    max_leaves=6,
)

# Targets

aims = some.one_of(
    some.builds(sx.Bound, some.sampled_from(["at least", "at most"]), signed),
    some.builds(sx.Within, numbers),
    some.builds(sx.Range, signed, signed),
    some.builds(sx.Change, some.sampled_from(["increase", "decrease", "maintain"]), some.none()),
    some.builds(sx.Change, some.sampled_from(["increase", "decrease"]), numbers),
    some.builds(sx.PartsReached),
)
dated_aims = some.builds(sx.DatedAim, aims, some.none() | years)

# Statements

periods = some.none() | some.sampled_from(get_args(st.PeriodClass))
bodies: some.SearchStrategy[st.Body] = some.one_of(
    some.builds(st.PlanHead, texts, texts),
    some.builds(st.Validity, signed.map(abs), years),
    some.builds(st.Document, names, texts),
    some.builds(st.AssessIndicators),
    some.builds(st.Stating, facts, some.booleans()),
    some.builds(st.Area, texts),
    some.builds(st.Focus, texts, some.just(()) | lists_of_names),
    some.builds(st.GoalHead, some.sampled_from(["goal", "contribution"]), names, texts),
    some.builds(st.FollowedUp),
    some.builds(st.MetFrom, levels),
    some.builds(st.Group, names, lists_of_names),
    some.builds(st.Group, names, reported=some.just(value=True)),
    some.builds(st.Indicator, names, texts),
    some.builds(st.Parts, lists_of_names),
    some.builds(st.Parts, reported=some.just(value=True)),
    some.builds(st.Unit, texts | some.just("%")),
    some.builds(st.Better, some.sampled_from(["higher", "lower"])),
    some.builds(st.Baseline, signed, period=texts),
    some.builds(st.Baseline, some.none(), texts, texts),
    some.builds(st.Target, some.lists(dated_aims, min_size=1, max_size=3).map(tuple)),
    some.builds(st.DataSource, texts),
    some.builds(st.When, heads, conditions, periods),
    some.builds(st.Otherwise, levels, periods),
    some.builds(st.SameAs, names, periods),
)

remarks = texts.map(str.strip)
comments = some.builds(st.Comments, some.lists(remarks, max_size=2).map(tuple), remarks)
notes: some.SearchStrategy[st.Note] = some.builds(
    st.According, names, some.sampled_from(["section", "appendix"]), texts, comments
) | some.builds(st.Interpretation, some.lists(texts, min_size=1, max_size=3).map(tuple), comments)
statements = some.builds(st.Statement, bodies, some.lists(notes, max_size=2).map(tuple), comments)
files = some.builds(
    st.File,
    some.sampled_from(LANGUAGES),
    some.lists(statements, max_size=5).map(tuple),
    some.lists(remarks, max_size=2).map(tuple),
)
