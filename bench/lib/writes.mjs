// Writes while others read: a figure gets another value every second, and once that is acknowledged no answer may be older.

import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

import { sleep } from './server.mjs'

const PERIOD = '2025'

/** Writes once a second until `done` resolves. Gives back how many were acknowledged and how many answers were stale. */
export async function writesDuring(done, { server, program, database, question, document }) {
  const options = ['write', '--indicator', question.indicator, '--territory', question.territory, '--period', PERIOD]
  const writer = spawn(program, options, { env: { ...process.env, DATABASE_URL: database }, stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => writer.on('close', resolve))
  const lines = createInterface({ input: writer.stdout })[Symbol.asyncIterator]()
  const found = { writes: 0, stale: 0, milliseconds: [] }
  const body = JSON.stringify({ operationName: 'Q2', variables: question, query: document })
  let over = false
  done.finally(() => (over = true))
  for (let value = 1; !over; value += 1) {
    const begun = performance.now()
    writer.stdin.write(`${value}\n`)
    const { value: line } = await lines.next()
    if (line !== `written ${value}`) throw new Error(`the writer said ${line}`)
    found.milliseconds.push(performance.now() - begun)
    found.writes += 1
    const { headline } = await server.data(body)
    if (headline.observation?.value !== value) found.stale += 1
    await Promise.race([sleep(Math.max(0, 1000 - (performance.now() - begun))), done])
  }
  writer.stdin.end()
  if ((await ended) !== 0) throw new Error('the writer failed')
  return found
}
