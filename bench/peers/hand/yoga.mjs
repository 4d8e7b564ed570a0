// GraphQL Yoga over pg and DataLoader, hand-written. DATABASE_URL, PORT.

import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createSchema, createYoga } from 'graphql-yoga'

import { loaders } from './database.mjs'
import { resolvers } from './resolvers.mjs'

const typeDefs = readFileSync(new URL('schema.graphql', import.meta.url), 'utf8')
// Documents are parsed and validated once: Yoga keeps them by itself.
const yoga = createYoga({
  schema: createSchema({ typeDefs, resolvers }),
  context: loaders,
  logging: false,
  graphiql: false,
  landingPage: false,
})
createServer(yoga).listen(Number(process.env.PORT), '127.0.0.1')
