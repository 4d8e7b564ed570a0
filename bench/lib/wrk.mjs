// Load by wrk.

import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const SCRIPT = fileURLToPath(new URL('../wrk.lua', import.meta.url))

/** Writes what wrk is to send, a request a line. */
export function writeRequests(file, requests) {
  writeFileSync(file, requests.map(({ path, body }) => `${path}\t${body}\n`).join(''))
}

/** Sends the requests of a file for some seconds; gives rate, latencies in milliseconds and bytes a reply. Fails when a request does. */
export async function wrk(url, file, { seconds, connections = 32, threads = 2 }) {
  const options = [`-t${Math.min(threads, connections)}`, `-c${connections}`, `-d${seconds}s`, '--latency', '--timeout', '20s']
  const child = spawn('wrk', [...options, '-s', SCRIPT, url, '--', file], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text))
  const status = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
  const found = output.match(/^RESULT (.*)$/m)
  if (status !== 0 || !found) throw new Error(`wrk ended with ${status}:\n${output}`)
  const result = JSON.parse(found[1])
  if (result.refused + result.broken > 0) throw new Error(`${url}: ${result.refused} requests refused, ${result.broken} broken`)
  return {
    requests: result.requests,
    rate: (1e6 * result.requests) / result.microseconds,
    p50: result.p50 / 1000,
    p99: result.p99 / 1000,
    bytes: result.bytes / result.requests,
  }
}
