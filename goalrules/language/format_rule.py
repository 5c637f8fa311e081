"""The rule of a goal as text, in either language: clauses, limits, remarks, policies, points."""

from typing import assert_never

from goalrules.language import statements as st
from goalrules.language import syntax as sx
from goalrules.language.format import Format, is_number


def clause_text(clause: st.Clause | st.Limit | st.Remark, writer: Format) -> str:
    """A clause, a limit or a remark as text."""
    write = writer.words.write
    if isinstance(clause, st.Remark):
        word = f"{write('REMARK')} {writer.text(clause.text)} {write(clause.word.upper())}"
        return f"{word} {writer.condition(clause.condition) if clause.condition else write('MET')}"
    period = f"{write(clause.period.upper())} " if clause.period else ""
    return period + _rule(clause, writer)


def _rule(clause: st.Clause | st.Limit, writer: Format) -> str:
    write = writer.words.write
    match clause:
        case st.When(level, condition):
            return f"{writer.place(level)} {write('WHEN')} {writer.condition(condition)}"
        case st.Otherwise(level):
            return f"{write('OTHERWISE')} {writer.place(level)}"
        case st.SameAs(goal):
            same = f"{write('SAME_AS')} {write('GOAL')}"
            return f"{same} {writer.name(goal.text, id_=True)}"
        case st.Extreme():
            return extreme_text(clause, writer)
        case st.Limit():
            return limit_text(clause, writer)
        case _:
            assert_never(clause)


def extreme_text(extreme: st.Extreme, writer: Format) -> str:
    """That the level is the best or the worst of some, as text."""
    write = writer.words.write
    among = extreme.scope
    named = writer.goals(among.names) if among.goals else writer.names(among.names)
    whole = named if among.names else write("ALL")
    if extreme.but:
        return f"{write('WORST_BUT')} {writer.number(extreme.but)} {write('OF')} {whole}"
    return f"{write(f'{extreme.kind.upper()}_OF')} {whole}"


def limit_text(limit: st.Limit, writer: Format) -> str:
    """A cap or a floor as text."""
    write = writer.words.write
    side = write("AT_MOST" if limit.kind == "cap" else "AT_LEAST")
    head = f"{side} {writer.place(limit.level)} {write(limit.word.upper())}"
    return f"{head} {writer.condition(limit.condition)}"


def members_text(body: st.Policy | st.Requires | st.Points | st.Overall, writer: Format) -> str:
    """What is said of members before the rule is used, and of judgements beside it."""
    write = writer.words.write
    match body:
        case st.Policy():
            return f"{write(body.of.replace(' ', '_').upper())}: {policy_text(body, writer)}"
        case st.Requires(count):
            return f"{write('REQUIRES')} {writer.condition(count)}"
        case st.Points(points, own):
            worth = ", ".join(_worth(each, writer) for each in points)
            return f"{write('OWN_POINTS' if own else 'POINTS')} {worth}"
        case st.Overall(periods):
            return f"{write('OVERALL')} {', '.join(write(each.upper()) for each in periods)}"
        case _:
            assert_never(body)


def _worth(point: sx.Point, writer: Format) -> str:
    """What a level is worth; a number in quotes, since `4 100` would be read as one number."""
    text = point.level.text
    level = writer.text(text) if is_number(text) else writer.level(point.level)
    return f"{level} {writer.signed(point.number)}"


def policy_text(policy: st.Policy, writer: Format) -> str:
    """How a member is taken, as text."""
    write = writer.words.write
    if policy.level:
        return f"{write('COUNTS_AS')} {writer.place(policy.level)}"
    if policy.instead:
        return f"{write('REPLACED_BY')} {writer.name(policy.instead.text)}"
    if policy.remain is None:
        return write("LEFT_OUT")
    least = f"{write('AT_LEAST')} {writer.number(policy.remain)} {write('REMAIN')}"
    return f"{write('LEFT_OUT')}, {least}"
