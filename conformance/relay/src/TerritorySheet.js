// A thing refetched by its id, through `node`: in another language, and with more of a list that hangs on it.

import { graphql } from 'relay-runtime'

export const sheet = graphql`
  fragment TerritorySheet_territory on Territory
  @argumentDefinitions(count: { type: "Int", defaultValue: 2 }, cursor: { type: "String" }, locale: { type: "Locale", defaultValue: FR })
  @refetchable(queryName: "TerritorySheetRefetchQuery") {
    code
    name(locale: $locale)
    sites(first: $count, after: $cursor) @connection(key: "TerritorySheet_sites", filters: []) {
      edges {
        node {
          key
        }
      }
    }
  }
`

export const query = graphql`
  query TerritorySheetQuery($code: String!) {
    territory(code: $code) {
      ...TerritorySheet_territory
    }
  }
`
