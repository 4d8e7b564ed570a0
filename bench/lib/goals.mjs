// The goals, and whether a run reached them: floor and moonshot of each, and how it is measured.

import { median } from './statistics.mjs'

const atLeast = (floor, moonshot) => ({ floor, moonshot, reached: (value, bound) => value >= bound, sign: '≥' })
const atMost = (floor, moonshot) => ({ floor, moonshot, reached: (value, bound) => value <= bound, sign: '≤' })

/** The goals that a run says something about, each with its value. */
export function goals(run) {
  const uncached = (what, one, other, bound) =>
    what.map((name) => ({ what: `${name} against ${other.label}`, value: ratio(run.uncached, one, other.name, name), ...bound }))
  const node = faster(run, ['yoga', 'apollo'])
  const list = [
    ...uncached(['Q5'], 'bab', { name: 'postgraphile', label: 'PostGraphile' }, atLeast(5, 6.5)),
    ...(node ? uncached(['Q5'], 'bab', { name: node, label: `the faster hand-written Node server (${node})` }, atLeast(3, 4.5)) : []),
    ...uncached(['Q1', 'Q2', 'Q3', 'Q4'], 'bab', { name: 'postgraphile', label: 'PostGraphile' }, atLeast(3.5, 5)),
    ...uncached(['Q5'], 'bab', { name: 'sql', label: 'the same SQL, no GraphQL' }, atLeast(0.85, 0.95)),
    { what: 'p99 of Q5 against that of PostGraphile', value: late(run, 'bab', 'postgraphile'), ...atMost(1 / 3, 1 / 5) },
    ...uncached(['Q1', 'Q2'], 'bab-sqlite', { name: 'rusqlite', label: 'rusqlite (SQLite)' }, atLeast(0.35, 0.8)),
    ...uncached(['Q3', 'Q4'], 'bab-sqlite', { name: 'rusqlite', label: 'rusqlite (SQLite)' }, atLeast(0.6, 0.8)),
    ...['bab-kept', 'bab-sqlite-kept'].flatMap((name) => [
      { what: `repeated queries against a static reply, ${name}`, value: ratio(run.kept, name, 'static', 'hot'), ...atLeast(0.85, 0.95) },
      { what: `the same with a write a second, ${name}`, value: ratio(run.kept, `${name}+writes`, 'static', 'hot'), ...atLeast(0.6, 0.8) },
      { what: `stale answers after an acknowledged write, ${name}`, value: run.stale?.[name], ...atMost(0, 0) },
    ]),
    ...[['Q1', 1.5, 1], ['Q3', 3, 2], ['Q4', 15, 3]].map(([name, floor, moonshot]) => ({
      what: `${name} at L, one client, median ms`,
      value: run.scale === 'L' ? middle(run.latency?.bab?.[name], 'p50') : undefined,
      ...atMost(floor, moonshot),
    })),
    ...Object.entries(run.statements ?? {}).map(([server, most]) => ({
      what: `statements a request, ${server}`,
      value: Math.max(...Object.values(most)),
      ...atMost(1, 1),
    })),
    ...['bab', 'bab-sqlite'].flatMap((name) => [
      { what: `ready ms, ${name}`, value: run.servers?.[name]?.ready, ...atMost(100, 50) },
      { what: `idle MB, ${name}`, value: run.servers?.[name]?.memory, ...atMost(60, 40) },
    ]),
  ]
  return list
    .filter(({ value }) => value !== undefined && !Number.isNaN(value))
    .map(({ reached, ...goal }) => ({
      ...goal,
      verdict: reached(goal.value, goal.moonshot) ? 'moonshot' : reached(goal.value, goal.floor) ? 'floor' : 'MISSED',
    }))
}

/** The median of the ratios of the rounds, in which servers take turns: what slows the machine slows both. */
function ratio(results, one, other, workload) {
  const [ones, others] = [results?.[one]?.[workload], results?.[other]?.[workload]]
  if (!ones || !others) return undefined
  return median(ones.map(({ rate }, round) => rate / (others[round] ?? others.at(-1)).rate))
}

function late(run, one, other) {
  const [ones, others] = [run.uncached?.[one]?.Q5, run.uncached?.[other]?.Q5]
  return ones && others && median(ones.map(({ p99 }, round) => p99 / others[round].p99))
}

export function middle(rounds, of) {
  return rounds && median(rounds.map((round) => round[of]))
}

function faster(run, names) {
  return names
    .filter((name) => run.uncached?.[name]?.Q5)
    .sort((one, other) => middle(run.uncached[other].Q5, 'rate') - middle(run.uncached[one].Q5, 'rate'))[0]
}
