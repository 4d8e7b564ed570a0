// What is asked: Q1 to Q4 with many values each, and Q5, a mixture of them. Every server is asked the same things in the same order.

import { readFileSync } from 'node:fs'

import { random, shuffled } from './random.mjs'

export const SINGLE = ['Q1', 'Q2', 'Q3', 'Q4']
export const WORKLOADS = [...SINGLE, 'Q5']

/** Of 100 requests of Q5. */
const MIXTURE = { Q1: 35, Q2: 35, Q3: 25, Q4: 5 }
const MIXED = 2000
/** How many different requests are repeated where answers are kept. */
const HOT = 100
const HEADLINES = 500

const PROVINCES_AND_SEGMENTS = `
  SELECT places.key AS territory, segments.key AS activity FROM territories AS places
  CROSS JOIN activities AS segments JOIN activities AS root ON root.id = segments.parent_id AND root.parent_id IS NULL
  WHERE places.level = 'province' ORDER BY 1, 2`
const SERIES = `
  SELECT DISTINCT indicators.key AS indicator, territories.key AS territory FROM observations
  JOIN indicators ON indicators.id = indicator_id JOIN territories ON territories.id = territory_id
  WHERE subject_kind IS NULL AND territories.level IN ('country', 'region', 'province') AND indicator_id % 7 = 0 ORDER BY 1, 2`
const REGIONS = "SELECT key AS territory FROM territories WHERE level = 'region' ORDER BY 1"

/** Values of every workload, out of the data. */
export async function values(client) {
  const read = async (sql, seed) => shuffled((await client.query(sql)).rows, random(seed))
  const regions = await read(REGIONS, 3)
  return {
    Q1: await read(PROVINCES_AND_SEGMENTS, 1),
    Q2: (await read(SERIES, 2)).slice(0, HEADLINES),
    Q3: regions,
    Q4: shuffled(regions, random(4)),
  }
}

/** Which workload, with which of its values: single ones in their order, and the mixture. */
export function plan(values) {
  const plan = {}
  for (const name of SINGLE) plan[name] = values[name].map((_, index) => ({ name, index }))
  const mixed = SINGLE.flatMap((name) =>
    Array.from({ length: (MIXED * MIXTURE[name]) / 100 }, (_, index) => ({ name, index: index % values[name].length })),
  )
  plan.Q5 = shuffled(mixed, random(5))
  plan.hot = plan.Q5.slice(0, HOT)
  return plan
}

/** Bodies of the requests in one dialect: which documents are sent. */
export class Bodies {
  constructor(dialect, values) {
    const document = (name) => readFileSync(new URL(`../queries/${dialect}/${name}.graphql`, import.meta.url), 'utf8')
    // As a client sends it: without comments, and with no more white space than needed.
    const short = (text) => text.replace(/^#.*$/gm, '').replace(/\s+/g, ' ').trim()
    this.bodies = Object.fromEntries(
      SINGLE.map((name) => {
        const query = short(document(name))
        return [name, values[name].map((variables) => JSON.stringify({ operationName: name, variables, query }))]
      }),
    )
  }

  of({ name, index }) {
    return this.bodies[name][index]
  }
}

/** The data of a reply, in the same form whatever the dialect. */
export function canonical(dialect, name, data) {
  return READ[dialect][name](data)
}

const byKey = (groups) => groups.sort(([one], [other]) => String(one).localeCompare(String(other)))

const READ = {
  bab: {
    Q1: ({ sites }) => sites.totalCount,
    Q2: ({ headline: { observation } }) => [observation.value, observation.period, observation.source.title, observation.source.url],
    Q3: ({ sites }) =>
      sites.nodes.map(({ key, headcount, organisation, territory }) => [
        key,
        headcount?.value ?? null,
        organisation.name,
        territory.name,
        territory.parent?.name ?? null,
      ]),
    Q4: ({ sites }) =>
      byKey(
        sites.aggregate.groupBy.groups.map(({ province, count, headcount }) => [
          province?.code ?? null,
          province?.name ?? null,
          count,
          headcount.sum,
        ]),
      ),
  },
  postgraphile: {
    Q1: ({ allSiteTotals }) => Number(allSiteTotals.aggregates.sum.count),
    Q2: ({ allObservations }) => {
      const [{ value, period, sourceBySourceId: source }] = allObservations.nodes
      return [value, period, source.title, source.url]
    },
    Q3: ({ allSites }) =>
      allSites.nodes.map(({ key, headcount, organisationByOrganisationId: organisation, territoryByTerritoryId: territory }) => [
        key,
        headcount,
        organisation.name,
        territory.nameFr,
        territory.territoryByParentId?.nameFr ?? null,
      ]),
    Q4: ({ allBenchProvinceTotals }) =>
      byKey(
        allBenchProvinceTotals.groupedAggregates.map(({ keys: [code, name], sum }) => [code, name, Number(sum.count), sum.sum]),
      ),
  },
}
