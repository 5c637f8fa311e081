"""`goalrules influence`: in how many possible outcomes each member decides."""

import argparse

from goalrules.commands.output import DONE, FAULTS, put_answer, refused
from goalrules.commands.usage import GOALS, RULES, Command, Usage, argument, output

COMMAND = Command(
    help="count in how many possible outcomes each indicator decides",
    overview=(
        Usage("RULES", "in how many possible outcomes each indicator decides"),
        Usage("REGLER", "i hur många möjliga utfall varje indikator avgör"),
    ),
    arguments=(
        RULES,
        argument(
            "--year", metavar="YEAR", type=int, help="the rules of this year (default: the first)"
        ),
        GOALS,
        *output("text", "json"),
    ),
    document="answers.influence_result:InfluenceReport",
)


def run(options: argparse.Namespace) -> int:
    """Write the influence of every member, or tell what is wrong with the rules."""
    from goalrules.commands.loading import rules_in
    from goalrules.refusal import GoalrulesError

    language = options.lang
    try:
        rules = rules_in(options.rules, options.year)
        language = language or rules.language
        found = rules.influence(options.goal)
    except GoalrulesError as error:
        return refused(error, options.format, language)
    uncounted = any(each.limit for each in found.goals)
    return put_answer(found, options, language) or (FAULTS if uncounted else DONE)
