// PostGraphile 5 with its connection filter and aggregates, on Bab's tables and one view (`view.sql`), as its documentation advises for
// production: no GraphiQL, no watching, nothing logged. DATABASE_URL, PORT.

import { createServer } from 'node:http'
import { PgAggregatesPreset } from '@graphile/pg-aggregates'
import { postgraphile } from 'postgraphile'
import { makePgService } from 'postgraphile/adaptors/pg'
import { grafserv } from 'postgraphile/grafserv/node'
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber'
import { PostGraphileConnectionFilterPreset } from 'postgraphile-plugin-connection-filter'

import { POOL } from './pool.mjs'

const preset = {
  extends: [PostGraphileAmberPreset, PostGraphileConnectionFilterPreset, PgAggregatesPreset],
  pgServices: [makePgService({ connectionString: process.env.DATABASE_URL, schemas: ['public', 'bench'], poolConfig: { max: POOL } })],
  // Filters and orders on every column.
  disablePlugins: ['PgIndexBehaviorsPlugin'],
  // So that the order by head-count is the index's.
  schema: { connectionFilterRelations: true, pgOrderByNullsLast: true },
  grafserv: { graphiql: false, watch: false },
  grafast: { explain: false },
}

const handler = postgraphile(preset).createServ(grafserv)
const server = createServer()
server.on('error', (error) => {
  console.error(error)
  process.exit(1)
})
await handler.addTo(server)
server.listen(Number(process.env.PORT), '127.0.0.1')
