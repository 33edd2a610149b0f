"""Renders the corpus with Jinja2, in the environment that the reference implementation has.

    python test/jinja/oracle.py

Needs openai-chatkit (test/conformance/oracle/requirements.txt). Writes corpus/expected.json for the
templates of corpus/*.widget and corpus/texts.json, and corpus/random.json with made-up expressions.
What raises is recorded as null: there are no two engines with the same words for what went wrong.
"""

import json
import random
import re
from pathlib import Path

from chatkit.widgets import _jinja_env

CORPUS = Path(__file__).parent / "corpus"


def render(template, data):
    try:
        return _jinja_env.from_string(template).render(**json.loads(json.dumps(data)))
    except Exception:
        return None


def write(name, value):
    (CORPUS / name).write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def expected():
    widgets = {}
    for path in sorted(CORPUS.glob("*.widget")):
        definition = json.loads(path.read_text(encoding="utf-8"))
        widgets[path.name] = [render(definition["template"], data) for data in definition["examples"]]
    texts = json.loads((CORPUS / "texts.json").read_text(encoding="utf-8"))
    return {"widgets": widgets, "texts": {
        title: [render(template, data) for template, *data in cases for data in [data[0] if data else {}]]
        for title, cases in texts.items()
    }}


DATA = {
    "a": 3, "b": -7, "f": 2.5, "g": -0.125, "zero": 0,
    "s": "Hello big World", "t": "<b>it's & so</b>", "e": "", "u": "é😀x", "num": "42",
    "xs": [3, 1, 2], "ys": [], "zs": ["b", "A", "c"], "mixed": [1, "x", None, True],
    "d": {"k": 1, "z": "q", "A": None}, "n": None, "yes": True, "no": False,
    "rows": [
        {"id": "r1", "name": "Zoë", "price": 9.5, "tags": ["x", "y"], "open": True},
        {"id": "r2", "name": "amy", "price": 12, "tags": [], "open": False},
        {"id": "r3", "name": "Bob", "price": 9.5, "tags": ["x"], "open": True},
    ],
}

LITERALS = ["0", "1", "2", "-3", "10", "1.0", "0.5", "'x'", "'a b'", "\"it's\"", "''", "true", "false", "none",
            "[]", "{}", "[1, 2]", "(1, 2)", "{'k': 1}", "['a', 'B']"]
FILTERS = ["upper", "lower", "title", "capitalize", "trim", "length", "first", "last", "list", "sort", "reverse|list",
           "reverse", "join('-')", "join", "unique|list", "sum", "min", "max", "abs", "round", "round(1)",
           "round(2, 'floor')", "int", "int(5)", "float", "string", "default('D')", "default('D', true)", "d(0)",
           "tojson", "tojson(indent=2)", "e", "safe", "replace('l', 'L')", "replace('o', '0', 1)", "truncate(5)",
           "truncate(5, true, '…', 0)", "wordcount", "batch(2)|list", "slice(2)|list", "batch(2, 'f')|list",
           "dictsort", "items|list", "map('upper')|list", "map('string')|join(',')", "select|list", "reject|list",
           "select('string')|list", "reject('none')|list", "select('in', [1, 2, 'x'])|list", "urlencode",
           "center(9)", "indent(2)", "count", "format(1)", "sort(reverse=true)", "map(attribute='id')|list",
           "selectattr('open')|map(attribute='name')|join(', ')", "rejectattr('open')|list",
           "selectattr('price', 'gt', 10)|list", "groupby('price')", "sort(attribute='name')|map(attribute='id')|list",
           "sum(attribute='price')", "map(attribute='tags')|map('length')|list", "max(attribute='price')", "tojson|length",
           "striptags", "filesizeformat", "attr('k')", "forceescape", "first|default('none')", "select('odd')|list"]
TESTS = ["defined", "undefined", "none", "string", "number", "integer", "float", "boolean", "mapping", "sequence",
         "iterable", "true", "false", "odd", "even", "divisibleby 2", "divisibleby(3)", "eq 1", "ne('x')", "gt 0", "lt(1)",
         "in [1, 'x', none]", "sameas none", "lower", "upper", "callable", "escaped"]
METHODS = ["upper()", "lower()", "title()", "split()", "split('l')", "split('o', 1)", "strip()", "replace('o', '')",
           "startswith('H')", "endswith(('d', 'x'))", "find('o')", "count('l')", "index(1)", "get('k')", "get('nope')",
           "get('nope', 5)", "keys()|list", "values()|list", "items()|list", "isdigit()", "zfill(5)", "join(['1', '2'])",
           "append(1)", "k", "nope", "id", "rsplit(' ', 1)", "partition(' ')", "capitalize()", "swapcase()", "ljust(12)",
           "copy()", "removeprefix('He')", "format(1, 2)", "splitlines()", "title", "center(20)"]
SUBSCRIPTS = ["0", "-1", "1:", ":2", "::-1", "-2:", "1:-1", "::2", "5", "'k'", "'nope'", "9:", ":0", "none", "1.0"]
BINARY = ["+", "-", "*", "/", "//", "%", "~", "~", "and", "or", "==", "!=", "<", "<=", ">", ">=", "in", "not in"]
FORMATS = ["'%d'", "'%05.1f'", "'%s'", "'%-6s|'", "'%x'", "'%+d'", "'%e'", "'%g'", "'%r'", "'%5s'", "'%.2f%%'"]
SPECS = ["{}", "{:>6}", "{:.2f}", "{:,}", "{:05d}", "{:+.1f}", "{:^9}", "{:x}", "{!r}", "{:.1%}", "{:*<5}", "{0}{0}", "{:g}"]


def expression(rng, depth):
    deeper = lambda: expression(rng, depth - 1)
    if depth == 0 or rng.random() < 0.12:
        return rng.choice(LITERALS) if rng.random() < 0.4 else rng.choice([*DATA, "missing"])
    match rng.randrange(14):
        case 0 | 1 | 2:
            return f"({deeper()}) | {rng.choice(FILTERS)}"
        case 3 | 4:
            return f"{deeper()} {rng.choice(BINARY)} {deeper()}"
        case 5:
            return f"({deeper()}) is {rng.choice(['', '', 'not '])}{rng.choice(TESTS)}"
        case 6:
            return f"{rng.choice([*DATA, 'missing'])}[{rng.choice(SUBSCRIPTS)}]"
        case 7 | 8:
            return f"({deeper()}).{rng.choice(METHODS)}"
        case 9:
            return f"({deeper()} if {deeper()} else {deeper()})"
        case 10:
            return f"[{deeper()}, {deeper()}]"
        case 11:
            return f"{{'x': {deeper()}, 'y': {deeper()}}}"
        case 12:
            return f"{rng.choice(FORMATS)} % ({deeper()})" if rng.random() < 0.5 else f"'{rng.choice(SPECS)}'.format({deeper()})"
        case _:
            return f"{rng.choice(['not ', '-', ''])}({deeper()})"


# Addresses, classes and numbers beyond what JavaScript counts exactly: docs/templates.md names them.
UNFIT = re.compile(r"0x[0-9a-f]{6}|<class|<built-in|<Undefined|Markup\(|\d{16}", re.IGNORECASE)


def random_pairs(count, seed):
    rng = random.Random(seed)
    pairs, failures = [], 0
    while len(pairs) < count:
        template = "{{ " + expression(rng, rng.choice([1, 2, 2, 3])) + " }}"
        text = render(template, DATA)
        if text is None and failures > len(pairs) // 3:
            continue
        if text is not None and UNFIT.search(text):
            continue
        failures += text is None
        pairs.append([template, text])
    return pairs


if __name__ == "__main__":
    write("expected.json", expected())
    write("random.json", {"data": DATA, "pairs": random_pairs(800, 4)})
