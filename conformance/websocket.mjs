// websocket.mjs BAB [BASE_URL]: the graphql-ws client against a live server over DATABASE_URL: a subscription sees what `BAB import`
// changes, goes on after a disconnect, and every breach of graphql-transport-ws ends with its code.
//
// Node 20 has WebSocket behind a flag: node --experimental-websocket websocket.mjs …

import { request } from 'node:http'

import { CloseCode, createClient } from 'graphql-ws'

import { change } from './change.mjs'

const bab = process.argv[2]
const base = process.argv[3] ?? process.env.BASE_URL
if (!bab || !base || !process.env.DATABASE_URL) {
  console.error('usage: DATABASE_URL=… node --experimental-websocket websocket.mjs BAB BASE_URL')
  process.exit(2)
}
if (typeof WebSocket === 'undefined') {
  console.error('this Node has no WebSocket: add --experimental-websocket, or use Node 22')
  process.exit(2)
}

const url = new URL('/graphql', base)
url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
const PROTOCOL = 'graphql-transport-ws'
const SUBSCRIPTION = `subscription Changes($after: ID) {
  observationChanged(filter: { indicator: { eq: "call_centres" } }, after: $after) {
    eventId change key observation { value territory { code } source { publisher } }
  }
}`

let passed = 0
let failed = 0
const check = (name, condition, seen) => {
  if (condition) {
    passed += 1
    return console.log(`ok      ${name}`)
  }
  failed += 1
  console.log(`FAILED  ${name}: ${JSON.stringify(seen)}`)
}

/// The first event of a subscription; `opened` is called when the server has taken it.
async function first(client, variables, opened) {
  const events = client.iterate({ query: SUBSCRIPTION, variables })
  const next = events.next()
  await opened?.()
  const { value } = await next
  await events.return()
  if (value.errors) throw new Error(JSON.stringify(value.errors))
  return value.data.observationChanged
}

const client = createClient({ url: url.href, lazy: true, retryAttempts: 0 })

// A query over the same socket is answered after the subscription was taken, so what is imported then is told.
const seen = await first(client, {}, async () => {
  const answer = client.iterate({ query: '{ observations { totalCount } }' })
  const { value } = await answer.next()
  check('a query is answered over the socket', value.data.observations.totalCount > 0, value)
  await answer.return()
  await change(bab, '37')
})
check('a subscription sees what bab import changes', seen.change === 'REVISED' && seen.observation.value === 37, seen)
check('with the figure as it is now', seen.observation.territory.code === '03.231' && seen.observation.source.publisher, seen)

await client.dispose()
await change(bab, '38')
await change(bab, '39')
const again = createClient({ url: url.href, lazy: true, retryAttempts: 0 })
const missed = await first(again, { after: seen.eventId })
check('a subscription goes on after a disconnect', BigInt(missed.eventId) > BigInt(seen.eventId) && missed.change === 'REVISED', missed)
const newest = await first(again, { after: missed.eventId })
check('each event once', BigInt(newest.eventId) > BigInt(missed.eventId) && newest.observation.value === 39, newest)

try {
  await first(again, { after: '999999999' })
  check('an event that never was is refused', false, null)
} catch (errors) {
  const code = errors?.[0]?.extensions?.code
  check('an event that never was is refused', code === 'BAD_USER_INPUT', errors)
}
await again.dispose()

/// The code a socket is closed with after these messages; the next is sent when the server has answered the one before, if it does.
function closed(messages, protocol = PROTOCOL) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, protocol)
    const timer = setTimeout(() => reject(new Error('not closed within 30 s')), 30_000)
    socket.addEventListener('open', () => messages.forEach((message) => socket.send(message)))
    socket.addEventListener('close', ({ code }) => {
      clearTimeout(timer)
      resolve(code)
    })
  })
}

const init = JSON.stringify({ type: 'connection_init' })
const subscribe = JSON.stringify({ id: '1', type: 'subscribe', payload: { query: SUBSCRIPTION } })
for (const [name, messages, code] of [
  ['no JSON', ['nonsense'], CloseCode.BadRequest],
  ['an unknown type', [init, '{"type":"start"}'], CloseCode.BadRequest],
  ['a subscription before connection_init', [subscribe], CloseCode.Unauthorized],
  ['connection_init twice', [init, init], CloseCode.TooManyInitialisationRequests],
  ['an id twice', [init, subscribe, subscribe], CloseCode.SubscriberAlreadyExists],
  ['silence', [], CloseCode.ConnectionInitialisationTimeout],
  ['a message that is too long', [init, JSON.stringify({ type: 'ping', payload: { a: 'a'.repeat(500_000) } })], 1009],
]) {
  const found = await closed(messages)
  check(`${name} is closed with ${code}`, found === code, found)
}

/// The status of a handshake from a page of another origin.
const status = await new Promise((resolve, reject) => {
  const headers = {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    Origin: 'https://elsewhere.example',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Protocol': PROTOCOL,
  }
  const handshake = request(new URL('/graphql', base), { headers })
  handshake.on('response', (response) => resolve(response.statusCode))
  handshake.on('upgrade', (response, socket) => {
    socket.destroy()
    resolve(response.statusCode)
  })
  handshake.on('error', reject)
  handshake.end()
})
check('a page of another origin is refused', status === 403, status)

console.log(`conformance: ${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
