import re,pathlib
def sub(p,a,b,n=1):
    f=pathlib.Path(p); t=f.read_text(); assert t.count(a)>=1,(p,a); f.write_text(t.replace(a,b,n))
f='goalrules/assess/formulas.py'
sub(f,'''    `hidden` is why it is not shown, where it is not.
    """
''','''    `hidden` is why it is not shown, where it is not. `without` are the terms without a value that
    it was worked out without, or that were taken to have the one that the formula says.
    """
''')
sub(f,'''    hidden: HiddenReason | Literal[""] = ""


def work''','''    hidden: HiddenReason | Literal[""] = ""
    without: tuple[MissingTerm, ...] = ()


def work''')
t=pathlib.Path(f).read_text()
a=t.index('    given = [(inputs['); b=t.index('    value = _value(')
t=t[:a]+'''    given = [(inputs[folded(term.name.text)], term) for term in formula.terms]
    lacking = [each for each in given if each[0].applies and each[0].number is None]
    policy = formula.lacking
    if lacking and policy is None:
        names = tuple(term.name.text for _, term in lacking)
        return Input(reason=lacking[0][0].reason, lacking=names)
    counted = policy.number if policy else None
    known = [
        (Fraction(number), Fraction(term.weight))
        for each, term in given
        if each.applies and (number := counted if each.number is None else each.number) is not None
    ]
    without = tuple(
        MissingTerm(term.name.text, each.reason if each.applies else "not applicable")
        for each, term in given
        if not each.applies or each.number is None
    )
    if policy and policy.remain is not None and len(known) < policy.remain:
        return Input(reason="too few terms", without=without)
    of_two = formula.kind in ("share", "difference")
    if not known or (of_two and len(known) < len(given)):
        if lacking:
            return Input(reason=lacking[0][0].reason, without=without)
        return Input(applies=False, reason="not applicable", without=without)
'''+t[b:]
t=t.replace('''    return Input(decimal_of(value, decimals), hidden=hidden)''','''    return Input(decimal_of(value, decimals), hidden=hidden, without=without)''')
t=t.replace('''        return Input(reason="no reference")
''','''        return Input(reason="divided by nought")
''')
t=t.replace('''from goalrules.core.vocabulary import''','''from goalrules.core.trace import MissingTerm
from goalrules.core.vocabulary import''')
t=t.replace('''An input that does not apply leaves sums, means and extremes; a missing one makes the value
missing. A quotient''','''An input that does not apply leaves sums, means and extremes. A missing one makes the value missing,
unless the formula says that it leaves too, or what it counts as. A quotient''')
pathlib.Path(f).write_text(t)
f='goalrules/core/trace.py'
sub(f,'''@frozen(slots=False)
class Observation:''','''@frozen(slots=False)
class MissingTerm:
    """A term of a worked-out value that has no value itself, and why."""

    name: Annotated[str, "The indicator by name."]
    reason: Annotated[MemberReason, "Why it has no value, or that it does not apply."]


@frozen(slots=False)
class Observation:''')
sub(f,'''    partial_terms: Annotated[''','''    without: Annotated[
        tuple[MissingTerm, ...],
        "The terms without a value that a worked-out value is worked out without, or that count as"
        " the number that its formula gives them.",
    ] = ()
    partial_terms: Annotated[''')
sub('goalrules/assess/observation.py','''        partial_terms=tuple(''','''        without=case.worked.without if case.worked else (),
        partial_terms=tuple(''')
sub('goalrules/core/vocabulary.py','''    "quorum",
]  # fmt: skip''','''    "quorum", "too few terms", "divided by nought",
]  # fmt: skip''')
sub('goalrules/assess/policies.py','''"blank", "quorum")''','''"blank", "quorum", "too few terms")''')
f='goalrules/language/validate_indicators.py'
sub(f,'''    if formula.kind in ("best", "worst") and better_side(entry) is None:''','''    remain = formula.lacking.remain if formula.lacking else None
    if remain is not None and (remain != int(remain) or not 0 < remain <= len(formula.terms)):
        size = len(formula.terms)
        yield context.at(formula.span, "remain-number", number=str(remain), size=size)
    if formula.kind in ("best", "worst") and better_side(entry) is None:''')
f='goalrules/compare/facts.py'
sub(f,'''            return formula.kind, tuple(terms) if formula.kind in IN_ORDER else frozenset(terms)''','''            listed = tuple(terms) if formula.kind in IN_ORDER else frozenset(terms)
            return formula.kind, listed, formula.lacking''')
f='goalrules/report/wording.py'
sub(f,'''            yield self.say("fact", key if value else "formula", value=value, formula=words)
''','''            yield self.say("fact", key if value else "formula", value=value, formula=words)
            yield from self._without(finding, formula)
''')
sub(f,'''    def _forecast(self, finding''','''    def _without(self, finding: Observation, formula: Formula) -> Iterator[str]:
        """The terms that have no value, each with why: that they left, or what they count as."""
        counted = formula.lacking.number if formula.lacking else None
        named: dict[bool, list[str]] = {}
        for each in finding.without:
            why = self.say("fact", each.reason)
            said = self.say("fact", "missing-term", name=each.name, reason=why)
            stays = counted is not None and each.reason != "not applicable"
            named.setdefault(stays, []).append(said)
        for stays, names in sorted(named.items()):
            number = "" if counted is None else self.number(counted, finding.unit)
            key = "counts-as" if stays else "without"
            yield self.say("fact", key, names=self.listed(names), number=number)

    def _forecast(self, finding''')
T={
'sv':('''"too few terms" = "för få värden återstår för {members}"
"divided by nought" = "värdet för {members} delas med 0"
''','''"too few terms" = "för få värden återstår"
"divided by nought" = "delas med 0"
without = "utan {names}"
counts-as = "{names} räknas som {number}"
missing-term = "{name} ({reason})"
''','''"too few terms" = "för få värden återstår: {members}"
"divided by nought" = "delas med 0: {members}"
'''),
'en':('''"too few terms" = "too few values remain for {members}"
"divided by nought" = "the value of {members} is divided by 0"
''','''"too few terms" = "too few values remain"
"divided by nought" = "divided by 0"
without = "without {names}"
counts-as = "{names} counted as {number}"
missing-term = "{name} ({reason})"
''','''"too few terms" = "too few values remain: {members}"
"divided by nought" = "divided by 0: {members}"
''')}
for l,(a,b,c) in T.items():
    f=pathlib.Path(f'goalrules/report/texts/explain-{l}.toml'); L=f.read_text().split('\n'); out=[];n=0
    for x in L:
        out.append(x)
        if x.startswith('"nothing expected"'):
            out+= (a,b,c)[n].rstrip('\n').split('\n'); n+=1
    assert n==3
    f.write_text('\n'.join(out))
