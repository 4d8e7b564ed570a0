// One row of a list, with what it needs and nothing of what its list needs.

import { graphql } from 'relay-runtime'

export const row = graphql`
  fragment OrganisationRow_organisation on Organisation {
    name
    kind
    headcount {
      value
      unit {
        symbol
      }
      source {
        publisher
      }
    }
  }
`
