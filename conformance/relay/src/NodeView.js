// Anything with an id: the interface, with what each type adds.

import { graphql } from 'relay-runtime'

export const query = graphql`
  query NodeViewQuery($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Park {
        name
        territory {
          code
        }
      }
      ... on Observation {
        value
        subject {
          id
        }
      }
    }
  }
`
