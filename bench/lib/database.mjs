// The synthetic databases: made once for each scale, and made again when the generator says something else.

import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'

const VIEW = readFileSync(new URL('../peers/view.sql', import.meta.url), 'utf8')

/** The text by which a filled database is known; see `world.rs`. */
const reason = (scale) => `synthetic scale ${scale}, generation 2`

export class Databases {
  constructor({ scale, server, folder, bab, bench }) {
    Object.assign(this, { scale, bab, bench })
    const name = `bab_bench_${scale.toLowerCase()}`
    this.name = name
    this.server = server
    const url = new URL(server)
    url.pathname = `/${name}`
    // Drivers differ in what they do of themselves: some encrypt where the server can, even on one machine.
    if (!url.searchParams.has('sslmode')) url.searchParams.set('sslmode', 'disable')
    this.postgres = url.href
    mkdirSync(folder, { recursive: true })
    this.file = join(folder, `${name}.db`)
    this.sqlite = `sqlite://${this.file}?mode=rwc`
  }

  /** Makes both databases, where they are missing, older or half-filled. */
  async prepare(engines) {
    if (engines.has('postgres')) await this.preparePostgres()
    if (engines.has('sqlite')) this.prepareSqlite()
  }

  async preparePostgres() {
    const server = await connected(this.server)
    const { rowCount } = await server.query('SELECT FROM pg_database WHERE datname = $1', [this.name])
    if (rowCount === 0 || !(await this.isFilled())) {
      await server.query(`DROP DATABASE IF EXISTS ${this.name} WITH (FORCE)`)
      await server.query(`CREATE DATABASE ${this.name} ENCODING 'UTF8' TEMPLATE template0`)
      this.fill(this.postgres)
    } else {
      this.migrate(this.postgres)
    }
    await server.end()
    const client = await connected(this.postgres)
    await client.query(VIEW)
    await client.end()
  }

  async isFilled() {
    const client = await connected(this.postgres)
    try {
      const { rows } = await client.query('SELECT reason FROM data_revisions ORDER BY id LIMIT 1')
      return rows[0]?.reason === reason(this.scale)
    } catch {
      return false
    } finally {
      await client.end()
    }
  }

  prepareSqlite() {
    const done = `${this.file}.done`
    const is = existsSync(done) ? readFileSync(done, 'utf8') : ''
    if (is === reason(this.scale) && existsSync(this.file)) return this.migrate(this.sqlite)
    for (const suffix of ['', '-wal', '-shm', '.done']) rmSync(this.file + suffix, { force: true })
    this.fill(this.sqlite)
    writeFileSync(done, reason(this.scale))
  }

  migrate(url) {
    execFileSync(this.bab, ['migrate'], { env: { ...process.env, DATABASE_URL: url }, stdio: ['ignore', 'ignore', 'inherit'] })
  }

  fill(url) {
    console.log(`filling ${url.replace(/:[^:@/]*@/, ':***@')}`)
    this.migrate(url)
    execFileSync(this.bench, ['generate', '--scale', this.scale], { env: { ...process.env, DATABASE_URL: url }, stdio: 'inherit' })
  }

  /** A client of the PostgreSQL database. */
  client() {
    return connected(this.postgres)
  }
}

async function connected(url) {
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
  } catch (error) {
    throw new Error(
      `no PostgreSQL at ${url.replace(/:[^:@/]*@/, ':***@')} (${error.message}): start one, and name it with a role that may create databases in BENCH_POSTGRES_URL, as in postgres://postgres@127.0.0.1/postgres`,
    )
  }
  return client
}
