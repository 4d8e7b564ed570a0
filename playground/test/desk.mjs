// What a curator does at the desk: signs in, goes through the queue with the keyboard, takes a file in, follows a need.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

import { AXE } from './region.mjs'

const run = promisify(execFile)

const TEXT = `Fès, le 3 mars 2026. La ville compte désormais 52 centres d'appels, contre 36 en 2019, selon le centre régional
d'investissement. Ils emploient près de 9 000 personnes. À Meknès, on en compte 11.

« Nous ne nous arrêterons pas là », a dit son directeur.`

export const deskStories = [
  { name: 'at the desk, a key that is none is refused with advice', refusals: [401], tell: refused },
  { name: 'at the desk, a curator goes through the queue with the keyboard, and the public sees it at once', tell: decided },
  { name: 'at the desk, what was typed stays when a decision is refused', refusals: [422], tell: typed },
  { name: 'at the desk, a file is compared, then taken in', tell: imported },
  { name: 'at the desk, a need is followed to an introduction', tell: followed },
  { name: 'the desk has no serious flaw for people who see, hear or move differently', tell: accessible },
  {
    name: 'the desk works on a telephone, without JavaScript, in Arabic',
    options: { javaScriptEnabled: false, locale: 'ar-MA', viewport: { width: 360, height: 760 } },
    tell: narrow,
  },
  { name: 'the desk is dark where the reader likes it', options: { colorScheme: 'dark' }, tell: dark },
]

async function newKey(bab, scopes = 'read,curate,coordinate') {
  const { stdout } = await run(bab, ['key', 'create', '--holder', 'Amina, CRI', '--scopes', scopes])
  return stdout.match(/bab_[0-9a-f]{8}_[\w-]{43}/)[0]
}

async function send(base, key, query, input) {
  const response = await fetch(`${base}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query, variables: { input } }),
  })
  const { data, errors } = await response.json()
  assert.equal(errors, undefined, JSON.stringify(errors))
  const payload = Object.values(data)[0]
  assert.deepEqual(payload.userErrors, [])
  return payload
}

// Three figures of one article; the keys of the proposals.
export async function propose(base, key, publisher) {
  const figure = (indicator, territory, value, words) => {
    const at = TEXT.indexOf(words)
    const bytes = (text) => Buffer.byteLength(text)
    const start = bytes(TEXT.slice(0, at))
    const fact = { observation: { indicator, territory, activity: 'call_centre', period: '2026', periodBasis: 'STATED', value, qualifier: 'EXACT', producer: 'cri_fes_meknes' } }
    return { fact, spans: [{ name: 'value', start, end: start + bytes(words) }] }
  }
  const source = { new: { kind: 'PRESS', publisher, title: 'Les centres grandissent', url: `https://journal.example.ma/${encodeURIComponent(publisher)}`, publishedOn: '2026-03-03' } }
  const proposals = [
    figure('call_centres', '03.231', 52, '52'),
    figure('call_centres', '03.061', 11, '11'),
    figure('call_centre_jobs', '03.231', 9000, '9 000'),
  ]
  const query = 'mutation P($input: ProposeInput!) { propose(input: $input) { proposals { key } userErrors { field message } } }'
  const payload = await send(base, key, query, { source, text: { text: TEXT, title: 'Les centres grandissent', publisher }, proposals })
  assert.equal(payload.proposals.length, 3)
  return payload.proposals.map((proposal) => proposal.key)
}

export async function signIn({ page, base, bab }, language = 'en', scopes) {
  const key = await newKey(bab, scopes)
  await page.goto(`${base}/desk?lang=${language}`)
  await page.locator('#key').fill(key)
  await page.locator('form.enter button').click()
  await page.locator('form.leave').waitFor()
  return key
}

async function refused({ page, base, shot }) {
  await page.goto(`${base}/desk?lang=en`)
  assert.match(page.url(), /\/desk\/sign-in/)
  await page.locator('#key').fill('bab_00000000_' + 'A'.repeat(43))
  await page.keyboard.press('Enter')
  assert.match(await page.locator('#problem').textContent(), /Check that it was copied whole/)
  await shot('desk-sign-in')
}

async function decided({ page, base, bab, shot }) {
  const key = await signIn({ page, base, bab })
  const began = Date.now()
  await propose(base, key, 'Journal A')
  await page.goto(`${base}/desk?lang=en`)
  await shot('desk-queue')
  await page.keyboard.press('?')
  assert.equal(await page.locator('#keys dl').isVisible(), true)
  await page.keyboard.press('?')

  // The first: accepted.
  await page.keyboard.press('j')
  assert.match(await page.evaluate(() => document.activeElement.textContent), /call centres/i)
  await page.keyboard.press('Enter')
  await page.locator('#said').waitFor()
  assert.equal(await page.locator('#said').textContent(), '52')
  await shot('desk-proposal')
  await page.keyboard.press('a')
  await page.keyboard.type('The article says 52.')
  await Promise.all([page.waitForURL(/decided=/), page.keyboard.press('Enter')])
  const notice = page.locator('p.notice').first()
  assert.match(await notice.textContent(), /accepted.*2026/is)

  // The next one is there already: back and forth, then turned down.
  assert.equal(await page.locator('#said').textContent(), '11')
  assert.match(await page.locator('section.fact').textContent(), /Call centres call_centres.*Meknes 03\.061/s)
  await Promise.all([page.waitForURL((url) => !url.search.includes('decided=')), page.keyboard.press('j')])
  assert.equal(await page.locator('#said').textContent(), '9 000')
  await Promise.all([page.waitForNavigation(), page.keyboard.press('k')])
  assert.equal(await page.locator('#said').textContent(), '11')
  await page.keyboard.press('r')
  await page.keyboard.type('Not in the source.')
  await Promise.all([page.waitForURL(/decided=/), page.keyboard.press('Enter')])
  assert.match(await notice.textContent(), /rejected/i)

  // The last: amended. Keys are letters where somebody types.
  await Promise.all([page.waitForURL(/\/amend/), page.keyboard.press('e')])
  await page.locator('[id="f-value"]').fill('9 100')
  await page.locator('[id="f-qualifier"]').selectOption('APPROXIMATE')
  await page.locator('[id="f-note"]').fill('jarek')
  assert.equal(await page.locator('[id="f-note"]').inputValue(), 'jarek')
  await shot('desk-amend')
  await page.keyboard.press('Escape')
  await page.keyboard.press('a')
  await Promise.all([page.waitForURL(/\/desk\?/), page.keyboard.press('Enter')])
  assert.match(await notice.textContent(), /amended and accepted/i)

  await notice.locator('a').click()
  await page.waitForURL(/\/indicator\/call_centre_jobs/)
  assert.match(await page.locator('main').textContent(), /about 9,100.*Journal A/s)
  await page.goto(`${base}/ask?lang=en&q=${encodeURIComponent('How many call centres in Fès?')}`)
  assert.match(await page.locator('#answer .text').textContent(), /\b52\b.*2026/s)
  await page.goto(`${base}/ask?lang=en&q=${encodeURIComponent('How many call centres in Meknès?')}`)
  assert.doesNotMatch(await page.locator('#answer .text').textContent(), /\b11\b/)
  assert.ok(Date.now() - began < 60_000, 'the public reads it within a minute')

  await page.goto(`${base}/desk/audit?lang=en`)
  await shot('desk-audit')
  await page.locator('form.leave button').click()
  await page.waitForURL(/\/desk\/sign-in/)
  await page.goto(`${base}/desk`)
  assert.match(page.url(), /\/desk\/sign-in/)
}

async function typed({ page, base, bab, shot }) {
  const key = await signIn({ page, base, bab })
  const [, , jobs] = await propose(base, key, 'Journal B')
  await page.goto(`${base}/desk/proposals/${jobs}/amend?lang=fr`)
  await page.locator('[id="f-value"]').fill('environ 9 100')
  await page.locator('#accept').fill('recompté')
  await page.locator('form.entries button').click()
  const problem = page.locator('[id="p-value"]')
  assert.match(await problem.textContent(), /nombre/)
  assert.equal(await page.locator('[id="f-value"]').inputValue(), 'environ 9 100')
  assert.equal(await page.locator('#accept').inputValue(), 'recompté')
  assert.equal(await page.evaluate(() => document.activeElement.id), 'problem')
  await shot('desk-refused')
}

async function imported({ page, base, bab, shot }) {
  await signIn({ page, base, bab })
  const rows = ['key,name_fr,date,territory_code,organiser_keys,source_key', 'siccam_2027,SICCAM 2027,2027-10-12,03.231,apebi,journaleco_2020']
  const file = (text) => ({ name: 'events.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  await page.goto(`${base}/desk/import?lang=en`)
  await shot('desk-import')
  await page.locator('#file').setInputFiles(file(rows.join('\n')))
  await page.locator('form.upload button').click()
  await page.locator('form.decide').waitFor()
  assert.match(await page.locator('table.changes').textContent(), /siccam_2027.*SICCAM 2027/s)
  await shot('desk-import-compared')
  await page.keyboard.press('a')
  await page.keyboard.type('the organisers say so')
  await page.keyboard.press('Enter')
  await page.locator('p.notice').waitFor()
  assert.match(await page.locator('p.notice').textContent(), /taken in/)
  const { event } = await fetch(`${base}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ event(key: "siccam_2027") { date } }' }),
  }).then(async (response) => (await response.json()).data)
  assert.deepEqual(event, { date: '2027-10-12' })
}

async function fileNeed(base, key) {
  const profile = { organisation: 'intelcia', offers: ['STOCK_MANAGEMENT'], languages: ['fr'], sectors: ['LEATHER'], source: 'journaleco_2020' }
  const record = 'mutation W($input: RecordInput!) { record(input: $input) { version userErrors { field code message } } }'
  await fetch(`${base}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query: record, variables: { input: { fact: { profile }, reason: 'said so on its site' } } }),
  })
  const need = {
    company: 'Tannerie Chouara',
    sector: 'LEATHER',
    territory: '03.231',
    languages: ['fr', 'ar'],
    description: 'Nous voulons suivre nos stocks de peaux dans deux entrepôts.',
    capabilities: ['STOCK_MANAGEMENT'],
    contact: { name: 'Zineb Fassi', phone: '+212 535 00 00 00' },
    consent: true,
  }
  await send(base, key, 'mutation F($input: FileNeedInput!) { fileNeed(input: $input) { receipt userErrors { field message } } }', need)
}

async function followed({ page, base, bab, shot }) {
  const key = await signIn({ page, base, bab })
  await fileNeed(base, key)
  await page.goto(`${base}/desk/needs?lang=en`)
  await page.locator('a.row').first().click()
  await page.getByRole('button', { name: 'Show the contact' }).click()
  assert.match(await page.locator('main').textContent(), /Zineb Fassi/)
  await page.getByRole('button', { name: 'Propose to introduce' }).first().click()
  for (const side of ['COMPANY', 'PROVIDER']) {
    const form = page.locator(`form:has(input[name=side][value=${side}])`)
    await form.locator('select').selectOption('GIVEN')
    await form.locator('button').click()
  }
  await page.locator('.state.done').waitFor()
  await page.locator('#note').fill('meeting on 12 January')
  await page.getByRole('button', { name: 'introduced' }).click()
  assert.match(await page.locator('main p .tag').first().textContent(), /introduced/)
  await shot('desk-need')
}

// An address of each page of the desk, with something on it.
async function pages({ page, base, bab }, language) {
  const key = await signIn({ page, base, bab }, language)
  const [proposal] = await propose(base, key, `Journal ${Math.random()}`)
  await fileNeed(base, key)
  await page.goto(`${base}/desk/import?lang=${language}`)
  const rows = 'key,name_fr,date,territory_code,organiser_keys,source_key\nsalon_2028,Salon,2028-01-02,03.231,,journaleco_2020'
  await page.locator('#file').setInputFiles({ name: 'events.csv', mimeType: 'text/csv', buffer: Buffer.from(rows) })
  await page.locator('form.upload button').click()
  await page.locator('form.decide').waitFor()
  const compared = new URL(page.url()).pathname
  await page.goto(`${base}/desk/needs?lang=${language}`)
  const need = new URL(await page.locator('a.row').first().getAttribute('href'), base).pathname
  return ['/desk', `/desk/proposals/${proposal}`, `/desk/proposals/${proposal}/amend`, '/desk/conflicts', '/desk/import', compared, '/desk/needs', need, '/desk/audit']
}

async function accessible({ page, base, bab }) {
  const addresses = await pages({ page, base, bab }, 'en')
  const flaws = []
  const look = async (address) => {
    await page.goto(`${base}${address}`)
    await page.evaluate(AXE)
    const found = await page.evaluate(() => window.axe.run({ resultTypes: ['violations'] }))
    for (const { id, impact, nodes } of found.violations)
      if (impact === 'serious' || impact === 'critical') flaws.push(`${address}: ${id} ${nodes[0].html.slice(0, 160)}`)
  }
  for (const language of ['fr', 'en', 'ar']) for (const address of addresses) await look(`${address}?lang=${language}`)
  await page.context().clearCookies()
  for (const language of ['fr', 'en', 'ar']) await look(`/desk/sign-in?lang=${language}`)
  assert.deepEqual(flaws, [])
}

async function narrow({ page, base, bab, shot }) {
  for (const address of await pages({ page, base, bab }, 'ar')) {
    await page.goto(`${base}${address}?lang=ar`)
    const wider = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth)
    assert.ok(wider <= 0, `${address} scrolls sideways by ${wider}`)
    await shot(`desk-phone-${address.split('/').slice(2, 3)[0] ?? 'queue'}${address.includes('amend') ? '-amend' : ''}`)
  }
}

async function dark({ page, base, bab, shot }) {
  const addresses = await pages({ page, base, bab }, 'fr')
  for (const address of addresses.slice(0, 3)) {
    await page.goto(`${base}${address}?lang=fr`)
    const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const [red, green, blue] = paper.match(/\d+/g).map(Number)
    assert.ok(red + green + blue < 150, paper)
    await shot(`desk-dark-${addresses.indexOf(address)}`)
  }
}
