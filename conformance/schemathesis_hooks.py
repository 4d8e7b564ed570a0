"""What schemathesis cannot read off a GraphQL schema: ranges of arguments, keys that exist, and what an answer must look like."""

import json
import os
import re
import urllib.request
import zlib
from pathlib import Path

import graphql
import schemathesis
from hypothesis import strategies as st
from schemathesis.graphql import nodes

CONTRACT = graphql.build_schema((Path(__file__).parent / "../schema/schema.graphql").read_text(encoding="utf-8"))

CODES = {
    "BAD_USER_INPUT",
    "NOT_FOUND",
    "UNAUTHENTICATED",
    "FORBIDDEN",
    "TOO_COMPLEX",
    "RATE_LIMITED",
    "TIMEOUT",
    "CONFLICT",
}

PERIOD = re.compile(r"\d{4}(-(S[12]|Q[1-4]|\d{2}))?(/\d{4}(-(S[12]|Q[1-4]|\d{2}))?)?")
SCALARS = {
    "Boolean": lambda value: isinstance(value, bool),
    "Int": lambda value: isinstance(value, int) and not isinstance(value, bool) and -(2**31) <= value < 2**31,
    "Float": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
    "String": lambda value: isinstance(value, str),
    "ID": lambda value: isinstance(value, str),
    "JSON": lambda value: True,
    "DateTime": lambda value: isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", value),
    "PartialDate": lambda value: isinstance(value, str) and re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value),
    "ReferencePeriod": lambda value: isinstance(value, str) and PERIOD.fullmatch(value),
}

YEARS = st.integers(2000, 2030).map(str)
schemathesis.graphql.scalar("PartialDate", st.dates().map(str).flatmap(lambda day: st.sampled_from([day, day[:7], day[:4]])).map(nodes.String))
schemathesis.graphql.scalar(
    "ReferencePeriod",
    st.one_of(
        YEARS,
        st.tuples(YEARS, st.sampled_from(["-S1", "-S2", "-Q1", "-Q4", "-01", "-12"])).map("".join),
    ).map(nodes.String),
)


@schemathesis.hook
def before_call(context, case, kwargs):
    """Three of four valid documents get arguments that the data can answer; else nearly every one would end in the same few errors."""
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    chance = zlib.crc32(case.body.encode())
    if chance % 4 == 0:
        return
    case.body = graphql.print_ast(graphql.visit(graphql.parse(case.body), Tame(filtered=chance % 4 == 1)))


class Tame(graphql.Visitor):
    """Pages of 1 to 5 rows from the start, at most five terms of an order, and keys and ids that exist."""

    def __init__(self, filtered):
        super().__init__()
        self.filtered = filtered

    def enter_field(self, node, *_):
        return copied(node, arguments=tuple(filter(None, (self.argument(node.name.value, given) for given in node.arguments or ()))))

    def argument(self, field, given):
        name, value = given.name.value, given.value
        if name in ("last", "before", "after") or (name == "filter" and not self.filtered):
            return None
        if isinstance(value, graphql.NullValueNode):
            return given
        if name == "first":
            return copied(given, value=graphql.IntValueNode(value=str(int(value.value) % 5 + 1)))
        if name == "orderBy":
            return copied(given, value=copied(value, values=value.values[:5]))
        existing = examples(field, name)
        if existing:
            chosen = existing[zlib.crc32(repr(value.to_dict()).encode()) % len(existing)]
            return copied(given, value=graphql.parse_value(json.dumps(chosen)))
        return given


def copied(node, **changes):
    same = {key: getattr(node, key) for key in node.keys}
    return type(node)(**{**same, **changes})


def examples(field, argument):
    """Values that exist for an argument of a root field."""
    if argument in ("key", "code"):
        return existing().get(field, {}).get("keys", [])
    ids = [id for kind in existing().values() for id in kind["ids"]]
    known = {
        ("node", "id"): ids,
        ("nodes", "ids"): [ids[start : start + 4] for start in range(0, len(ids), 4)],
        ("headline", "indicator"): ["call_centres", "hcp_businesses", "hcp_unemployment_rate", "population"],
        ("headline", "territory"): ["03.231", "03", "MA"],
        ("population", "period"): ["2024", "2014"],
        ("headcount", "territory"): ["03.231", "03"],
        ("search", "text"): ["fes", "فاس", "centre"],
        ("ask", "question"): ["how many call centres in Fès?", "parcs à Meknès", "كم عدد مراكز الاتصال في فاس؟", "shnu kayn f fes shore"],
    }
    return known.get((field, argument), [])


def existing(found={}):
    """A few keys and ids of each kind of thing, by the name of the root field that finds it by key."""
    if not found:
        for field in CONTRACT.query_type.fields.values():
            thing = graphql.get_named_type(field.type)
            if "key" in field.args or "code" in field.args:
                lists = [other for other in CONTRACT.query_type.fields.values() if str(other.type) == f"{thing.name}Connection!"]
                if not lists:
                    # What each caller has of their own is a plain list, empty for whoever asks here.
                    continue
                rows = ask(f"{{ {lists[0].ast_node.name.value}(first: 5) {{ nodes {{ id key }} }} }}")
                if rows is None:
                    # Only curators see them.
                    continue
                (answer,) = rows.values()
                found[field.ast_node.name.value] = {
                    "keys": [row["key"] for row in answer["nodes"]],
                    "ids": [row["id"] for row in answer["nodes"]],
                }
    return found


def ask(document):
    request = urllib.request.Request(
        os.environ["BASE_URL"] + "/graphql",
        data=json.dumps({"query": document}).encode(),
        headers={"content-type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=20) as response:
        return json.load(response)["data"]


def answered(response):
    """The answer as JSON, which it must be."""
    try:
        return json.loads(response.content)
    except ValueError as problem:
        raise AssertionError(f"the answer is no JSON: {problem}") from problem


@schemathesis.check
def the_server_never_fails(context, response, case):
    assert response.status_code < 500, f"status {response.status_code}"
    payload = answered(response)
    for error in payload.get("errors", []):
        extensions = error.get("extensions", {})
        code = extensions.get("code")
        assert code in CODES, f"an error with the code {code}: {error.get('message')}"
        assert extensions.get("requestId"), f"an error without a request id: {error.get('message')}"
        assert error.get("message"), "an error without a message"


@schemathesis.check
def the_answer_fits_the_contract(context, response, case):
    payload = answered(response)
    assert set(payload) <= {"data", "errors", "extensions"}, f"surplus entries: {sorted(payload)}"
    assert payload.get("errors") != [], "an empty list of errors"
    if "data" not in payload:
        assert payload.get("errors"), "neither data nor errors"
        return
    if payload["data"] is None:
        assert payload.get("errors"), "no data, and no error says why"
        return
    (operation,) = graphql.parse(case.body).definitions
    root = CONTRACT.get_root_type(operation.operation)
    problem = misfit(payload["data"], root, [operation.selection_set], "data")
    assert problem is None, problem


@schemathesis.check
def what_is_valid_is_decided_as_graphql_core_does(context, response, case):
    problems = [problem.message for problem in graphql.validate(CONTRACT, graphql.parse(case.body))]
    payload = answered(response)
    refused = "data" not in payload
    # async-graphql looks at the range of a literal only when the field is executed, and then refuses it.
    problems = [problem for problem in problems if "non 32-bit signed integer" not in problem]
    if problems:
        assert refused, f"a document was executed that is not valid: {problems[0]}"
    elif refused and case.meta is not None and case.meta.generation.mode.is_positive:
        code = payload["errors"][0]["extensions"]["code"]
        assert code == "TOO_COMPLEX", f"a valid document was refused: {payload['errors'][0]['message']}"


def misfit(value, kind, selections, path):
    """What is wrong with a value of a type, or nothing."""
    if isinstance(kind, graphql.GraphQLNonNull):
        return f"{path} is null" if value is None else misfit(value, kind.of_type, selections, path)
    if value is None:
        return None
    if isinstance(kind, graphql.GraphQLList):
        if not isinstance(value, list):
            return f"{path} is not a list"
        return next(filter(None, (misfit(item, kind.of_type, selections, f"{path}[{index}]") for index, item in enumerate(value))), None)
    if isinstance(kind, graphql.GraphQLEnumType):
        return None if value in kind.values else f"{path} is {value!r}, which {kind} has not"
    if isinstance(kind, graphql.GraphQLScalarType):
        return None if SCALARS[kind.name](value) else f"{path} is {value!r}, which is no {kind}"
    if not isinstance(value, dict):
        return f"{path} is not an object"
    if isinstance(kind, graphql.GraphQLObjectType):
        return misfit_object(value, kind, selections, path)
    problems = [misfit_object(value, possible, selections, path) for possible in CONTRACT.get_possible_types(kind)]
    return None if None in problems else f"{path} fits no type of {kind}: {problems[0]}"


def misfit_object(value, kind, selections, path):
    fields = {}
    for selection in selections:
        collect(kind, selection, fields)
    if set(fields) != set(value):
        return f"{path} has {sorted(value)} where {sorted(fields)} were asked for"
    for key, asked in fields.items():
        name = asked[0].name.value
        if name == "__typename":
            if value[key] != kind.name:
                return f"{path} is a {value[key]}, not a {kind}"
            continue
        inner = [field.selection_set for field in asked if field.selection_set]
        problem = misfit(value[key], kind.fields[name].type, inner, f"{path}.{key}")
        if problem:
            return problem
    return None


def collect(kind, selection_set, fields):
    """The fields that an object of a type answers, by their keys. The documents here have no named fragments and no directives."""
    for selection in selection_set.selections:
        if isinstance(selection, graphql.FieldNode):
            fields.setdefault((selection.alias or selection.name).value, []).append(selection)
        elif isinstance(selection, graphql.InlineFragmentNode):
            on = CONTRACT.get_type(selection.type_condition.name.value) if selection.type_condition else kind
            if on is kind or (graphql.is_abstract_type(on) and CONTRACT.is_sub_type(on, kind)):
                collect(kind, selection.selection_set, fields)
        else:
            raise AssertionError(f"a selection that this check does not know: {selection}")
