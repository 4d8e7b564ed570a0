#!/bin/sh
# The call centres of Fès: the figure that leads, with all that makes it one.
curl --silent "$BAB_URL/graphql" \
  --header "Authorization: Bearer $BAB_KEY" \
  --header 'Content-Type: application/json' \
  --data @- <<'JSON'
{
  "query": "query Headline($indicator: String!, $territory: String!) { headline(indicator: $indicator, territory: $territory) { observation { key value unit { key } period qualifier producer { name } source { publisher publishedOn url } } } }",
  "variables": { "indicator": "call_centres", "territory": "03.231" }
}
JSON
