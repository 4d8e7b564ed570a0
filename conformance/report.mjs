// What every check prints: a line for each thing that was tried, then the line that adds them up, which run.mjs reads.

import assert from 'node:assert/strict'

/** A report with nothing in it yet. The process ends with 1 when something failed. */
export function report() {
  const count = { passed: 0, failed: 0 }

  function passed(name) {
    count.passed += 1
    console.log(`ok      ${name}`)
  }

  function failed(name, reason) {
    count.failed += 1
    console.log(`FAILED  ${name}: ${reason}`)
  }

  return {
    passed,
    failed,
    /** Runs one story; what it throws is why it failed. */
    async check(name, story) {
      try {
        await story()
        passed(name)
      } catch (error) {
        const reason = error instanceof assert.AssertionError ? error.message : (error?.stack ?? String(error))
        failed(name, reason)
      }
    },
    /** Says something that is neither right nor wrong. */
    note(text) {
      console.log(`        ${text}`)
    },
    end() {
      console.log(`conformance: ${count.passed} passed, ${count.failed} failed`)
      process.exitCode = count.failed === 0 ? 0 : 1
    },
  }
}

/** The address of the server, which run.mjs and with-server.sh put into the environment. */
export function server() {
  const base = process.env.BASE_URL
  if (!base) {
    console.error('BASE_URL is not set: start a server and say where it is, as in BASE_URL=http://127.0.0.1:8000')
    process.exit(2)
  }
  return new URL('/graphql', base).toString()
}
