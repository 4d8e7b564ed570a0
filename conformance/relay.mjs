// Relay: relay-compiler reads the contract and the documents of relay/src, and relay-runtime runs what it wrote against the server.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import compiler from 'relay-compiler'
import runtime from 'relay-runtime'
import { report, server } from './report.mjs'

const { commitMutation, createOperationDescriptor, Environment, fetchQuery, getSingularSelector, Network, RecordSource, Store } = runtime
const ARTIFACTS = 9

const url = server()
const { check, end } = report()
const folder = fileURLToPath(new URL('relay', import.meta.url))
const generated = `${folder}/generated`
const artifact = (name) => createRequire(import.meta.url)(`${generated}/${name}.graphql.js`)

await check('relay-compiler takes the contract, @connection, @refetchable and @arguments', () => {
  rmSync(generated, { recursive: true, force: true })
  mkdirSync(generated)
  try {
    execFileSync(compiler, ['relay.config.json'], { cwd: folder, encoding: 'utf8', stdio: 'pipe' })
  } catch (error) {
    assert.fail(`${error.stdout}${error.stderr}`)
  }
  assert.equal(readdirSync(generated).length, ARTIFACTS, 'one artifact for each query, mutation and fragment, and for each refetch')
})

/** An environment with an empty store. */
function environment() {
  const network = Network.create(async ({ text, name }, variables) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json' },
      body: JSON.stringify({ query: text, operationName: name, variables }),
    })
    return response.json()
  })
  return new Environment({ network, store: new Store(new RecordSource()) })
}

/** Runs an operation and keeps its answer from being collected. */
async function run(relay, name, variables) {
  const descriptor = createOperationDescriptor(artifact(name), variables)
  relay.retain(descriptor)
  const data = await fetchQuery(relay, artifact(name), variables).toPromise()
  return { data, descriptor }
}

/** What a fragment reads from the store. */
function read(relay, name, reference) {
  const snapshot = relay.lookup(getSingularSelector(artifact(name), reference))
  assert.equal(snapshot.isMissingData, false, `${name} finds data missing in the store`)
  return snapshot.data
}

await check('pages of a connection join in the store, each row once', async () => {
  const relay = environment()
  const filter = { kind: 'UNIVERSITY' }
  const { data } = await run(relay, 'OrganisationListQuery', { filter })
  let list = read(relay, 'OrganisationList_query', data).organisations
  assert.equal(list.edges.length, 3)
  while (list.pageInfo.hasNextPage) {
    const variables = { count: 3, cursor: list.pageInfo.endCursor, filter }
    await run(relay, 'OrganisationListPaginationQuery', variables)
    const longer = read(relay, 'OrganisationList_query', data).organisations
    assert.ok(longer.edges.length > list.edges.length, 'the next page added rows')
    list = longer
  }
  const ids = new Set(list.edges.map(({ node }) => node.id))
  assert.equal(ids.size, list.edges.length)
  assert.equal(ids.size, list.totalCount)
  const row = read(relay, 'OrganisationRow_organisation', list.edges[0].node)
  assert.equal(row.kind, 'UNIVERSITY')
})

await check('a fragment is refetched through node(id:) with other arguments, and its list goes on', async () => {
  const relay = environment()
  const { data } = await run(relay, 'TerritorySheetQuery', { code: '03.231' })
  const french = read(relay, 'TerritorySheet_territory', data.territory)
  assert.equal(french.name, 'Fès')
  const again = { id: french.id, locale: 'AR', count: 2, cursor: french.sites.pageInfo.endCursor }
  const { data: refetched } = await run(relay, 'TerritorySheetRefetchQuery', again)
  const arabic = read(relay, 'TerritorySheet_territory', refetched.node)
  assert.equal(arabic.code, french.code)
  assert.equal(arabic.name, 'فاس')
  assert.equal(arabic.sites.edges.length, french.sites.edges.length + 2)
})

await check('an interface gives each type its own fields', async () => {
  const relay = environment()
  const id = (text) => Buffer.from(text).toString('base64url')
  const { data } = await run(relay, 'NodeViewQuery', { id: id('park:fes_shore') })
  assert.deepEqual([data.node.__typename, data.node.name, data.node.territory.code], ['Park', 'Fès Shore', '03.231'])
  const { data: none } = await run(relay, 'NodeViewQuery', { id: id('park:nowhere') })
  assert.equal(none.node, null)
})

await check('a mutation gives its errors for people as data', async () => {
  const relay = environment()
  const answer = await new Promise((resolve, reject) => {
    const variables = { input: { problem: 'OTHER' } }
    commitMutation(relay, { mutation: artifact('AnswerReportMutation'), variables, onCompleted: resolve, onError: reject })
  })
  assert.equal(answer.reportAnswer.report, null)
  assert.equal(answer.reportAnswer.userErrors[0].code, 'REQUIRED')
})

await check('a request error reaches the caller with its advice', async () => {
  const relay = environment()
  const asked = run(relay, 'OrganisationListPaginationQuery', { count: 1000 })
  await assert.rejects(asked, /first and last take 0 to 100, not 1000/)
})

end()
