// mcp.mjs BAB [BASE_URL]: the official client of the Model Context Protocol against a real `bab mcp`, over standard input and output
// (its own database in DATABASE_URL) and over HTTP (BASE_URL, or that of the environment). The client checks each result against the
// output schema of its tool.

import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport, getDefaultEnvironment } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const [bab, base = process.env.BASE_URL] = process.argv.slice(2)
if (!bab || !base) {
  console.error('usage: node mcp.mjs BAB BASE_URL')
  process.exit(2)
}

// What each conversation must show; every story gets a client that is connected.
const stories = {
  async 'greets and says how figures are to be quoted'(client) {
    assert.equal(client.getServerVersion().name, 'bab')
    assert.match(client.getInstructions(), /period/)
    await client.ping()
  },
  async 'lists three tools that read only'(client) {
    const { tools } = await client.listTools()
    assert.deepEqual(tools.map((tool) => tool.name), ['ask', 'search', 'query'])
    for (const tool of tools) {
      assert.equal(tool.annotations.readOnlyHint, true)
      assert.ok(tool.inputSchema && tool.outputSchema && tool.description)
    }
  },
  async 'asks in four languages and gets 36 call centres with their source'(client) {
    const questions = {
      FR: "Combien de centres d'appels à Fès ?",
      EN: 'How many call centres in Fès?',
      AR: 'كم عدد مراكز الاتصال في فاس؟',
      ARY: 'شحال من سونطر دابيل كاين ف فاس؟',
    }
    for (const [locale, question] of Object.entries(questions)) {
      const answer = await given(client, 'ask', { question })
      assert.equal(answer.locale, locale)
      assert.equal(answer.figures[0].value, 36)
      assert.equal(answer.figures[0].period, '2019')
      assert.ok(answer.figures[0].source.publisher && answer.figures[0].source.url)
    }
  },
  async 'reads the sentence with its sources in the text alone'(client) {
    const { content } = await client.callTool({ name: 'ask', arguments: { question: 'How many call centres in Fès?' } })
    assert.match(content[0].text, /36 call centres[\s\S]*Sources:[\s\S]*JournalEco/)
  },
  async 'follows up'(client) {
    const first = await given(client, 'ask', { question: 'taux de chômage à Fès' })
    const second = await given(client, 'ask', { question: 'et à Meknès ?', conversation: first.conversation })
    assert.equal(second.status, 'ANSWERED')
    assert.equal(second.figures[0].territory.code, '03.061')
  },
  async 'gets every kind of answer in the shape that was promised'(client) {
    for (const question of [
      'list the parks in Fès', 'compare unemployment in Fès and Meknès', 'évolution du chômage à Fès', 'which five communes have the most businesses?',
      'parks within 50 km of Meknès', 'Quel parc est le plus proche ?', 'Digital Morocco 2030 objectives', 'projects in Fès-Meknès', 'tell me about Fès Shore',
      'how many people work at Intelcia in Fès?', 'what sources do you have?', 'what is the weather on Mars?', 'how many call centres in Fès in 2031?',
    ]) {
      const answer = await given(client, 'ask', { question })
      if (answer.operation) assert.deepEqual((await given(client, 'query', answer.operation)).errors, [], question)
    }
  },
  async 'searches in Arabic and queries what was found'(client) {
    const { hits } = await given(client, 'search', { text: 'فاس شور' })
    assert.equal(hits[0].key, 'fes_shore')
    const { data } = await given(client, 'query', { document: hits[0].document })
    assert.equal(data.park.name, 'Fès Shore')
  },
  async 'queries with variables'(client) {
    const document = 'query Territory($code: String!) { territory(code: $code) { name(locale: EN) population { value period source { publisher } } } }'
    const { data } = await given(client, 'query', { document, variables: { code: '03.231' } })
    assert.ok(data.territory.population.value > 1_000_000)
  },
  async 'is refused a mutation'(client) {
    const result = await client.callTool({ name: 'query', arguments: { document: 'mutation { __typename }' } })
    assert.equal(result.isError, true)
    assert.match(result.content[0].text, /BAD_USER_INPUT.*only reads/)
  },
  async 'is told what to mend'(client) {
    const wrong = await client.callTool({ name: 'ask', arguments: { q: 'parks' } })
    assert.equal(wrong.isError, true)
    assert.match(wrong.content[0].text, /question/)
    await assert.rejects(client.callTool({ name: 'drop_tables', arguments: {} }), /ask, search and query/)
  },
  async 'reads the schema and an example'(client) {
    const { resources } = await client.listResources()
    const schema = await client.readResource({ uri: 'bab://schema.graphql' })
    assert.match(schema.contents[0].text, /^type Query/m)
    const example = await client.readResource({ uri: resources[1].uri })
    assert.equal(example.contents.length, 2)
  },
}

let passed = 0
let failed = 0
const folder = await mkdtemp(join(tmpdir(), 'bab-mcp-'))
try {
  const stdio = new StdioClientTransport({
    command: bab,
    args: ['mcp'],
    env: { ...getDefaultEnvironment(), ...settings(), DATABASE_URL: `sqlite://${join(folder, 'bab.db')}?mode=rwc` },
    stderr: 'ignore',
  })
  await converse('stdio', stdio)
  await converse('http', new StreamableHTTPClientTransport(new URL('/mcp', base)))
} finally {
  await rm(folder, { recursive: true, force: true })
}
console.log(`conformance: ${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

async function converse(name, transport) {
  const client = new Client({ name: 'bab-conformance', version: '0.1.0' })
  await check(name, 'connects', () => client.connect(transport))
  // The first listing lets the client know the output schemas.
  await check(name, 'knows the tools', () => client.listTools())
  for (const [story, tell] of Object.entries(stories)) await check(name, story, () => tell(client))
  await check(name, 'takes its leave', () => client.close())
}

async function check(name, story, tell) {
  try {
    await tell()
    passed += 1
    console.log(`ok      ${name}: ${story}`)
  } catch (error) {
    failed += 1
    console.log(`FAILED  ${name}: ${story}: ${error.message}`)
  }
}

// What a tool gives to programs.
async function given(client, name, args) {
  const result = await client.callTool({ name, arguments: args })
  assert.notEqual(result.isError, true, `${JSON.stringify(args)}: ${result.content[0]?.text}`)
  return result.structuredContent
}

// The client passes on nothing of the environment that is not named.
function settings() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('BAB_') && !name.endsWith('_LISTEN')))
}
