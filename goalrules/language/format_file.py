"""A rule file as text, in either language: each statement in its one canonical form.

Names, titles and comments are kept as they are; `parse(format(file)) == file`.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import assert_never

from goalrules.language import statements as st
from goalrules.language import syntax as sx
from goalrules.language.format import FACTS, Format, formatter
from goalrules.language.parser import VERSION
from goalrules.language.statements import File, Note, Statement

HEADS = (st.AssessIndicators, st.Area, st.GoalHead)
"""The statements that a blank line stands before."""

INNER = (st.Parts, st.Unit, st.Better, st.Baseline, st.Target, st.DataSource)
OUTER = (st.PlanHead, st.Validity, st.Document, st.Focus, *HEADS)
INDENT = "  "


def format_file(file: File, language: str | None = None) -> str:
    """The text of a rule file, in its own language or in another."""
    language = language or file.language
    writer = formatter(language)
    lines = [f"goalrules {VERSION} {language}", ""]
    for statement in file.statements:
        if isinstance(statement.body, HEADS) and lines[-1]:
            lines.append("")
        lines += _statement(statement, writer)
    lines += _comments(file.comments, "")
    return "\n".join(lines) + "\n"


def _statement(statement: Statement, writer: Format) -> Iterator[str]:
    margin = INDENT * _depth(statement.body)
    yield from _comments(statement.comments.before, margin)
    yield margin + _body(statement.body, writer) + _after(statement.comments.after)
    for note in statement.notes:
        yield from _comments(note.comments.before, margin + INDENT)
        yield from _note(note, writer, margin + INDENT)


def _depth(body: st.Body) -> int:
    return 2 if isinstance(body, INNER) else int(not isinstance(body, OUTER))


def _comments(comments: Iterable[str], margin: str) -> Iterator[str]:
    yield from (f"{margin}# {comment}".rstrip() for comment in comments)


def _after(comment: str) -> str:
    return f"  # {comment}" if comment else ""


def _note(note: Note, writer: Format, margin: str) -> Iterator[str]:
    """The lines of a note; each further text of an interpretation stands under the first."""
    write = writer.words.write
    match note:
        case st.According(document, part, number):
            says_where = number or part != "section"
            where = f" {write(part.upper())} {writer.text(number)}" if says_where else ""
            lines = [f"{write('ACCORDING')} {writer.name(document.text)}{where}"]
        case st.Interpretation(texts):
            word = write("INTERPRETATION")
            first, *others = map(writer.text, texts)
            lines = [f"{word} {first}", *(f"{' ' * len(word)} {each}" for each in others)]
        case _:
            assert_never(note)
    lines[-1] += _after(note.comments.after)
    yield from (margin + line for line in lines)


def _body(body: st.Body, writer: Format) -> str:
    """The text of a statement, without its notes and comments."""
    match body:
        case st.When() | st.Otherwise() | st.SameAs():
            return _clause(body, writer)
        case st.Parts() | st.Unit() | st.Better() | st.Baseline() | st.Target() | st.DataSource():
            return _of_indicator(body, writer)
        case st.GoalHead() | st.FollowedUp() | st.MetFrom() | st.Group() | st.Indicator():
            return _of_goal(body, writer)
        case _:
            return _of_plan(body, writer)


def _clause(clause: st.Clause, writer: Format) -> str:
    write = writer.words.write
    period = f"{write(clause.period.upper())} " if clause.period else ""
    match clause:
        case st.When(level, condition):
            when = f"{writer.level(level)} {write('WHEN')}"
            return f"{period}{when} {writer.condition(condition)}"
        case st.Otherwise(level):
            return f"{period}{write('OTHERWISE')} {writer.level(level)}"
        case st.SameAs(goal):
            same = f"{write('SAME_AS')} {write('GOAL')}"
            return f"{period}{same} {writer.name(goal.text, id_=True)}"
        case _:
            assert_never(clause)


def _of_plan(
    body: st.PlanHead | st.Validity | st.Document | st.AssessIndicators | st.Stating
    | st.Area | st.Focus, writer: Format
) -> str:  # fmt: skip
    write, text = writer.words.write, writer.text
    match body:
        case st.PlanHead(title, owner):
            return f"{write('PLAN')} {text(title)}" + (f", {text(owner)}" if owner else "")
        case st.Validity(first, last):
            years = [writer.number(each) for each in dict.fromkeys((first, last))]
            return f"{write('VALID')} {'–'.join(years)}"
        case st.Document(name, title):
            return f"{write('DOCUMENT')} {writer.name(name.text)} {text(title)}"
        case st.AssessIndicators():
            return write("ASSESS")
        case st.Stating(fact, claimed):
            return f"{write(FACTS[fact.name])} {write('CLAIMED' if claimed else 'ASKED')}"
        case st.Area() | st.Focus():
            return _area(body, writer)
        case _:
            assert_never(body)


def _area(area: st.Area | st.Focus, writer: Format) -> str:
    write, title = writer.words.write, writer.text(area.title)
    if isinstance(area, st.Area):
        return f"{write('AREA')} {title}"
    through = f" {write('THROUGH')} {writer.goals(area.goals)}" if area.goals else ""
    return f"{write('FOCUS')} {title}{through}"


def _of_goal(
    body: st.GoalHead | st.FollowedUp | st.MetFrom | st.Group | st.Indicator, writer: Format
) -> str:
    write = writer.words.write
    match body:
        case st.GoalHead(kind, name, title):
            return f"{write(kind.upper())} {writer.name(name.text, id_=True)} {writer.text(title)}"
        case st.FollowedUp():
            return write("FOLLOWED_UP")
        case st.MetFrom(level):
            return f"{write('MET_FROM')} {writer.level(level)}"
        case st.Group(name, members, reported):
            inside = write("AS_REPORTED") if reported else writer.names(members)
            return f"{write('GROUP')} {writer.name(name.text)} {inside}"
        case st.Indicator(name, title):
            head = f"{write('INDICATOR')} {writer.name(name.text)}"
            return head + (f" {writer.text(title)}" if title else "")
        case _:
            assert_never(body)


def _of_indicator(
    body: st.Parts | st.Unit | st.Better | st.Baseline | st.Target | st.DataSource, writer: Format
) -> str:
    write, text = writer.words.write, writer.text
    match body:
        case st.Parts(names, reported):
            inside = write("AS_REPORTED") if reported else writer.names(names)
            return f"{write('PARTS')} {inside}"
        case st.Unit(unit):
            return f"{write('UNIT')} {'%' if unit == '%' else text(unit)}"
        case st.Better(side):
            return write(f"{side.upper()}_BETTER")
        case st.Baseline(number, words, period):
            start = text(words) if number is None else _signed(number, writer)
            as_of = f" {write('AS_OF')} {text(period)}" if period else ""
            return f"{write('BASELINE')} {start}{as_of}"
        case st.Target(aims):
            return f"{write('TARGET')} {'; '.join(_dated(each, writer) for each in aims)}"
        case st.DataSource(source):
            return f"{write('SOURCE')} {text(source)}"
        case _:
            assert_never(body)


def _dated(dated: sx.DatedAim, writer: Format) -> str:
    year = f"{writer.number(dated.year)} " if dated.year is not None else ""
    return year + aim_text(dated.aim, writer)


def aim_text(aim: sx.Aim, writer: Format) -> str:
    """What is aimed at, as text."""
    write = writer.words.write
    match aim:
        case sx.Bound(side, number):
            return f"{write(side.replace(' ', '_').upper())} {_signed(number, writer)}"
        case sx.Within(number):
            return f"{write('WITHIN')} ±{writer.number(number)}"
        case sx.Range(low, high):
            return _range(low, high, writer)
        case sx.Change(direction, percent):
            by = f" {write('BY')} {writer.number(percent)} %" if percent is not None else ""
            return write(direction.upper()) + by
        case sx.PartsReached():
            return write("ALL_PARTS_REACHED")
        case _:
            assert_never(aim)


def _range(low: Decimal, high: Decimal, writer: Format) -> str:
    if not low.is_signed() and not high.is_signed():
        return f"{writer.number(low)}–{writer.number(high)}"
    write = writer.words.write
    ends = f"{_signed(low, writer)} {write('AND')} {_signed(high, writer)}"
    return f"{write('BETWEEN')} {ends}"


def _signed(number: Decimal, writer: Format) -> str:
    return writer.number(number).replace("-", "\u2212")
