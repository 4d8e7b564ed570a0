// run.mjs [CHECK...]: runs every check (or those named), each a program of its own, and adds up what they counted.
// BASE_URL says where the server is, DATABASE_URL which database it has, BAB which executable it is. A check that ends badly without
// counting a failure counts as one failure.

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const CHECKS = [
  'audits',
  'introspection',
  'released',
  'lint',
  'relay',
  'codegen',
  'apollo',
  'schemathesis',
  'mcp',
  'partners',
  // The last, for it changes the data.
  'websocket',
]
// A check that hangs is ended, so that the others still run.
const MINUTES = 8
// Clients of browsers expect a WebSocket, which Node has behind a flag before 22.
const FLAGS = typeof WebSocket === 'undefined' ? ['--experimental-websocket'] : []

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !CHECKS.includes(name))
if (unknown.length > 0) {
  console.error(`no check is called ${unknown.join(', ')}; there are ${CHECKS.join(', ')}`)
  process.exit(2)
}

const file = (name) => fileURLToPath(new URL(`${name}.mjs`, import.meta.url))
const total = { passed: 0, failed: 0 }
for (const name of CHECKS.filter((name) => (asked.length === 0 ? existsSync(file(name)) : asked.includes(name)))) {
  console.log(`--- ${name}`)
  const begun = Date.now()
  const { passed, failed } = await run(name)
  total.passed += passed
  total.failed += failed
  console.log(`    ${name}: ${passed} passed, ${failed} failed, ${((Date.now() - begun) / 1000).toFixed(1)} s`)
}
console.log(`conformance: ${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1

/** Runs one check, shows what it prints, and gives back what its last line counted. */
async function run(name) {
  const child = spawn(process.execPath, [...FLAGS, file(name), process.env.BAB ?? ''], { stdio: ['ignore', 'pipe', 'inherit'] })
  const late = setTimeout(() => child.kill(), MINUTES * 60_000)
  const ended = new Promise((resolve) => child.on('close', (code, signal) => resolve(signal ?? code)))
  const count = { passed: 0, failed: 0 }
  for await (const line of createInterface({ input: child.stdout })) {
    const found = line.match(/^conformance: (\d+) passed, (\d+) failed/)
    if (found) {
      count.passed += Number(found[1])
      count.failed += Number(found[2])
    } else {
      console.log(line)
    }
  }
  const status = await ended
  clearTimeout(late)
  const silent = count.passed + count.failed === 0
  if ((status !== 0 && count.failed === 0) || silent) {
    count.failed += 1
    console.log(`FAILED  ${name} ended with ${status} ${silent ? 'and counted nothing' : 'though every check passed'}`)
  }
  return count
}
