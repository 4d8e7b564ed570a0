// graphql-codegen: the client preset over every document that is shipped, then the TypeScript compiler over a program that uses it.

import { generate } from '@graphql-codegen/cli'
import { preset } from '@graphql-codegen/client-preset'
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { report } from './report.mjs'

const { check, end } = report()
const path = (name) => fileURLToPath(new URL(name, import.meta.url))
const generated = path('typescript/generated')
rmSync(generated, { recursive: true, force: true })

const config = {
  // A scalar that is not named here ends the run: "any" would hide what it is.
  strictScalars: true,
  scalars: {
    DateTime: '../../scalars.js#DateTime',
    JSON: 'unknown',
    PartialDate: '../../scalars.js#PartialDate',
    ReferencePeriod: '../../scalars.js#ReferencePeriod',
  },
  useTypeImports: true,
  enumsAsTypes: true,
}
// chart.graphql has a fragment of the same name as ask.graphql, and the bot operations of the same names as the terminal, so they are
// projects of their own.
const projects = {
  shipped: ['schema/examples/*.graphql', 'schema/ask.graphql', 'schema/report.graphql', 'schema/correct.graphql', 'schema/answer.graphql', 'schema/webhook.graphql', 'schema/health.graphql', 'crates/cli/documents/*.graphql', 'conformance/typescript/program.ts'],
  chart: ['schema/chart.graphql'],
  pages: ['schema/pages/**/*.graphql'],
  telegram: ['crates/bot/documents/*.graphql'],
}

for (const [project, documents] of Object.entries(projects)) {
  await check(`the client preset writes the project "${project}"`, async () => {
    const generates = { [`${generated}/${project}/`]: { preset, config } }
    await generate({ cwd: path('..'), schema: 'schema/schema.graphql', documents, generates, silent: true, noSilentErrors: true }, true)
  })
}

await check('every example has a typed document', () => {
  const written = readFileSync(`${generated}/shipped/graphql.ts`, 'utf8')
  const examples = readdirSync(path('../schema/examples')).filter((name) => name.endsWith('.graphql'))
  for (const name of examples) {
    const text = readFileSync(path(`../schema/examples/${name}`), 'utf8')
    const operation = text.match(/^(?:query|mutation|subscription) (\w+)/m)?.[1]
    assert.ok(operation, `${name} has no named operation`)
    assert.ok(written.includes(`export const ${operation}Document =`), `${name}: no ${operation}Document was written`)
  }
})

await check('tsc takes the program and refuses its mistakes', () => {
  try {
    execFileSync(process.execPath, [path('node_modules/typescript/bin/tsc'), '--project', path('typescript')], {
      encoding: 'utf8',
      stdio: 'pipe',
    })
  } catch (error) {
    assert.fail(`${error.stdout}${error.stderr}`)
  }
})

end()
