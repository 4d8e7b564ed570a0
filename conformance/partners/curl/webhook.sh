#!/bin/sh
# webhook.sh URL: has every change of the figures about call centres sent to an address of yours. The secret is shown once: keep it.
curl --silent "$BAB_URL/graphql" \
  --header "Authorization: Bearer $BAB_KEY" \
  --header 'Content-Type: application/json' \
  --data @- <<JSON
{
  "query": "mutation Create(\$input: CreateWebhookInput!) { createWebhook(input: \$input) { webhook { key state } secret userErrors { field code message } } }",
  "variables": { "input": {
    "url": "$1",
    "filter": { "concepts": ["OBSERVATION"], "observation": { "indicator": { "eq": "call_centres" } } },
    "idempotencyKey": "call-centres-1"
  } }
}
JSON
