// schemathesis: documents made up from the contract, valid and not, for every root field. What an answer must be is in
// schemathesis_hooks.py; how often it asks is in schemathesis.toml.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { report, server } from './report.mjs'

const url = server()
const { passed, failed, end } = report()
const path = (name) => fileURLToPath(new URL(name, import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'schemathesis-'))
const junit = join(folder, 'report.xml')

const command = ['--config-file', path('schemathesis.toml'), 'run', url, '--no-color', '--report', 'junit', '--report-junit-path', junit]
const { status, stdout, stderr, error } = spawnSync('python3', ['-m', 'schemathesis.cli', ...command], {
  cwd: path('.'),
  encoding: 'utf8',
  env: { ...process.env, PYTHONPATH: path('../.tools/schemathesis'), PYTHONDONTWRITEBYTECODE: '1' },
  maxBuffer: 64 * 1024 * 1024,
})

let broken = 0
for (const [, name, content] of cases()) {
  const problems = [...content.matchAll(/<(?:failure|error)[^>]*>(.*?)<\/(?:failure|error)>/gs)].map(([, told]) => text(told))
  if (problems.length === 0) {
    passed(name)
  } else {
    broken += 1
    failed(name, problems[0])
  }
}
if (status !== 0 && broken === 0) {
  failed('the run', `it ended with ${status ?? error}; deploy/setup/pip.sh installs what it needs\n${stdout}${stderr}`)
}
console.log(`        ${stdout?.match(/\d+ generated/)?.[0] ?? 'no'} documents`)
rmSync(folder, { recursive: true })
end()

/** The root fields that were tried, as `[, name, content]`. */
function cases() {
  let xml
  try {
    xml = readFileSync(junit, 'utf8')
  } catch {
    return []
  }
  return [...xml.matchAll(/<testcase name="([^"]*)"[^>]*?(?:\/>|>(.*?)<\/testcase>)/gs)].map(([all, name, content = '']) => [all, name, content])
}

function text(xml) {
  const signs = { lt: '<', gt: '>', quot: '"', amp: '&', apos: "'" }
  return xml.replace(/&(lt|gt|quot|amp|apos);/g, (_, sign) => signs[sign]).slice(0, 3000)
}
