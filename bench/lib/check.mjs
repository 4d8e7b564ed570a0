// Before anything is timed: every server gives the same answers, and errors are none.

import { isDeepStrictEqual } from 'node:util'

import { SINGLE, canonical } from './workloads.mjs'

/** How many values of each workload are compared. */
const COMPARED = 12

/** Compares the answers of servers with those of the first. Fails at the first difference. */
export async function check(servers) {
  for (const name of SINGLE) {
    const [first, ...others] = servers
    const count = Math.min(COMPARED, first.bodies.bodies[name].length)
    for (let index = 0; index < count; index += 1) {
      const answer = await of(first, name, index)
      for (const other of others) {
        const another = await of(other, name, index)
        if (!isDeepStrictEqual(answer, another)) {
          throw new Error(
            `${name} ${index}: ${first.server.name} and ${other.server.name} differ:\n${JSON.stringify(answer)}\n${JSON.stringify(another)}`,
          )
        }
      }
    }
  }
  console.log(`the same answers: ${servers.map(({ server }) => server.name).join(', ')}`)
}

async function of({ server, bodies, dialect }, name, index) {
  return canonical(dialect, name, await server.data(bodies.of({ name, index })))
}
