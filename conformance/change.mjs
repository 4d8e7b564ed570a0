// A change of the data while a server runs: for checks, and for stories of the browser, that wait to be told of one.

import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Imports the shipped data, with another number of call centres in Fès, into the database that DATABASE_URL names. */
export async function change(bab, value) {
  const folder = await mkdtemp(join(tmpdir(), 'bab-'))
  try {
    await cp(fileURLToPath(new URL('../data', import.meta.url)), folder, { recursive: true })
    const file = join(folder, 'observations.csv')
    const text = await readFile(file, 'utf8')
    const before = '2019,stated,36,exact,,cri_fes_meknes,journaleco_2020'
    if (!text.includes(before)) throw new Error(`observations.csv has no row with ${before}`)
    await writeFile(file, text.replace(before, before.replace('36', value)))
    await run(bab, ['import', folder])
  } finally {
    await rm(folder, { recursive: true })
  }
}
