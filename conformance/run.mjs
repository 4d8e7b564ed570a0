// run.mjs [BASE_URL]: the server audits of graphql-http against a live server (or BASE_URL from the environment).

import { serverAudits } from 'graphql-http'

// As many as this version of graphql-http has: fewer means that some were not run.
const EXPECTED = 61

const base = process.argv[2] ?? process.env.BASE_URL
if (!base) {
  console.error('usage: node run.mjs BASE_URL')
  process.exit(2)
}

const audits = serverAudits({ url: new URL('/graphql', base).toString() })
let failed = 0
for (const audit of audits) {
  const result = await audit.fn()
  if (result.status === 'ok') {
    console.log(`ok      ${audit.id} ${audit.name}`)
  } else {
    failed += 1
    console.log(`FAILED  ${audit.id} ${audit.name}: ${result.status}: ${result.reason}`)
  }
}
if (audits.length !== EXPECTED) {
  failed += 1
  console.log(`FAILED  ${audits.length} audits instead of ${EXPECTED}`)
}
console.log(`conformance: ${audits.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
