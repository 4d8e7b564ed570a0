// The contract against the one that was last released: what breaks a partner is announced in schema/CHANGELOG.md, and what is deprecated
// stays for three months after the release that says so.

import { diff, DiffRule } from '@graphql-inspector/core'
import { buildSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType, isRequiredArgument } from 'graphql'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { report } from './report.mjs'

const MONTHS = 3

const read = (name) => readFileSync(new URL(`../schema/${name}`, import.meta.url), 'utf8')
const releasedText = read('released.graphql')
const released = buildSchema(releasedText)
const contract = buildSchema(read('schema.graphql'))
const sections = changes(read('CHANGELOG.md'))
const today = new Date()

const { check, note, end } = report()

await check('every release of the CHANGELOG has a number and a date, and what comes next stands above', () => {
  assert.equal(sections[0].version, 'Unreleased', 'the CHANGELOG begins with "## Unreleased"')
  for (const { version, date } of sections.slice(1)) {
    assert.match(version, /^\d+\.\d+\.\d+$/, `"## ${version}" is not of the form "## 1.2.3, 2027-01-31"`)
    assert.ok(date, `${version} has no date; write it as "## ${version}, 2027-01-31"`)
  }
})

await check('released.graphql is the contract of the last release', () => {
  const named = releasedText.match(/^# The contract as released with (\S+)\n/)?.[1]
  assert.equal(named, sections[1].version, `released.graphql says it is ${named}; the last release is ${sections[1].version}`)
})

const required = new Set(members(contract).filter(isRequiredArgument).map((member) => member.coordinate))
const found = await diff(released, contract, [DiffRule.simplifyChanges])
const level = (change) => (nowRequired(change) ? 'BREAKING' : change.criticality.level)
const of = (wanted) => found.filter((change) => level(change) === wanted)
note(`since ${sections[1].version}: ${of('NON_BREAKING').length} additions and the like`)
for (const change of of('DANGEROUS')) note(`dangerous: ${change.message}`)

await check('every breaking change is announced', () => {
  const silent = of('BREAKING').filter((change) => !announced(coordinate(change)))
  const advice = silent.map((change) => `${change.message}: add "- Breaking: \`${coordinate(change)}\` …" under Unreleased`)
  assert.ok(silent.length === 0, advice.join('\n        '))
})

await check('nothing goes before the day its deprecation names', () => {
  const there = new Set(members(contract).map((member) => member.coordinate))
  const early = members(released).filter(
    ({ coordinate, deprecationReason }) => deprecationReason && !there.has(coordinate) && goes(deprecationReason) > today,
  )
  assert.ok(early.length === 0, early.map(({ coordinate, deprecationReason }) => `${coordinate}: ${deprecationReason}`).join('\n        '))
})

const deprecated = members(contract).filter((member) => member.deprecationReason)
note(`deprecated: ${deprecated.length}`)
await check(`every deprecation names its day, ${MONTHS} months or more after the release that brings it`, () => {
  for (const { coordinate, deprecationReason } of deprecated) {
    const day = goes(deprecationReason)
    assert.ok(day, `${coordinate}: the reason names no day such as 2027-01-31: ${deprecationReason}`)
    const section = sections.findLast((section) => section.entries.some((entry) => says(entry, 'Deprecated', coordinate)))
    assert.ok(section, `${coordinate}: add "- Deprecated: \`${coordinate}\` …" under Unreleased in the CHANGELOG`)
    const earliest = new Date(section.date ?? today)
    earliest.setUTCMonth(earliest.getUTCMonth() + MONTHS)
    assert.ok(day >= new Date(earliest.toISOString().slice(0, 10)), `${coordinate} goes on ${text(day)}, before ${text(earliest)}`)
  }
})

end()

/** The sections of the CHANGELOG, newest first, each with its entries. */
function changes(markdown) {
  return markdown
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [heading, ...lines] = section.split('\n')
      const [version, date] = heading.split(', ')
      const entries = lines.join('\n').split(/^- /m).slice(1)
      return { version, date: date && new Date(date), entries }
    })
}

/** What a change is about, as a schema coordinate: `Type`, `Type.field`, `Type.field(argument:)`. */
function coordinate({ path, meta }) {
  return meta.argumentName || meta.removedFieldArgumentName || meta.addedArgumentName ? argument(path) : path
}

/** Whether a default was taken away that made an argument or input field optional; for graphql-inspector that is only dangerous. */
function nowRequired({ type, path, meta }) {
  if (type === 'FIELD_ARGUMENT_DEFAULT_CHANGED') return required.has(argument(path)) && meta.newDefaultValue === undefined
  if (type === 'INPUT_FIELD_DEFAULT_VALUE_CHANGED') return required.has(path) && meta.newDefaultValue === undefined
  return false
}

function argument(path) {
  const [type, field, name] = path.split('.')
  return `${type}.${field}(${name}:)`
}

function announced(coordinate) {
  return sections[0].entries.some((entry) => says(entry, 'Breaking', coordinate))
}

/** Whether an entry such as "Breaking: `Type.field` …" is of a kind and names a coordinate. */
function says(entry, kind, coordinate) {
  return entry.startsWith(`${kind}: `) && entry.includes(`\`${coordinate}\``)
}

/** The day a deprecation names. */
function goes(reason) {
  const day = reason.match(/\b\d{4}-\d{2}-\d{2}\b/)?.[0]
  return day && new Date(day)
}

function text(date) {
  return date.toISOString().slice(0, 10)
}

/** Everything that can be deprecated. */
function members(schema) {
  const all = []
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue
    if (isEnumType(type)) {
      for (const value of type.getValues()) all.push({ ...value, coordinate: `${type.name}.${value.name}` })
    } else if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) {
        all.push({ ...field, coordinate: `${type.name}.${field.name}` })
        for (const given of field.args ?? []) {
          all.push({ ...given, coordinate: `${type.name}.${field.name}(${given.name}:)` })
        }
      }
    }
  }
  return all
}
