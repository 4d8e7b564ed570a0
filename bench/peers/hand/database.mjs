// Statements of the hand-written servers: prepared once for each connection, rows as they come.

import DataLoader from 'dataloader'
import pg from 'pg'

import { POOL } from '../pool.mjs'

// Numbers of 64 bits are small enough here to be numbers.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: POOL })

/** Rows of a prepared statement. */
export async function rows(name, text, values) {
  return (await pool.query({ name, text, values })).rows
}

/** A loader of rows by id: one statement for all that are asked in the same turn. */
function byId(name, text) {
  return () =>
    new DataLoader(async (ids) => {
      const found = new Map((await rows(name, text, [ids])).map((row) => [row.id, row]))
      return ids.map((id) => found.get(id) ?? null)
    })
}

const organisations = byId('organisations', 'SELECT id, key, name FROM organisations WHERE id = ANY($1::bigint[])')
const territories = byId('territories', 'SELECT id, key AS code, name_fr AS name, parent_id FROM territories WHERE id = ANY($1::bigint[])')
const sources = byId('sources', 'SELECT id, title, url FROM sources WHERE id = ANY($1::bigint[])')

/** The loaders of one request. */
export const loaders = () => ({ organisations: organisations(), territories: territories(), sources: sources() })
