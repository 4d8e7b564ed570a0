// Empties dist/ before a build, all but its .gitignore.

import { readdirSync, rmSync } from 'node:fs'

const dist = new URL('dist/', import.meta.url)
for (const name of readdirSync(dist)) {
  if (name !== '.gitignore') rmSync(new URL(name, dist), { recursive: true })
}
