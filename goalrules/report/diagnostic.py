"""x"""


def plain_text(d, language, w=None):
    return " ".join(x.code for x in d)
