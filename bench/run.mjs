// run.mjs: Bab beside its peers and its limits, on the same machine and data, taking turns. README.md says how and why.

import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

import { check } from './lib/check.mjs'
import { Databases } from './lib/database.mjs'
import { record } from './lib/record.mjs'
import { report } from './lib/report.mjs'
import { sleep } from './lib/server.mjs'
import { SERVERS, Starter } from './lib/servers.mjs'
import { Bodies, SINGLE, WORKLOADS, plan, values } from './lib/workloads.mjs'
import { writesDuring } from './lib/writes.mjs'
import { wrk, writeRequests } from './lib/wrk.mjs'

const CONNECTIONS = 32
const WARM_UP = 2

const { values: options } = parseArgs({
  options: {
    scale: { type: 'string', default: 'S' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '3' },
    servers: { type: 'string', default: '' },
    bab: { type: 'string' },
    bench: { type: 'string' },
    folder: { type: 'string' },
    node: { type: 'string', default: process.execPath },
    // Processes of each Node peer.
    processes: { type: 'string', default: '2' },
  },
})
const words = (text) => text.split(/[\s,]+/).filter(Boolean)
const scale = options.scale.toUpperCase()
const rounds = Number(options.rounds)
const seconds = Number(options.seconds)
// At L servers spill into each other's turns when many ask at once: one client, and no limits but the SQL itself.
const usual = scale === 'L' ? ['bab', 'postgraphile', 'yoga', 'apollo', 'sql', 'bab-sqlite', 'rusqlite'] : Object.keys(SERVERS)
const asked = words(options.servers)
const unknown = asked.filter((name) => !(name in SERVERS))
if (unknown.length > 0 || !['S', 'L'].includes(scale) || !(rounds >= 1) || !(seconds >= 1)) {
  console.error(`SCALE is S or L, ROUNDS and SECONDS are 1 or more, and SERVERS are among ${Object.keys(SERVERS).join(', ')}`)
  process.exit(2)
}
const chosen = asked.length > 0 ? asked : usual

const databases = new Databases({
  scale,
  server: process.env.BENCH_POSTGRES_URL || 'postgres://postgres@127.0.0.1:5432/postgres',
  folder: options.folder,
  bab: options.bab,
  bench: options.bench,
})
const starter = new Starter({
  programs: { bab: options.bab, bench: options.bench, node: options.node },
  databases,
  folder: options.folder,
  processes: options.processes,
})
const run = {
  date: new Date().toISOString(),
  scale,
  rounds,
  seconds,
  connections: scale === 'L' ? 1 : CONNECTIONS,
  machine: { processors: cpus().length, model: cpus()[0]?.model, gigabytes: Math.round(totalmem() / 2 ** 30), load: loadavg()[0] },
  commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
  node: execFileSync(options.node, ['--version'], { encoding: 'utf8' }).trim(),
  servers: {},
  statements: {},
}
const started = []

try {
  await measure()
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  await Promise.all(started.map(({ server }) => server.stop()))
}

async function measure() {
  const needed = chosen.flatMap((name) => [name, SERVERS[name].statementsOf ?? []].flat())
  const engines = new Set([...needed.map((name) => SERVERS[name].engine), 'postgres'])
  await databases.prepare(engines)
  const client = await databases.client()
  const given = await values(client)
  await client.end()
  const planned = plan(given)

  await recordStatements(given)
  for (const name of chosen) started.push(await start(name, given))
  await sleep(3000)
  for (const { name, server } of started) run.servers[name] = { ready: server.ready, memory: server.memory() }

  const peers = started.filter(({ name }) => name !== 'static' && !SERVERS[name].statementsOf)
  await check(peers)
  for (const { server, bodies } of started.filter(({ name }) => SERVERS[name].statementsOf)) {
    for (const name of SINGLE) for (const [index] of given[name].entries()) await server.data(bodies.of({ name, index }))
  }
  const sizes = await repliesOf(peers.find(({ dialect }) => dialect === 'bab'), planned)
  for (const one of started) prepareRequests(one, planned, sizes)

  const uncached = started.filter(({ name }) => SERVERS[name].part === 'uncached')
  const kept = started.filter(({ name }) => SERVERS[name].part === 'kept')
  if (scale === 'L') {
    run.latency = await inTurns(uncached, WORKLOADS, { connections: 1, threads: 1 })
  } else {
    run.uncached = await inTurns(uncached, WORKLOADS, { connections: CONNECTIONS })
    run.kept = await inTurns(kept, ['hot'], { connections: CONNECTIONS })
    await withWrites(kept, given)
  }
  save()
}

/** Which statements Bab sends; a limit that sends the same cannot do without knowing. */
async function recordStatements(given) {
  const limits = chosen.map((name) => SERVERS[name].statementsOf).filter(Boolean)
  for (const name of new Set([...limits, ...chosen.filter((name) => /^bab(-sqlite)?$/.test(name))])) {
    const bodies = new Bodies('bab', given)
    try {
      run.statements[name] = await record(starter.traced(name), bodies, given, starter.statementsFile(name))
    } catch (error) {
      if (limits.includes(name)) throw error
      console.warn(`the statements of ${name} are not counted: ${error.message}`)
    }
  }
}

/** Starts a server twice: the first time, files are read that are in memory afterwards. */
async function start(name, given) {
  const first = await starter.make(name).start()
  await first.stop()
  const server = await starter.make(name).start()
  const { dialect } = SERVERS[name]
  return { name, server, dialect, bodies: new Bodies(dialect, given), files: {} }
}

/** How many bytes Bab's reply to each request has: what the static reply is as long as. */
async function repliesOf(one, planned) {
  const sizes = new Map()
  if (!one) return sizes
  for (const request of planned.hot) {
    const body = one.bodies.of(request)
    const reply = await one.server.post(body)
    sizes.set(body, (await reply.arrayBuffer()).byteLength)
  }
  return sizes
}

function prepareRequests({ name, server, bodies, files }, planned, sizes) {
  for (const workload of Object.keys(planned)) {
    const requests = planned[workload].map((request) => {
      const body = bodies.of(request)
      return { path: name === 'static' ? `/static/${sizes.get(body) ?? 0}` : server.path, body }
    })
    files[workload] = join(options.folder, `${name}-${workload}.requests`)
    writeRequests(files[workload], requests)
  }
}

/** Every server and workload in every round; the server that begins is another each time. */
async function inTurns(servers, workloads, load) {
  const results = {}
  if (servers.length === 0) return results
  for (const { name, server, files } of servers) {
    results[name] = Object.fromEntries(workloads.map((workload) => [workload, []]))
    for (const workload of workloads) await wrk(server.base, files[workload], { ...load, seconds: WARM_UP })
  }
  for (let round = 0; round < rounds; round += 1) {
    const order = servers.map((_, index) => servers[(index + round) % servers.length])
    for (const workload of workloads) {
      for (const { name, server, files } of order) {
        const before = server.processorTime()
        const result = await wrk(server.base, files[workload], { ...load, seconds })
        result.processorTime = (server.processorTime() - before) / result.requests
        results[name][workload].push(result)
        console.log(
          `${round + 1}/${rounds} ${workload} ${name}: ${result.rate.toFixed(0)}/s, p50 ${result.p50.toFixed(2)} ms, p99 ${result.p99.toFixed(2)} ms`,
        )
      }
    }
  }
  return results
}

/** Kept answers while a figure changes every second. */
async function withWrites(kept, given) {
  const [question] = given.Q2
  for (const { name, server, bodies, files } of kept.filter(({ name }) => name !== 'static')) {
    const database = SERVERS[name].engine === 'sqlite' ? databases.sqlite : databases.postgres
    const document = JSON.parse(bodies.of({ name: 'Q2', index: 0 })).query
    const load = wrk(server.base, files.hot, { connections: CONNECTIONS, seconds: rounds * seconds })
    const [result, writes] = await Promise.all([
      load,
      writesDuring(load, { server, program: options.bench, database, question, document }),
    ])
    run.kept[`${name}+writes`] = { hot: [result] }
    run.stale = { ...run.stale, [name]: writes.stale }
    console.log(`${name}: ${result.rate.toFixed(0)}/s with ${writes.writes} writes, ${writes.stale} stale answers`)
  }
}

function save() {
  const text = report(run)
  const results = fileURLToPath(new URL('results', import.meta.url))
  mkdirSync(results, { recursive: true })
  const file = join(results, `${scale}-${run.date.replaceAll(':', '')}.json`)
  writeFileSync(file, `${JSON.stringify(run, null, 1)}\n`)
  console.log(`\n${text}\n\nwritten to ${file}`)
}
