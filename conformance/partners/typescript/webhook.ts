// An endpoint for webhooks: takes what Bab has signed, once, and nothing else. BAB_WEBHOOK_SECRET is the `secret` of createWebhook.

import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'

const secret = Buffer.from((process.env['BAB_WEBHOOK_SECRET'] ?? '').replace(/^whsec_/, ''), 'base64')

/** Whether Bab has signed these bytes within the last five minutes. */
function isFromBab(headers: IncomingHttpHeaders, body: Buffer): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': second, 'webhook-signature': signatures } = headers
  if (Math.abs(Date.now() / 1000 - Number(second)) > 300) return false
  const expected = createHmac('sha256', secret).update(`${id}.${second}.`).update(body).digest()
  return String(signatures).split(' ').some((signature) => {
    const [version, digits = ''] = signature.split(',')
    const given = Buffer.from(digits, 'base64')
    return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected)
  })
}

// A message may come twice: after an answer that was lost, it is sent again. Yours is a table.
const seen = new Set<string>()

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  if (!isFromBab(request.headers, body)) return void response.writeHead(400).end()
  const id = String(request.headers['webhook-id'])
  if (!seen.has(id)) {
    const { type, data } = JSON.parse(body.toString())
    console.log(`${type} ${data.concept} ${data.key}: ${data.fact?.value ?? data.fact?.name ?? ''}`)
    seen.add(id)
  }
  response.writeHead(204).end()
})
server.listen(Number(process.env['PORT'] ?? 8080), () => console.log('listening'))
