// The first hour: a figure with all that makes it one, a list to its end, an error.

import { ask, BabError } from './bab.js'
import { type CitedFragment, CommunesDocument, type CommunesQuery, HeadlineDocument, type Qualifier } from './generated/graphql.js'

const SIGNS: Record<Qualifier, string> = { EXACT: '', APPROXIMATE: 'about ', AT_LEAST: 'at least ', AT_MOST: 'at most ', TARGET: 'target: ' }

function line({ value, unit, period, qualifier, territory, producer, source }: CitedFragment): string {
  const who = producer ? `measured by ${producer.name}, ` : ''
  return `${SIGNS[qualifier] ?? '? '}${value} ${unit.key} (${period ?? 'undated'}), ${territory?.name ?? 'the world'}: ${who}${source.publisher}, ${source.publishedOn}`
}

const { headline } = await ask(HeadlineDocument, { indicator: 'call_centres', territory: '03.231' })
if (headline?.observation) console.log(line(headline.observation))
console.log(`known of ${headline?.series.map(({ period }) => period).join(', ')}`)

const communes: CitedFragment[] = []
let after: string | null | undefined
do {
  const { observations }: CommunesQuery = await ask(CommunesDocument, { first: 100, after })
  communes.push(...observations.nodes)
  after = observations.pageInfo.hasNextPage ? observations.pageInfo.endCursor : null
} while (after)
console.log(`${communes.length} communes; first ${line(communes[0]!)}`)

try {
  await ask(HeadlineDocument, { indicator: 'call_centers', territory: '03.231' })
} catch (error) {
  if (!(error instanceof BabError)) throw error
  console.log(`${error.code}: ${error.message}`)
}
