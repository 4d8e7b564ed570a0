#!/bin/sh
# export.sh [CURSOR]: every site, one line each; with the cursor of the last whole line that came, those after it.
curl --silent --show-error --fail-with-body --compressed "$BAB_URL/export" \
  --header "Authorization: Bearer $BAB_KEY" \
  --header 'Content-Type: application/json' \
  --header "Accept: ${BAB_FORMAT:-application/jsonl}" \
  --data @- <<JSON
{
  "query": "query Export(\$first: Int!, \$after: String) { sites(first: \$first, after: \$after) { pageInfo { hasNextPage endCursor } edges { cursor node { key organisation { name } territory { code } } } } }",
  "variables": { "after": ${1:+\"}${1:-null}${1:+\"} }
}
JSON
