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

/** Nothing may differ, descriptions and defaults included. That an input is @oneOf is told in a field of its own, not as a directive. */
async function same(told) {
  const changes = await diff(buildSchema(written), told)
  const others = changes.filter(({ message }) => !message.startsWith("Directive 'oneOf' was removed from input object"))
  assert.equal(others.map(({ message }) => message).join('\n        '), '')
}

const oneOf = (schema) =>
  Object.values(schema.getTypeMap())
    .filter(({ isOneOf }) => isOneOf)
    .map(({ name }) => name)
    .sort()

await check('introspection tells the contract', async () => same(await introspect({})))

await check('so does introspection with every option', async () => {
  const every = { specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true, oneOf: true }
  const told = await introspect(every)
  await same(told)
  assert.deepEqual(oneOf(told), oneOf(buildSchema(written)))
})

await check('/schema.graphql is the contract', async () => {
  const response = await fetch(new URL('/schema.graphql', url))
  assert.equal(await response.text(), written)
})

end()
