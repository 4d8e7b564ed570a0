"""The first hour: a figure with all that makes it one, a list to its end, an error."""

import os
from typing import Any

import httpx
from bab_client import Bab, Cited, GraphQLClientGraphQLMultiError, Qualifier
from patience import Patience

SIGNS = {
    Qualifier.EXACT: "",
    Qualifier.APPROXIMATE: "about ",
    Qualifier.AT_LEAST: "at least ",
    Qualifier.AT_MOST: "at most ",
    Qualifier.TARGET: "target: ",
}


def line(figure: Cited) -> str:
    number = f"{SIGNS[figure.qualifier]}{figure.value:.15g} {figure.unit.key} ({figure.period or 'undated'})"
    place = figure.territory.name if figure.territory else "the world"
    who = f"measured by {figure.producer.name}, " if figure.producer else ""
    return f"{number}, {place}: {who}{figure.source.publisher}, {figure.source.published_on}"


# Any: the generated client names fewer parameters of httpx than there are, which mypy would not take.
http: Any = httpx.Client(headers={"Authorization": f"Bearer {os.environ['BAB_KEY']}"}, transport=Patience())
with Bab(f"{os.environ['BAB_URL']}/graphql", http_client=http) as bab:
    headline = bab.headline(indicator="call_centres", territory="03.231").headline
    if headline and headline.observation:
        print(line(headline.observation))
        print("known of", ", ".join(figure.period or "?" for figure in headline.series))

    communes: list[Cited] = []
    after: str | None = None
    while True:
        page = bab.communes(first=100, after=after).observations
        communes.extend(page.nodes)
        after = page.page_info.end_cursor
        if not page.page_info.has_next_page:
            break
    print(f"{len(communes)} communes; first {line(communes[0])}")

    try:
        bab.headline(indicator="call_centers", territory="03.231")
    except GraphQLClientGraphQLMultiError as failure:
        for error in failure.errors:
            print(f"{(error.extensions or {})['code']}: {error.message}")
