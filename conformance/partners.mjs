// partners.mjs BAB: the first hour of a partner, as docs/partners.md tells it. Every example runs with a key made for it, and every block
// of the document is a piece of the file it names.

import assert from 'node:assert/strict'
import { execFile, execFileSync, spawn } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { report, server } from './report.mjs'

const base = server().replace(/\/graphql$/, '')
const bab = process.argv[2]
if (!bab) {
  console.error('usage: node partners.mjs BAB, with BASE_URL and DATABASE_URL in the environment')
  process.exit(2)
}

const { check, end } = report()
const path = (name) => fileURLToPath(new URL(name, import.meta.url))
const read = (name) => readFileSync(path(name), 'utf8')
const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'partners-'))
const key = newKey('read,export')

await check('every block of docs/partners.md is a piece of the file it names', () => {
  const text = read('../docs/partners.md')
  const blocks = [...text.matchAll(/^```(\S*) *(.*)\n([\s\S]*?)^```$/gm)]
  assert.equal(blocks.length * 2, text.match(/^```/gm).length, 'a fence is not closed, or stands in a list')
  for (const [, language, file, block] of blocks) {
    // What is typed at a terminal belongs to no file.
    if (language === 'console') continue
    assert.ok(file, `a block names no file: ${block.slice(0, 80)}`)
    assert.ok(read(`../${file}`).includes(block), `this is not in ${file}:\n${block}`)
  }
})

await check('every link of docs/partners.md leads somewhere', () => {
  for (const [, to] of read('../docs/partners.md').matchAll(/\]\((?!https?:)([^)#]+)/g)) {
    assert.ok(existsSync(path(`../docs/${to}`)), `${to} is not there`)
  }
})

await check('curl: the first query is answered as the document says', async () => {
  const { stdout } = await run('sh', [path('partners/curl/query.sh')], settings())
  const [given, told] = [JSON.parse(stdout), JSON.parse(read('partners/curl/query.json'))]
  for (const { extensions } of [given, told]) for (const name of ['limit', 'remaining', 'resetAt']) delete extensions.cost[name]
  assert.deepEqual(given, told)
})

await check('curl: what has not changed is not sent again', async () => {
  const { stdout } = await run('sh', [path('partners/curl/cached.sh')], settings())
  assert.equal(stdout, '200\n304\n')
})

await check('curl: an export goes on behind the last line that came', async () => {
  const exported = (...after) => run('sh', [path('partners/curl/export.sh'), ...after], settings())
  const whole = (await exported()).stdout.trimEnd().split('\n')
  const rest = (await exported(JSON.parse(whole[9]).cursor)).stdout.trimEnd().split('\n')
  assert.ok(whole.length > 20)
  assert.deepEqual(rest, whole.slice(10))
})

await check('curl: an export in CSV has the same rows', async () => {
  const { stdout } = await run('sh', [path('partners/curl/export.sh')], settings({ BAB_FORMAT: 'text/csv' }))
  assert.match(stdout, /^cursor,node\.key,node\.organisation\.name,node\.territory\.code\r\n/)
})

await check('TypeScript: types are written, taken by tsc, and the program prints what the document says', async () => {
  const cwd = path('partners/typescript')
  rmSync(join(cwd, 'generated'), { recursive: true, force: true })
  const program = (name, ...given) => run(process.execPath, [path(`node_modules/${name}`), ...given], settings({}, cwd))
  await program('@graphql-codegen/cli/esm/bin.js', '--config', 'codegen.yml')
  await program('typescript/bin/tsc', '--project', '.')
  await stumbling(async (BAB_URL) => {
    const { stdout } = await run(process.execPath, ['generated/javascript/main.js'], settings({ BAB_URL }, cwd))
    assert.equal(stdout, read('partners/expected.txt'))
  })
})

await check('Python: a client is written, and the program prints what the document says', async () => {
  const cwd = path('partners/python')
  rmSync(join(cwd, 'bab_client'), { recursive: true, force: true })
  const installed = { PYTHONPATH: path('../.tools/ariadne-codegen'), PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1' }
  await run('python3', ['-m', 'ariadne_codegen'], settings(installed, cwd))
  await stumbling(async (BAB_URL) => {
    const { stdout } = await run('python3', ['main.py'], settings({ ...installed, BAB_URL }, cwd))
    assert.equal(stdout, read('partners/expected.txt'))
  })
})

for (const [language, program, cwd] of [
  ['TypeScript', [process.execPath, 'generated/javascript/webhook.js'], path('partners/typescript')],
  ['Python', ['python3', 'webhook.py'], path('partners/python')],
]) {
  await check(`${language}: the endpoint takes what Bab has signed, once, and nothing else`, async () => {
    await endpoint(program, cwd, async (send, lines) => {
      const fact = { eventId: '7', change: 'REVISED', concept: 'OBSERVATION', key: 'a.b', fact: { value: 41 } }
      const body = JSON.stringify({ type: 'fact.revised', timestamp: '2026-11-24T09:00:00Z', data: fact })
      const now = Math.floor(Date.now() / 1000)
      assert.equal(await send({ body: body.replace('41', '42'), signed: body, now }), 400)
      assert.equal(await send({ body, now: now - 600 }), 400)
      assert.equal(await send({ body, now, secret: 'other' }), 400)
      assert.equal(await send({ body, now }), 204)
      assert.equal(await send({ body, now }), 204)
      assert.deepEqual(lines.slice(1), ['fact.revised OBSERVATION a.b: 41'])
    })
  })
}

await check('curl: a webhook is made for an address, and shown with its secret', async () => {
  const { stdout } = await run('sh', [path('partners/curl/webhook.sh'), 'https://partner.example/bab'], settings())
  const { webhook, secret, userErrors } = JSON.parse(stdout).data.createWebhook
  assert.deepEqual(userErrors, [])
  assert.equal(webhook.state, 'ACTIVE')
  assert.match(secret, /^whsec_/)
  execFileSync(bab, ['webhook', 'delete', webhook.key], { stdio: 'ignore' })
})

await check('a quota that is spent says when to come back, and a query above it never can', async () => {
  const small = newKey('read', '--quota', '50')
  const rows = async (first) => {
    const response = await fetch(`${base}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${small}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: `{ observations(first: ${first}) { nodes { value } } }` }),
    })
    return { response, ...(await response.json()) }
  }
  assert.equal((await rows(100)).errors[0].extensions.code, 'TOO_COMPLEX')
  // Each another one: an answer that is given again costs a tenth.
  for (let asked = 0; asked < 3; asked += 1) {
    const { response, errors } = await rows(20 - asked)
    if (response.status === 200) continue
    assert.equal(response.status, 429)
    assert.equal(errors[0].extensions.code, 'RATE_LIMITED')
    assert.ok(Number(response.headers.get('retry-after')) > 0)
    assert.match(response.headers.get('ratelimit-policy'), /q=50;w=60/)
    return
  }
  assert.fail('the quota was never spent')
})

rmSync(folder, { recursive: true })
end()

/** A program that takes messages, and what it prints; `send` signs as Standard Webhooks says, by code of its own. */
async function endpoint([command, ...given], cwd, story) {
  const secret = randomBytes(32)
  const port = await freePort()
  const child = spawn(command, given, { ...settings({ PORT: String(port), BAB_WEBHOOK_SECRET: `whsec_${secret.toString('base64')}` }, cwd), stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = []
  const listening = new Promise((resolve) => createInterface({ input: child.stdout }).on('line', (line) => resolve(lines.push(line))))
  const send = async ({ body, signed = body, now, secret: key = secret }) => {
    const signature = createHmac('sha256', key).update(`wh_1_7.${now}.${signed}`).digest('base64')
    const headers = { 'content-type': 'application/json', 'webhook-id': 'wh_1_7', 'webhook-timestamp': String(now), 'webhook-signature': `v1,${signature}` }
    return (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body })).status
  }
  try {
    await listening
    await story(send, lines)
  } finally {
    child.kill()
  }
}

async function freePort() {
  const listener = createServer()
  await new Promise((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const { port } = listener.address()
  await new Promise((resolve) => listener.close(resolve))
  return port
}

function newKey(scopes, ...more) {
  const made = ['key', 'create', '--holder', 'Conformance, partners', '--scopes', scopes, ...more]
  return execFileSync(bab, made, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
}

/** What an example finds in its environment, and where it runs. */
function settings(more = {}, cwd = folder) {
  return { cwd, encoding: 'utf8', env: { ...process.env, BAB_URL: base, BAB_KEY: key, ...more } }
}

/** The server, as one sees it whose quota is spent at first: the first request is answered 429. */
async function stumbling(story) {
  let turnedAway = false
  const before = createServer(async (request, response) => {
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    if (!turnedAway) {
      turnedAway = true
      const errors = [{ message: 'your quota is spent', extensions: { code: 'RATE_LIMITED', requestId: '1' } }]
      response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '1' }).end(JSON.stringify({ errors }))
      return
    }
    const { authorization, 'content-type': type } = request.headers
    const answer = await fetch(base + request.url, {
      method: request.method,
      headers: { authorization, 'content-type': type },
      body: Buffer.concat(chunks),
    })
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') }).end(await answer.text())
  })
  await new Promise((resolve) => before.listen(0, '127.0.0.1', resolve))
  try {
    await story(`http://127.0.0.1:${before.address().port}`)
    assert.ok(turnedAway)
  } finally {
    before.close()
    before.closeAllConnections()
  }
}
