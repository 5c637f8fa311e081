"""A rule file as text, in either language: each statement in its one canonical form.

Names, titles and comments are kept as they are; `parse(format(file)) == file`.
"""

from collections.abc import Iterable, Iterator
from typing import assert_never

from goalrules.language import statements as st
from goalrules.language import syntax as sx
from goalrules.language.format import FACTS, Format, file_formatter, is_number
from goalrules.language.format_indicator import OfIndicator, format_of_indicator
from goalrules.language.format_rule import clause_text, members_text
from goalrules.language.parser import VERSION
from goalrules.language.statements import File, Note, Statement

HEADS = (st.AssessIndicators, st.Area, st.GoalHead)
"""The statements that a blank line stands before."""

OUTER = (st.PlanHead, st.Validity, st.Document, st.ScaleHead, st.Focus, *HEADS)
INDENT = "  "


def format_file(file: File, language: str | None = None) -> str:
    """The text of a rule file, in its own language or in another."""
    language = language or file.language
    scales = [each.body for each in file.statements if isinstance(each.body, st.ScaleHead)]
    levels = [level.text for scale in scales for level in scale.levels]
    writer = file_formatter(language, (each for each in levels if not is_number(each)))
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
    yield margin + body_text(statement.body, writer) + _after(statement.comments.after)
    for note in statement.notes:
        yield from _comments(note.comments.before, margin + INDENT)
        yield from _note(note, writer, margin + INDENT)


def _depth(body: st.Body) -> int:
    if isinstance(body, OfIndicator) or (isinstance(body, st.Points) and body.own):
        return 2
    return int(not isinstance(body, OUTER))


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
        case st.Validity():
            lines = [validity_text(note, writer)]
        case _:
            assert_never(note)
    lines[-1] += _after(note.comments.after)
    yield from (margin + line for line in lines)


def body_text(body: st.Body, writer: Format) -> str:
    """The text of a statement, without its notes and comments."""
    match body:
        case st.When() | st.Otherwise() | st.SameAs() | st.Extreme() | st.Limit() | st.Remark():
            return clause_text(body, writer)
        case _ if isinstance(body, OfIndicator):
            return format_of_indicator(body, writer)
        case st.Policy() | st.Requires() | st.Points() | st.Overall():
            return members_text(body, writer)
        case st.GoalHead() | st.Indicator() | st.Shared() | st.Group():
            return _member(body, writer)
        case _:
            return _of_plan(body, writer)


def _of_plan(
    body: st.PlanHead | st.Validity | st.Document | st.ScaleHead | st.AssessIndicators
    | st.Stating | st.FollowedUp | st.MetFrom | st.Area | st.Focus, writer: Format
) -> str:  # fmt: skip
    write = writer.words.write
    match body:
        case st.PlanHead() | st.Validity() | st.Document():
            return _plan(body, writer)
        case st.ScaleHead():
            return _scale(body, writer)
        case st.AssessIndicators() | st.FollowedUp():
            return write("ASSESS" if isinstance(body, st.AssessIndicators) else "FOLLOWED_UP")
        case st.MetFrom(level):
            return f"{write('MET_FROM')} {writer.place(level)}"
        case st.Stating(fact, claimed):
            return f"{write(FACTS[fact.name])} {write('CLAIMED' if claimed else 'ASKED')}"
        case st.Area() | st.Focus():
            return _area(body, writer)
        case _:
            assert_never(body)


def _plan(body: st.PlanHead | st.Validity | st.Document, writer: Format) -> str:
    """What the plan is, in which years it holds, and what it is cited from."""
    write, text = writer.words.write, writer.text
    match body:
        case st.PlanHead(title, owner):
            return f"{write('PLAN')} {text(title)}" + (f", {text(owner)}" if owner else "")
        case st.Validity():
            return validity_text(body, writer)
        case st.Document(name, title):
            return f"{write('DOCUMENT')} {writer.name(name.text)} {text(title)}"
        case _:
            assert_never(body)


def validity_text(validity: st.Validity, writer: Format) -> str:
    """In which years something holds."""
    years = dict.fromkeys((validity.first, validity.last))
    return f"{writer.words.write('VALID')} {'–'.join(map(writer.number, years))}"


def _area(area: st.Area | st.Focus, writer: Format) -> str:
    write, title = writer.words.write, writer.text(area.title)
    if isinstance(area, st.Area):
        return f"{write('AREA')} {title}"
    through = f" {write('THROUGH')} {writer.goals(area.goals)}" if area.goals else ""
    return f"{write('FOCUS')} {title}{through}"


def _scale(scale: st.ScaleHead, writer: Format) -> str:
    write = writer.words.write
    name = f" {writer.name(scale.name.text)}:" if scale.name else ""
    levels = " < ".join(map(writer.place, scale.levels))
    pairs = [
        f"{writer.place(each.level)} {write('AS')} {writer.place(each.read_as)}"
        for each in scale.reads
    ]
    reads = f" {write('READS')} {', '.join(pairs)}" if pairs else ""
    return f"{write('SCALE')}{name} {levels}{reads}"


def _member(body: st.GoalHead | st.Indicator | st.Shared | st.Group, writer: Format) -> str:
    """The head of a goal, an indicator or a group."""
    write = writer.words.write
    match body:
        case st.GoalHead(kind, name, title):
            head = f"{write(kind.upper())} {writer.name(name.text, id_=True)} {writer.text(title)}"
            return head + _on_scale(body.scale, writer)
        case st.Indicator(names, title):
            head = f"{write('INDICATOR')} {writer.names(names)}"
            titled = f" {writer.text(title)}" if title else ""
            return head + titled + _on_scale(body.scale, writer)
        case st.Shared(name, goal):
            whose = f"{write('AS_IN')} {write('GOAL')} {writer.name(goal.text, id_=True)}"
            return f"{write('INDICATOR')} {writer.name(name.text)} {whose}"
        case st.Group(name, members, reported):
            inside = write("AS_REPORTED") if reported else writer.names(members)
            return f"{write('GROUP')} {writer.name(name.text)} {inside}"
        case _:
            assert_never(body)


def _on_scale(scale: sx.Name | None, writer: Format) -> str:
    return f" {writer.words.write('ON_SCALE')} {writer.name(scale.text)}" if scale else ""
