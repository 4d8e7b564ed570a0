// Apollo Server 5 over pg and DataLoader, hand-written. DATABASE_URL, PORT.

import { readFileSync } from 'node:fs'
import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'

import { loaders } from './database.mjs'
import { resolvers } from './resolvers.mjs'

const typeDefs = readFileSync(new URL('schema.graphql', import.meta.url), 'utf8')
// Documents are parsed and validated once: Apollo Server keeps them by itself.
const server = new ApolloServer({ typeDefs, resolvers, introspection: false, csrfPrevention: false })
await startStandaloneServer(server, {
  context: async () => loaders(),
  listen: { port: Number(process.env.PORT), host: '127.0.0.1' },
})
