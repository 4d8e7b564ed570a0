// pictures.mjs FOLDER: a picture of each page in French, in Arabic, in the dark, and on a telephone, for the documentation.

import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'

import { launch } from './chromium.mjs'
import { propose, signIn } from './desk.mjs'
import { PAGES } from './region.mjs'

const [folder] = process.argv.slice(2)
const { BASE_URL: base, BAB: bab } = process.env
if (!base || !folder || !bab) {
  console.error('usage: BASE_URL=… BAB=… DATABASE_URL=… node test/pictures.mjs FOLDER')
  process.exit(2)
}

const LOOKS = [
  { look: 'fr', language: 'fr', options: {} },
  { look: 'ar', language: 'ar', options: {} },
  { look: 'dark', language: 'en', options: { colorScheme: 'dark' } },
  { look: 'phone', language: 'fr', options: { viewport: { width: 360, height: 760 }, deviceScaleFactor: 2 } },
]

mkdirSync(folder, { recursive: true })
for (const file of readdirSync(folder)) rmSync(`${folder}/${file}`)
const browser = await launch()
let proposal
for (const { look, language, options } of LOOKS) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  const take = async (name, address) => {
    await page.goto(`${base}${address}${address.includes('?') ? '&' : '?'}lang=${language}`, { waitUntil: 'networkidle' })
    const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 70 })
    writeFileSync(`${folder}/${name}.${look}.webp`, Buffer.from(data, 'base64'))
  }
  for (const address of PAGES) await take(address.split(/[/?]/)[1] || 'home', address)
  if (look === 'dark') await take('graphiql', '/graphiql')
  await take('desk-sign-in', '/desk/sign-in')
  const key = await signIn({ page, base, bab }, language)
  proposal ??= (await propose(base, key, 'L’Exemple'))[0]
  await take('desk-queue', '/desk')
  await take('desk-proposal', `/desk/proposals/${proposal}`)
  await take('desk-amend', `/desk/proposals/${proposal}/amend`)
  await take('desk-conflicts', '/desk/conflicts')
  await take('desk-audit', '/desk/audit')
  await context.close()
}
await browser.close()
