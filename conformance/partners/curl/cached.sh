#!/bin/sh
# The same question twice: the second time the server only says that nothing has changed.
parks() {
  curl --silent --get "$BAB_URL/graphql" --data-urlencode 'query={ parks { totalCount } }' --output parks.json --write-out '%{http_code}\n' "$@"
}
parks --etag-save parks.etag
parks --etag-compare parks.etag
