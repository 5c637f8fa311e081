import re,pathlib
def sub(p,a,b,n=1):
    f=pathlib.Path(p); t=f.read_text(); assert t.count(a)>=1,(p,a); f.write_text(t.replace(a,b,n))
f='goalrules/report/wording.py'
sub(f,'''        counted = formula.lacking.number if formula.lacking else None
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
''','''        counted = formula.lacking.number if formula.lacking else None
        reasons = dict.fromkeys(each.reason for each in finding.without)
        said: dict[bool, list[str]] = {}
        for reason in reasons:
            names = self.listed([each.name for each in finding.without if each.reason == reason])
            why = self.say("fact", "missing-term", names=names, reason=self.say("fact", reason))
            stays = counted is not None and reason != "not applicable"
            said.setdefault(stays, []).append(why)
        for stays, some in sorted(said.items()):
            number = "" if counted is None else self.number(counted, finding.unit)
            key = "counts-as" if stays else "without"
            yield self.say("fact", key, names=self.listed(some), number=number)
''')
for l in 'sv','en': sub(f'goalrules/report/texts/explain-{l}.toml','missing-term = "{name} (','missing-term = "{names} (')
f='tests/strategies.py'
sub(f,'''formulas = some.builds(
    sx.Formula, some.sampled_from(["sum", "mean", "best", "worst"]), terms
)''','''lacking = some.builds(sx.Lacking, signed) | some.builds(
    sx.Lacking, some.none(), some.none() | numbers
)
formulas = some.builds(
    sx.Formula,
    some.sampled_from(["sum", "mean", "best", "worst"]),
    terms,
    some.none() | lacking,
)''')
f='grammar/README.md'
sub(f,'''What does not apply leaves a sum or a mean, and the others weigh more. A missing figure makes the value
missing. The value is compared exactly, unless the file has it rounded.
''','''What does not apply leaves a sum, a mean, the best and the worst, and the others weigh more. A missing figure makes the value
missing, unless the sentence goes on to say what is done with it:

| at the end of a sum, a mean, the best or the worst | in English | means |
|---|---|---|
| `, saknade utfall räknas inte med` | `, missing left out` | what is missing leaves too |
| `, saknade utfall räknas inte med, minst 3 återstår` | `, missing left out, at least 3 remain` | and without three that have a value there is none |
| `, saknade utfall räknas som 0` | `, missing counts as 0` | what is missing is taken to be 0 |

They are the words of the [policies](#policies-what-the-file-says-is-done) of a goal, said of one value; missing is a term that has no
outcome for whatever reason. The explanation names the terms that have left, or that were taken to be something, with why.
A share of nought is no number: the value is open, and told to be so. The value is compared exactly, unless the file has
it rounded ([decision 36](decisions/36-values-of-what-is-known.md)).
''')
sub(f,'''barn 82; vuxna not applicable → nöjda is green at 82.0
```
''','''barn 82; vuxna not applicable → nöjda is green at 82.0
```

```goalrules sv
goalrules 1 sv
plan "P"
gäller 2025

mål 1 "T"
  indikator a, b, c, d
    visas bara
  indikator nöjda
    = medelvärdet av a, b, c, d, saknade utfall räknas inte med, minst 3 återstår
    riktvärde minst 80
  grön om nöjda grön
```

```goalrules en
goalrules 1 en
plan "P"
valid 2025

goal 1 "T"
  indicator a, b, c, d
    shown only
  indicator nöjda
    = mean of a, b, c, d, missing left out, at least 3 remain
    target at least 80
  green when nöjda green
```

```outcomes
a 82; b 77; c 84; d missing → nöjda is green at 81
a 82; b 77; c missing; d missing → goal 1: open
a 82; b not applicable; c 84; d missing → goal 1: open
```
''')
f='CHANGELOG.md'
