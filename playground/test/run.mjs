// run.mjs [BASE_URL]: drives Debian's Chromium over the playground and the pages of a live server, with every other host
// blocked. BAB says which executable the server is, DATABASE_URL which database it has. Screenshots go to shots/ (or to SHOTS).

import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { launch } from './chromium.mjs'
import { stories } from './stories.mjs'

const base = process.argv[2] ?? process.env.BASE_URL
const bab = process.env.BAB
if (!base || !bab || !process.env.DATABASE_URL) {
  console.error('usage: BAB=… DATABASE_URL=… node test/run.mjs BASE_URL')
  process.exit(2)
}
const shots = process.env.SHOTS ?? fileURLToPath(new URL('../shots/', import.meta.url))
mkdirSync(shots, { recursive: true })

const browser = await launch()

let failed = 0
// ONLY=words tells the stories whose name has these words.
const chosen = stories.filter(({ name }) => name.includes(process.env.ONLY ?? ''))
for (const { name, options, refusals, tell } of chosen) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
  const complaints = await watch(context, refusals ?? [])
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const pdf = (file) => `${shots}/${file}.pdf`
  const shot = (file) => page.screenshot({ path: `${shots}/${file}.png` })
  try {
    await tell({ page, base, bab, shot, pdf })
    if (complaints.length > 0) throw new Error(complaints.join('\n'))
    console.log(`ok      ${name}`)
  } catch (error) {
    failed += 1
    console.log(`FAILED  ${name}: ${error.message}`)
    for (const complaint of complaints) console.log(`        ${complaint}`)
    await shot(`failed-${name.replaceAll(/\W+/g, '-')}`).catch(() => {})
  }
  await context.close()
}
await browser.close()
console.log(`browser: ${chosen.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

// Blocks every host but the server's, and notes what no story may cause: outside requests, console errors (breaches of the
// Content-Security-Policy among them), exceptions, failed files. A story that is about being refused names the statuses.
async function watch(context, refusals) {
  const isTold = (text) => refusals.some((status) => text.includes(`status of ${status}`))
  const complaints = []
  const home = new URL(base).origin
  await context.route('**/*', (route) => {
    const url = new URL(route.request().url())
    if (url.origin === home || url.protocol === 'data:' || url.protocol === 'blob:') return route.continue()
    complaints.push(`outside request: ${url}`)
    return route.abort()
  })
  context.on('console', (message) => {
    if (message.type() === 'error' && !isTold(message.text())) complaints.push(`console: ${message.text()}`)
  })
  context.on('weberror', (error) => complaints.push(`exception: ${error.error().message}`))
  context.on('response', (response) => {
    if (response.status() >= 400 && !refusals.includes(response.status())) complaints.push(`${response.status()} for ${response.url()}`)
  })
  return complaints
}
