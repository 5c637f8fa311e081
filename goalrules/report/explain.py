"""stub"""


def explain_goal(trace, language):
    return ""
