// GraphQL over HTTP: the server audits of graphql-http.

import { serverAudits } from 'graphql-http'
import { report, server } from './report.mjs'

// As many as this version of graphql-http has: fewer means that some were not run.
const EXPECTED = 61

const { passed, failed, end } = report()
const audits = serverAudits({ url: server() })
for (const audit of audits) {
  const result = await audit.fn()
  const name = `${audit.id} ${audit.name}`
  if (result.status === 'ok') passed(name)
  else failed(name, `${result.status}: ${result.reason}`)
}
if (audits.length !== EXPECTED) failed('every audit', `${audits.length} audits instead of ${EXPECTED}`)
end()
