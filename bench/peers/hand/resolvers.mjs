// The resolvers of the hand-written servers: one statement for a list, one for each relation of its rows.

import { rows } from './database.mjs'

const INSIDE = 'SELECT territory_id FROM territory_ancestors WHERE ancestor_id = (SELECT id FROM territories WHERE key = $1)'
const OF = 'SELECT activity_id FROM activity_ancestors WHERE ancestor_id = (SELECT id FROM activities WHERE key = $2)'

const COUNT = `SELECT COALESCE(SUM(count), 0)::bigint AS count FROM site_totals WHERE territory_id IN (${INSIDE}) AND activity_id IN (${OF})`

const LATEST = `
  SELECT value, period, source_id FROM observations
  WHERE indicator_id = (SELECT id FROM indicators WHERE key = $1) AND territory_id = (SELECT id FROM territories WHERE key = $2)
    AND subject_kind IS NULL AND superseded_at IS NULL AND qualifier <> 'target'
  ORDER BY period_end DESC NULLS LAST LIMIT 1`

const LARGEST = `
  SELECT id, key, headcount, organisation_id, territory_id FROM sites
  WHERE territory_id IN (${INSIDE}) ORDER BY headcount DESC NULLS LAST, id LIMIT $2`

// By place first: far fewer rows are then looked up in the tree.
const BY_PROVINCE = `
  SELECT above.province_id, SUM(totals.count)::bigint AS count, SUM(totals.sum) AS sum
  FROM (SELECT territory_id, SUM(count) AS count, SUM(sum) AS sum FROM site_totals WHERE territory_id IN (${INSIDE}) GROUP BY territory_id) AS totals
  LEFT JOIN (
    SELECT inside.territory_id, province.id AS province_id FROM territories AS province
    JOIN territory_ancestors AS inside ON inside.ancestor_id = province.id WHERE province.level = 'province'
  ) AS above ON above.territory_id = totals.territory_id
  GROUP BY above.province_id`

export const resolvers = {
  Query: {
    sites: (_, { first, filter, orderBy }) => new Sites(filter?.territory?.within, filter?.activity?.within, first ?? 20, orderBy),
    headline: async (_, { indicator, territory }) => {
      const [observation] = await rows('latest', LATEST, [indicator, territory])
      return { observation: observation ?? null }
    },
  },
  Site: {
    headcount: ({ headcount }) => (headcount === null ? null : { value: headcount }),
    organisation: ({ organisation_id }, _, { organisations }) => organisations.load(organisation_id),
    territory: ({ territory_id }, _, { territories }) => territories.load(territory_id),
  },
  Territory: {
    parent: ({ parent_id }, _, { territories }) => (parent_id === null ? null : territories.load(parent_id)),
  },
  SiteGroup: {
    province: ({ province_id }, _, { territories }) => (province_id === null ? null : territories.load(province_id)),
    headcount: ({ sum }) => ({ sum }),
  },
  Observation: {
    source: ({ source_id }, _, { sources }) => sources.load(source_id),
  },
}

/** A list whose parts are read when they are selected. */
class Sites {
  constructor(territory, activity, first, order) {
    Object.assign(this, { territory, activity, first, order })
  }

  async totalCount() {
    return (await rows('count', COUNT, [this.territory, this.activity]))[0].count
  }

  nodes() {
    return rows('largest', LARGEST, [this.territory, this.first])
  }

  aggregate() {
    return { groupBy: () => ({ groups: () => rows('by_province', BY_PROVINCE, [this.territory]) }) }
  }
}
