// processes.mjs FILE: a peer in as many processes as PROCESSES says, sharing one port; one when it says nothing.

import cluster from 'node:cluster'

const [file] = process.argv.slice(2)
const processes = Number(process.env.PROCESSES ?? 1)
if (cluster.isPrimary && processes > 1) {
  const end = () => process.exit(0)
  process.on('SIGTERM', end)
  cluster.on('exit', () => process.exit(1))
  for (let index = 0; index < processes; index += 1) cluster.fork()
} else {
  await import(new URL(file, import.meta.url))
}
