import re,pathlib
def sub(p,a,b,n=1):
    f=pathlib.Path(p); t=f.read_text(); assert t.count(a)>=1,(p,a); f.write_text(t.replace(a,b,n))
sub('grammar/goalrules.lark','''?policy: LEFT_OUT ("," AT_LEAST NUMBER REMAIN)? -> left_out
       | COUNTS_AS place -> counts_as
''','''?policy: left_out
       | COUNTS_AS place -> counts_as
''')
sub('grammar/goalrules.lark','''       | REPLACED_BY name -> replaced_by
''','''       | REPLACED_BY name -> replaced_by
left_out: LEFT_OUT ("," AT_LEAST NUMBER REMAIN)?
''')
sub('grammar/goalrules.lark','''terms: term ("," term)*
term: name NUMBER?
''','''terms: term ("," term)* ("," MISSING ":"? lacking)?
term: name NUMBER?
?lacking: left_out
        | COUNTS_AS signed -> counts_as_number
''')
sub('goalrules/language/syntax.py','''FormulaKind = Literal["sum"''','''@frozen
class Lacking(Form):
    """What is done in a worked-out value with terms that are missing: they count as, or leave."""

    number: Annotated[
        Decimal | None, "The value that each is taken to have; null where they leave."
    ] = None
    remain: Annotated[
        Decimal | None,
        "How many terms have to be left for there to be a value; null where the rule does not say.",
    ] = None


FormulaKind = Literal["sum"''')
sub('goalrules/language/syntax.py','''    terms: Annotated[tuple[Term, ...], "The indicators that the value is worked out from."]
''','''    terms: Annotated[tuple[Term, ...], "The indicators that the value is worked out from."]
    lacking: Annotated[
        Lacking | None, "What is done with those that are missing; null where the rule does not say."
    ] = None
''')
sub('goalrules/language/build.py','''def _formula(kind: sx.FormulaKind) -> Callable[..., sx.Formula]:
    return lambda span, terms: sx.Formula(kind, terms, span=span)
''','''def _formula(kind: sx.FormulaKind) -> Callable[..., sx.Formula]:
    def build_formula(span: Span, said: tuple[sx.Term | sx.Lacking, ...]) -> sx.Formula:
        terms = tuple(each for each in said if isinstance(each, sx.Term))
        lacking = next((each for each in said if isinstance(each, sx.Lacking)), None)
        return sx.Formula(kind, terms, lacking, span=span)

    return build_formula
''')
sub('goalrules/language/build.py','''    "terms": tuple_of,
''','''    "terms": tuple_of,
    "left_out": lambda _, *remain: sx.Lacking(None, *map(number_of, remain)),
    "counts_as_number": lambda _, number: sx.Lacking(number),
''')
sub('goalrules/language/build.py','''    "left_out": lambda _, *remain: st.Policy("missing", None, None, *map(number_of, remain)),
''','')
sub('goalrules/language/build.py','''def _policy(of: Literal["missing", "not applicable"]) -> Callable[..., st.Policy]:
    return lambda _, policy: evolve(policy, of=of)
''','''def _policy(of: Literal["missing", "not applicable"]) -> Callable[..., st.Policy]:
    def build_policy(_: Span, policy: st.Policy | sx.Lacking) -> st.Policy:
        if isinstance(policy, sx.Lacking):
            return st.Policy(of, remain=policy.remain)
        return evolve(policy, of=of)

    return build_policy
''')
f='goalrules/language/format.py'
sub(f,'''                elif remain is None:
                    taken = write("LEFT_OUT")
                else:
                    least = f"{write('AT_LEAST')} {number(remain)} {write('REMAIN')}"
                    taken = f"{write('LEFT_OUT')}, {least}"
                return''','''                else:
                    taken = self._left_out(remain)
                return''')
sub(f,'''                terms = ", ".join(map(_line, names, weighed))
                return f"{write(f'{formula.kind.upper()}_OF')} {terms}"
''','''                terms = ", ".join([*map(_line, names, weighed), *self._lacking(formula.lacking)])
                return f"{write(f'{formula.kind.upper()}_OF')} {terms}"
''')
sub(f,'''    # Conditions

    def condition(''','''    def _lacking(self, lacking: sx.Lacking | None) -> Iterator[str]:
        """What is done with the terms of a value that are missing, as a clause of its own."""
        if lacking and lacking.number is not None:
            counted = f"{self.words.write('COUNTS_AS')} {self.signed(lacking.number)}"
            yield f"{self.words.write('MISSING')} {counted}"
        elif lacking:
            yield f"{self.words.write('MISSING')} {self._left_out(lacking.remain)}"

    def _left_out(self, remain: Decimal | None) -> str:
        write = self.words.write
        least = "" if remain is None else f", {write('AT_LEAST')} {self.number(remain)}"
        return write("LEFT_OUT") + (f"{least} {write('REMAIN')}" if least else "")

    # Conditions

    def condition(''')
