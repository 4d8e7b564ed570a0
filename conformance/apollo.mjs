// Apollo Client: its normalised cache, its pages and its errors, against the server.

import { ApolloClient, ApolloLink, CombinedGraphQLErrors, gql, HttpLink, InMemoryCache } from '@apollo/client'
import { relayStylePagination } from '@apollo/client/utilities'
import { buildSchema, isInterfaceType } from 'graphql'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { report, server } from './report.mjs'

const uri = server()
const { check, end } = report()
const schema = buildSchema(readFileSync(new URL('../schema/schema.graphql', import.meta.url), 'utf8'))

/** The types behind each interface, which the cache needs to match fragments. */
const possibleTypes = Object.fromEntries(
  Object.values(schema.getTypeMap())
    .filter(isInterfaceType)
    .map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]),
)

/** A client with an empty cache, and the requests it sent. */
function client(options = {}) {
  const sent = []
  const recorded = async (address, init) => {
    const response = await fetch(address, init)
    sent.push({ method: init.method, status: response.status, type: response.headers.get('content-type') })
    return response
  }
  const cache = new InMemoryCache({
    possibleTypes,
    typePolicies: { Query: { fields: { organisations: relayStylePagination(['filter', 'orderBy']) } } },
  })
  const link = ApolloLink.from([new HttpLink({ uri, fetch: recorded, ...options })])
  return { apollo: new ApolloClient({ cache, link }), sent }
}

const PARKS = gql`
  query Parks($filter: ParkFilter) {
    parks(filter: $filter, orderBy: [{ field: KEY }]) {
      nodes {
        id
        key
        areaHa {
          value
          unit {
            id
            symbol
          }
        }
      }
    }
  }
`
const PARK = gql`
  query Park($key: String!) {
    park(key: $key) {
      id
      name
      territory {
        id
        code
      }
    }
  }
`
const ORGANISATIONS = gql`
  query Organisations($after: String, $first: Int, $filter: OrganisationFilter) {
    organisations(first: $first, after: $after, filter: $filter, orderBy: [{ field: NAME }]) {
      totalCount
      edges {
        cursor
        node {
          id
          name
        }
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
`

await check('what two queries say of one thing is one record of the cache, by its id', async () => {
  const { apollo } = client()
  const { data } = await apollo.query({ query: PARKS, variables: { filter: { key: { eq: 'fes_shore' } } } })
  await apollo.query({ query: PARK, variables: { key: 'fes_shore' } })
  const records = apollo.cache.extract()
  const park = records[`Park:${data.parks.nodes[0].id}`]
  assert.equal(park.key, 'fes_shore')
  assert.equal(park.name, 'Fès Shore')
  assert.equal(park.territory.__ref, `Territory:${Buffer.from('territory:03.231').toString('base64url')}`)
})

await check('units are records too', async () => {
  const { apollo } = client()
  await apollo.query({ query: PARKS })
  const unit = `Unit:${Buffer.from('unit:ha').toString('base64url')}`
  assert.ok(apollo.cache.extract()[unit], `${unit} is not in the cache`)
})

await check('a query asked again is answered from the cache', async () => {
  const { apollo, sent } = client()
  const first = await apollo.query({ query: PARK, variables: { key: 'fes_shore' } })
  const second = await apollo.query({ query: PARK, variables: { key: 'fes_shore' } })
  assert.deepEqual(second.data, first.data)
  assert.equal(sent.length, 1)
})

await check('relayStylePagination joins the pages, each row once', async () => {
  const { apollo } = client()
  const variables = { first: 3, filter: { kind: 'UNIVERSITY' } }
  const watched = apollo.watchQuery({ query: ORGANISATIONS, variables })
  const following = watched.subscribe({})
  let { data } = await apollo.query({ query: ORGANISATIONS, variables })
  while (data.organisations.pageInfo.hasNextPage) {
    const { endCursor } = data.organisations.pageInfo
    data = (await watched.fetchMore({ variables: { after: endCursor } })).data
    assert.notEqual(data.organisations.pageInfo.endCursor, endCursor, 'the next page is another one')
  }
  const joined = apollo.readQuery({ query: ORGANISATIONS, variables }).organisations
  following.unsubscribe()
  const ids = joined.edges.map(({ node }) => node.id)
  assert.ok(ids.length > 3)
  assert.equal(new Set(ids).size, ids.length)
  assert.equal(ids.length, joined.totalCount)
})

await check('fragments on Node match by possibleTypes', async () => {
  const { apollo } = client()
  const query = gql`
    query Found($text: String!) {
      search(text: $text, kinds: [PARK]) {
        node {
          id
          ... on Park {
            name
          }
        }
      }
    }
  `
  const { data } = await apollo.query({ query, variables: { text: 'فاس شور' } })
  assert.equal(data.search[0].node.name, 'Fès Shore')
})

await check('an error of a field has a code, a place and a request id', async () => {
  const { apollo } = client()
  const error = await apollo.query({ query: ORGANISATIONS, variables: { first: 1000 } }).catch((error) => error)
  assert.ok(CombinedGraphQLErrors.is(error), String(error))
  const [first] = error.errors
  assert.equal(first.extensions.code, 'BAD_USER_INPUT')
  assert.deepEqual(first.path, ['organisations'])
  assert.match(first.extensions.requestId, /\S/)
})

await check('errorPolicy "all" keeps what was answered beside the error', async () => {
  const { apollo } = client()
  const query = gql`
    query Both($indicator: String!) {
      park(key: "fes_shore") {
        id
        name
      }
      headline(indicator: $indicator) {
        rule
      }
    }
  `
  const { data, error } = await apollo.query({ query, variables: { indicator: 'nothing' }, errorPolicy: 'all' })
  assert.equal(data.park.name, 'Fès Shore')
  assert.equal(data.headline, null)
  assert.equal(error.errors[0].extensions.code, 'NOT_FOUND')
})

await check('a document that does not fit is 400, and its error is read all the same', async () => {
  const { apollo, sent } = client()
  const query = gql`
    query Nothing {
      nothing
    }
  `
  const error = await apollo.query({ query }).catch((error) => error)
  assert.ok(CombinedGraphQLErrors.is(error), String(error))
  assert.equal(error.errors[0].extensions.code, 'BAD_USER_INPUT')
  assert.equal(sent[0].status, 400)
  assert.match(sent[0].type, /^application\/graphql-response\+json/)
})

await check('queries go by GET where that is asked, mutations by POST all the same', async () => {
  const { apollo, sent } = client({ useGETForQueries: true })
  const { data } = await apollo.query({ query: PARK, variables: { key: 'fes_shore' } })
  assert.equal(data.park.name, 'Fès Shore')
  const mutation = gql`
    mutation Report($input: ReportAnswerInput!) {
      reportAnswer(input: $input) {
        userErrors {
          code
        }
      }
    }
  `
  const reported = await apollo.mutate({ mutation, variables: { input: { problem: 'OTHER' } } })
  assert.equal(reported.data.reportAnswer.userErrors[0].code, 'REQUIRED')
  assert.deepEqual(sent.map(({ method }) => method), ['GET', 'POST'])
})

end()
