// What a person does in a browser, step by step.

import assert from 'node:assert/strict'

import { change } from '../../conformance/change.mjs'
import { deskStories } from './desk.mjs'
import { corrected, regionStories } from './region.mjs'

const QUESTION = 'How many call centres are there in Fès?'

export const stories = [
  { name: 'GraphiQL renders and its documentation opens', tell: documentation },
  { name: 'the first example tab runs and shows 36', tell: firstExample },
  { name: 'every example tab runs without an error', tell: everyExample },
  { name: 'a query in the address is ready to run', tell: sharedQuery },
  { name: 'the ask page answers 36 with its source', tell: asked },
  {
    name: 'the ask page works without JavaScript, in Arabic, on a phone',
    options: { javaScriptEnabled: false, locale: 'ar-MA', viewport: { width: 390, height: 844 } },
    tell: askedInArabic,
  },
  {
    name: 'an answer is marked wrong without JavaScript',
    options: { javaScriptEnabled: false, locale: 'en-GB', viewport: { width: 390, height: 844 } },
    tell: markedWrong,
  },
  { name: 'an answer opens as a query in GraphiQL and gives 36 again', tell: reproduced },
  ...regionStories,
  // The last, for they change the data.
  ...deskStories,
  { name: 'a reader proposes what is right, and mends what was wrong with it', refusals: [400], tell: corrected },
  { name: 'GraphiQL runs a subscription and shows a change', tell: subscribed },
]

async function open(page, base, address = '/graphiql') {
  await page.goto(`${base}${address}`)
  await page.locator('.graphiql-query-editor .view-line').first().waitFor()
}

// Runs the query of the tab on show and gives back its answer. Right after a change of tabs the editor may still send the
// operation name of the tab before: then it is run again.
async function run(page) {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const answered = page.waitForResponse((response) => {
      const { query, operationName } = response.request().postDataJSON() ?? {}
      return response.url().endsWith('/graphql') && query && operationName !== 'IntrospectionQuery'
    })
    await page.locator('.graphiql-execute-button').click()
    const response = await answered
    const { query, operationName } = response.request().postDataJSON()
    if (operationName && !query.includes(operationName)) continue
    assert.equal(response.status(), 200)
    await page.locator('.graphiql-response .view-line').first().waitFor()
    return response.json()
  }
  throw new Error('the editor never sent the operation on show')
}

async function documentation({ page, base, shot }) {
  await open(page, base)
  await page.getByLabel('Show Documentation Explorer').click()
  const explorer = page.locator('.graphiql-doc-explorer')
  await explorer.getByText('Root Types').waitFor()
  await explorer.getByText('Query', { exact: true }).last().click()
  await explorer.getByText('ask', { exact: true }).first().waitFor()
  await shot('graphiql-documentation')
}

async function firstExample({ page, base, shot }) {
  await open(page, base)
  const answer = await run(page)
  assert.equal(answer.errors, undefined)
  assert.match(JSON.stringify(answer.data), /"value":36\b/)
  await page.locator('.graphiql-response').getByText('36', { exact: false }).first().waitFor()
  await shot('graphiql-36')
}

async function everyExample({ page, base, shot }) {
  await open(page, base)
  const tabs = page.locator('.graphiql-tab-button')
  const count = await tabs.count()
  assert.ok(count >= 12, `${count} tabs`)
  for (let index = 0; index < count; index += 1) {
    const tab = tabs.nth(index)
    await tab.click()
    const name = (await tab.textContent()).trim()
    await page.locator('.graphiql-query-editor').getByText(name).first().waitFor()
    const answer = await run(page)
    assert.equal(answer.errors, undefined, `${name}: ${JSON.stringify(answer.errors)}`)
  }
  await shot('graphiql-tabs')
}

async function sharedQuery({ page, base }) {
  const query = 'query Shared($key: String!) { indicator(key: $key) { key } }'
  const variables = '{"key": "no_such_indicator"}'
  await open(page, base, `/graphiql?query=${encodeURIComponent(query)}&variables=${encodeURIComponent(variables)}`)
  assert.deepEqual((await run(page)).data, { indicator: null })
}

async function asked({ page, base, shot }) {
  await page.goto(base)
  await shot('page')
  await page.locator('#q').fill(QUESTION)
  await page.keyboard.press('Enter')
  const answer = page.locator('#answer')
  assert.match(await answer.locator('.text').textContent(), /\b36\b.*2019/s)
  assert.match(await answer.locator('.sources').textContent(), /\S/)
  await shot('page-36')
}

async function askedInArabic({ page, base, shot }) {
  await page.goto(base)
  assert.equal(await page.locator('html').getAttribute('dir'), 'rtl')
  await page.locator('.examples a[lang=ar]').click()
  assert.match(await page.locator('#answer .text').textContent(), /36/)
  const wider = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth).catch(() => 0)
  assert.equal(wider, 0, 'the page scrolls sideways')
  await shot('page-arabic')
}

async function markedWrong({ page, base, shot }) {
  await page.goto(`${base}/ask?q=${encodeURIComponent(QUESTION)}`)
  await page.locator('details.report summary').click()
  await page.locator('details.report input[value=WRONG_FIGURE]').check()
  await shot('page-report')
  await page.locator('details.report button').click()
  assert.match(await page.locator('.answer .text').textContent(), /Thank you/)
  await page.locator('.answer .links a').click()
  assert.match(await page.locator('#answer .text').textContent(), /\b36\b/)
}

async function reproduced({ page, base, shot }) {
  await page.goto(`${base}/ask?q=${encodeURIComponent(QUESTION)}`)
  await page.locator('details.query summary').click()
  await page.locator('details.query a').click()
  await page.locator('.graphiql-query-editor .view-line').first().waitFor()
  const answer = await run(page)
  assert.equal(answer.errors, undefined)
  assert.match(JSON.stringify(answer.data), /\b36\b/)
  await shot('graphiql-reproduced')
}

async function subscribed({ page, base, bab, shot }) {
  const filter = '{ indicator: { eq: "call_centres" }, territory: { code: { eq: "03.231" } } }'
  const field = `observationChanged(after: "0", filter: ${filter}) { change observation { value } }`
  await open(page, base, `/graphiql?query=${encodeURIComponent(`subscription Changes { ${field} }`)}`)
  const socket = page.waitForEvent('websocket')
  await page.locator('.graphiql-execute-button').click()
  assert.match((await socket).url(), /^ws:.*\/graphql$/)
  const response = page.locator('.graphiql-response')
  for (const value of ['4107', '4108']) {
    await change(bab, value)
    await response.getByText(value).first().waitFor()
  }
  await response.getByText('REVISED').first().waitFor()
  await shot('graphiql-subscription')
}
