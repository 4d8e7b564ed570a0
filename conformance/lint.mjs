// The rules of graphql-eslint on the contract: all of `schema-all` and `schema-relay`, less the exceptions of eslint.config.mjs.

import { ESLint } from 'eslint'
import { buildSchema, getNamedType } from 'graphql'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { WITHOUT_ID } from './eslint.config.mjs'
import { report } from './report.mjs'

const CONTRACT = 'schema/schema.graphql'

const { passed, failed, end } = report()
const eslint = new ESLint({
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  overrideConfigFile: fileURLToPath(new URL('eslint.config.mjs', import.meta.url)),
  // A comment in the contract must not be able to turn a rule off.
  allowInlineConfig: false,
})
const { rules } = await eslint.calculateConfigForFile(CONTRACT)
const [{ messages }] = await eslint.lintFiles([CONTRACT])
const found = grouped(messages)
for (const [rule, [severity]] of Object.entries(rules)) {
  if (severity === 0) continue
  const broken = found.get(rule) ?? []
  found.delete(rule)
  if (broken.length === 0) passed(rule)
  else failed(rule, broken.map(({ line, message }) => `line ${line}: ${message}`).join('\n        '))
}
const apart = rows().filter((row) => !WITHOUT_ID.includes(row.name) && !row.getInterfaces().some(({ name }) => name === 'Node'))
if (apart.length === 0) passed('rows of connections are nodes')
else failed('rows of connections are nodes', apart.map(({ name }) => `${name} is neither a Node nor without an id`).join('\n        '))
for (const [, others] of found) failed('the contract', others.map(({ message }) => message).join('\n        '))
end()

/** The types that edges lead to. */
function rows() {
  const contract = buildSchema(readFileSync(new URL(`../${CONTRACT}`, import.meta.url), 'utf8'))
  const edges = Object.values(contract.getTypeMap()).filter(({ name }) => name.endsWith('Edge'))
  return edges.map((edge) => getNamedType(edge.getFields().node.type))
}

function grouped(messages) {
  const groups = new Map()
  for (const message of messages) groups.set(message.ruleId, [...(groups.get(message.ruleId) ?? []), message])
  return groups
}
