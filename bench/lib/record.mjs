// Which statements Bab sends for each request: read in its log, and written down for the limits that send the same.

import { openSync, readSync, writeFileSync } from 'node:fs'

import { sleep } from './server.mjs'
import { SINGLE } from './workloads.mjs'

// What the server sends of its own accord.
const OF_ITS_OWN = /outbox_events|unanswered_questions|reported_answers|kept_questions|seaql_migrations|webhooks|"follows"/
// How it knows whether an answer would still be right; counted, but no part of the limits' work.
const REVISION = /data_revisions/

/** Asks everything once, one request at a time. Gives back how many statements a request of each workload takes at most. */
export async function record(server, bodies, values, file) {
  await server.start()
  const log = new Log(server.log)
  const recorded = []
  const most = {}
  try {
    await sleep(1500)
    // What is looked at once in a while, such as how rows are spread, is looked at now.
    for (const name of SINGLE) await server.data(bodies.of({ name, index: 0 }))
    await sleep(100)
    if (log.statements().length === 0) throw new Error('Bab tells no statements: the limits and the count of statements need store::statement')
    for (const name of SINGLE) {
      for (const [index, variables] of values[name].entries()) {
        log.statements()
        await server.data(bodies.of({ name, index }))
        const statements = await log.next()
        most[name] = Math.max(most[name] ?? 0, statements.length)
        recorded.push({ name, variables, statements: statements.filter(({ sql }) => !REVISION.test(sql)) })
      }
    }
  } finally {
    await server.stop()
  }
  writeFileSync(file, JSON.stringify(recorded))
  return most
}

/** The lines of a log that tell of statements. */
class Log {
  constructor(path) {
    this.file = openSync(path, 'r')
    this.rest = ''
  }

  /** The statements told since the last look. */
  statements() {
    const buffer = Buffer.alloc(1 << 16)
    for (let length; (length = readSync(this.file, buffer, 0, buffer.length, null)) > 0; ) {
      this.rest += buffer.toString('latin1', 0, length)
    }
    const lines = this.rest.split('\n')
    this.rest = lines.pop()
    return lines
      .filter((line) => line.includes('"target":"store::statement"'))
      .map((line) => JSON.parse(Buffer.from(line, 'latin1').toString('utf8')))
      .filter(({ sql }) => !OF_ITS_OWN.test(sql))
      .map(({ sql, values }) => ({ sql, values: parsed(values) }))
  }

  /** Those of the request that was just answered. */
  async next() {
    const statements = []
    for (let turn = 0; turn < 100; turn += 1) {
      statements.push(...this.statements())
      if (statements.some(({ sql }) => !REVISION.test(sql))) break
      await sleep(1)
    }
    return statements
  }
}

/** Values as Rust writes them: `Some(Values([BigInt(Some(3)), String(Some("a"))]))`. */
function parsed(text) {
  const found = (text ?? '').matchAll(/([A-Z]\w*)\((?:None|Some\(("(?:[^"\\]|\\.)*"|-?[\w.+]+)\))\)/g)
  return [...found].map(([, kind, value]) => ({ [kind]: value === undefined ? null : JSON.parse(value) }))
}
