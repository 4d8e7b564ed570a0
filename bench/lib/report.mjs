// What a run found, as tables.

import { goals, middle } from './goals.mjs'
import { LABELS } from './servers.mjs'
import { WORKLOADS } from './workloads.mjs'

const rounded = (value) => (value === undefined ? '–' : value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3))

/** Every table, as Markdown. */
export function report(run) {
  return [absolute(run), kept(run), latency(run), ratios(run)].filter(Boolean).join('\n\n')
}

function absolute(run) {
  const names = Object.keys(run.uncached ?? {})
  if (names.length === 0) return ''
  const rows = names.map((name) => {
    const results = run.uncached[name]
    const last = results.Q5
    return [
      LABELS[name],
      ...WORKLOADS.map((workload) => rounded(middle(results[workload], 'rate'))),
      last ? `${rounded(middle(last, 'p50'))} / ${rounded(middle(last, 'p99'))}` : '–',
      rounded(middle(last, 'processorTime')),
      rounded(run.servers[name].ready),
      rounded(run.servers[name].memory),
    ]
  })
  const head = ['requests/s', ...WORKLOADS, 'Q5 p50 / p99 ms', 'CPU µs per Q5', 'ready ms', 'idle MB']
  return `${table(head, rows)}\n\nNothing kept, scale ${run.scale}, ${run.connections} connections; medians of ${run.rounds} rounds of ${run.seconds} s.`
}

function kept(run) {
  const names = Object.keys(run.kept ?? {})
  if (names.length === 0) return ''
  const label = (name) => (name.endsWith('+writes') ? `${LABELS[name.replace('+writes', '')]}, a write a second` : LABELS[name])
  const rows = names.map((name) => {
    const { hot } = run.kept[name]
    return [label(name), rounded(middle(hot, 'rate')), rounded(middle(hot, 'p50')), rounded(middle(hot, 'p99'))]
  })
  return table(['repeated requests/s', 'of Q5', 'p50 ms', 'p99 ms'], rows)
}

function latency(run) {
  const names = Object.keys(run.latency ?? {})
  if (names.length === 0) return ''
  const rows = names.map((name) => [LABELS[name], ...WORKLOADS.map((workload) => rounded(middle(run.latency[name][workload], 'p50')))])
  return table([`median ms, one client, scale ${run.scale}`, ...WORKLOADS], rows)
}

function ratios(run) {
  const rows = goals(run).map(({ what, value, sign, floor, moonshot, verdict }) => [
    what,
    rounded(value),
    `${sign} ${rounded(floor)}`,
    `${sign} ${rounded(moonshot)}`,
    verdict,
  ])
  return table(['goal', 'measured', 'floor', 'moonshot', 'reached'], rows)
}

function table(head, rows) {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => String(row[column]).length)))
  const line = (row) => `| ${row.map((cell, column) => (column === 0 ? String(cell).padEnd(widths[0]) : String(cell).padStart(widths[column]))).join(' | ')} |`
  const rule = `|${widths.map((width, column) => `${'-'.repeat(width + 1)}${column === 0 ? '-' : ':'}`).join('|')}|`
  return [line(head), rule, ...rows.map(line)].join('\n')
}
