// A server under measurement: started, waited for, its processor time and memory read from /proc, stopped.

import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'

import { sum } from './statistics.mjs'

// A tick of /proc, in microseconds.
const TICK = 10_000
const PATIENCE = 120_000

export class Server {
  constructor(name, { command, environment, path, ready, log }) {
    Object.assign(this, { name, command, environment, path, readyPath: ready, log })
  }

  /** Starts it; resolves when it answers, and remembers how many milliseconds that took. */
  async start() {
    this.port = await freePort()
    this.base = `http://127.0.0.1:${this.port}`
    const log = openSync(this.log, 'w')
    const [program, ...options] = this.command(this.port)
    const begun = performance.now()
    this.child = spawn(program, options, { env: { ...process.env, ...this.environment(this.port) }, stdio: ['ignore', log, log] })
    closeSync(log)
    this.child.on('error', (error) => (this.failure = error))
    await this.answers(begun)
    this.ready = performance.now() - begun
    return this
  }

  async answers(begun) {
    const asked = this.readyPath
      ? () => fetch(this.base + this.readyPath)
      : () => this.post(JSON.stringify({ query: '{ __typename }' }))
    while (performance.now() - begun < PATIENCE) {
      if (this.failure || this.child.exitCode !== null) break
      const reply = await asked().catch(() => null)
      await reply?.arrayBuffer()
      if (reply?.ok) return
      await sleep(1)
    }
    throw new Error(`${this.name} does not answer: ${this.failure ?? readFileSync(this.log, 'utf8').slice(-2000)}`)
  }

  post(body, path = this.path) {
    return fetch(this.base + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body,
    })
  }

  /** The data of a reply; fails when it has errors. */
  async data(body) {
    const reply = await this.post(body)
    const text = await reply.text()
    const { data, errors } = reply.ok ? JSON.parse(text) : {}
    if (errors || !data) throw new Error(`${this.name} answered ${reply.status} ${text.slice(0, 500)} to ${body}`)
    return data
  }

  /** It and the processes it has started. */
  processes() {
    const below = (pid) => {
      const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)
      return [pid, ...children.flatMap(below)]
    }
    return below(this.child.pid)
  }

  /** Processor time so far, in microseconds. */
  processorTime() {
    return sum(
      this.processes().map((pid) => {
        const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ')
        return TICK * (Number(fields[11]) + Number(fields[12]))
      }),
    )
  }

  /** Memory in use, in megabytes. */
  memory() {
    return sum(
      this.processes().map((pid) => Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/^VmRSS:\s*(\d+)/m)[1]) / 1024),
    )
  }

  async stop() {
    if (!this.child || this.child.exitCode !== null || this.child.signalCode !== null) return
    const ended = new Promise((resolve) => this.child.once('exit', resolve))
    this.child.kill('SIGTERM')
    const late = setTimeout(() => this.child.kill('SIGKILL'), 5000)
    await ended
    clearTimeout(late)
  }
}

export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}
