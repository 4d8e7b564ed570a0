// A list that grows by pages: `@connection` in a fragment on the root, refetched by a query that the compiler writes.

import { graphql } from 'relay-runtime'

export const list = graphql`
  fragment OrganisationList_query on Query
  @argumentDefinitions(count: { type: "Int", defaultValue: 3 }, cursor: { type: "String" }, filter: { type: "OrganisationFilter" })
  @refetchable(queryName: "OrganisationListPaginationQuery") {
    organisations(first: $count, after: $cursor, filter: $filter, orderBy: [{ field: NAME }])
      @connection(key: "OrganisationList_organisations", filters: ["filter"]) {
      totalCount
      edges {
        node {
          id
          ...OrganisationRow_organisation
        }
      }
    }
  }
`

export const query = graphql`
  query OrganisationListQuery($filter: OrganisationFilter) {
    ...OrganisationList_query @arguments(filter: $filter)
  }
`
