// What the server tells about itself is the contract: by introspection, which tools read, and as text.

import { diff } from '@graphql-inspector/core'
import { buildClientSchema, buildSchema, getIntrospectionQuery } from 'graphql'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { report, server } from './report.mjs'

const url = server()
const { check, end } = report()
const written = readFileSync(new URL('../schema/schema.graphql', import.meta.url), 'utf8')

async function introspect(options) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: getIntrospectionQuery(options) }),
  })
  const { data, errors } = await response.json()
  assert.equal(errors, undefined, JSON.stringify(errors))
  return buildClientSchema(data)
}

/** Nothing may differ, descriptions and defaults included. */
async function same(told) {
  const changes = await diff(buildSchema(written), told)
  assert.equal(changes.map(({ message }) => message).join('\n        '), '')
}

await check('introspection tells the contract', async () => same(await introspect({})))

await check('so does introspection with every option', async () => {
  const every = { specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true, oneOf: true }
  await same(await introspect(every))
})

await check('/schema.graphql is the contract', async () => {
  const response = await fetch(new URL('/schema.graphql', url))
  assert.equal(await response.text(), written)
})

end()
