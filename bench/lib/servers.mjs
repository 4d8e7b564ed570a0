// Which servers there are, and how each is started.

import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { Server } from './server.mjs'

const peer = (file) => fileURLToPath(new URL(`../peers/${file}`, import.meta.url))

/**
 * The servers by name. `dialect` says which documents it is sent, `engine` which database it reads, `part` in which part of the run it is
 * measured; one that needs the statements of another says whose.
 */
export const SERVERS = {
  bab: { dialect: 'bab', engine: 'postgres', part: 'uncached' },
  postgraphile: { dialect: 'postgraphile', engine: 'postgres', part: 'uncached' },
  yoga: { dialect: 'bab', engine: 'postgres', part: 'uncached' },
  apollo: { dialect: 'bab', engine: 'postgres', part: 'uncached' },
  sql: { dialect: 'bab', engine: 'postgres', part: 'uncached', statementsOf: 'bab' },
  'bab-sqlite': { dialect: 'bab', engine: 'sqlite', part: 'uncached' },
  'sql-sqlite': { dialect: 'bab', engine: 'sqlite', part: 'uncached', statementsOf: 'bab-sqlite' },
  'rusqlite': { dialect: 'bab', engine: 'sqlite', part: 'uncached', statementsOf: 'bab-sqlite' },
  'bab-kept': { dialect: 'bab', engine: 'postgres', part: 'kept' },
  'bab-sqlite-kept': { dialect: 'bab', engine: 'sqlite', part: 'kept' },
  static: { dialect: 'bab', part: 'kept' },
}

/** What is said of it in the tables. */
export const LABELS = {
  bab: 'Bab',
  postgraphile: 'PostGraphile 5 (filter, aggregates)',
  yoga: 'GraphQL Yoga + pg + DataLoader',
  apollo: 'Apollo Server 5 + pg + DataLoader',
  sql: 'limit: the same SQL, no GraphQL',
  'bab-sqlite': 'Bab, SQLite',
  'sql-sqlite': 'limit: the same SQL, SQLite',
  rusqlite: 'limit: rusqlite in the handler',
  'bab-kept': 'Bab, answers kept',
  'bab-sqlite-kept': 'Bab, SQLite, answers kept',
  static: 'limit: poem, static reply',
}

/** Makes the servers; `tools` says where the programs and the databases are. */
export class Starter {
  constructor(tools) {
    Object.assign(this, tools)
  }

  make(name) {
    const { engine, part } = SERVERS[name]
    const database = engine === 'sqlite' ? this.databases.sqlite : this.databases.postgres
    const log = join(this.folder, `${name}.log`)
    const settings = { path: '/graphql', ready: '/health', log }
    if (name.startsWith('bab')) return new Server(name, { ...settings, ...this.bab(database, part === 'kept') })
    if (['sql', 'sql-sqlite', 'rusqlite', 'static'].includes(name)) return new Server(name, { ...settings, ...this.limit(name, database) })
    return new Server(name, { ...settings, ready: null, ...this.peer(name, database) })
  }

  /** Bab; with `traced` its log tells every statement. */
  bab(database, kept, traced = false) {
    return {
      command: () => [this.programs.bab, 'serve'],
      environment: (port) => ({
        DATABASE_URL: database,
        BAB_LISTEN: `127.0.0.1:${port}`,
        BAB_QUOTA_ANONYMOUS: '0',
        BAB_CACHE_MB: kept ? '64' : '0',
        RUST_LOG: traced ? 'warn,store::statement=trace' : 'warn',
        TELEGRAM_BOT_TOKEN: '',
      }),
    }
  }

  /** Bab, telling its statements. */
  traced(name) {
    const { engine } = SERVERS[name]
    const database = engine === 'sqlite' ? this.databases.sqlite : this.databases.postgres
    const log = join(this.folder, `${name}-statements.log`)
    return new Server(name, { path: '/graphql', ready: '/health', log, ...this.bab(database, false, true) })
  }

  limit(name, database) {
    const kind = { sql: 'sea-orm', 'sql-sqlite': 'sea-orm', rusqlite: 'rusqlite', static: 'static' }[name]
    const { statementsOf } = SERVERS[name]
    const statements = statementsOf ? ['--statements', this.statementsFile(statementsOf)] : []
    return {
      command: (port) => [this.programs.bench, 'limit', kind, '--listen', `127.0.0.1:${port}`, ...statements],
      environment: () => ({ DATABASE_URL: database ?? '' }),
    }
  }

  peer(name, database) {
    const file = name === 'postgraphile' ? './postgraphile.mjs' : `./hand/${name}.mjs`
    return {
      command: () => [this.programs.node, peer('processes.mjs'), file],
      environment: (port) => ({ DATABASE_URL: database, PORT: String(port), NODE_ENV: 'production', PROCESSES: String(this.processes) }),
    }
  }

  statementsFile(name) {
    return join(this.folder, `${name}-statements.json`)
  }
}
