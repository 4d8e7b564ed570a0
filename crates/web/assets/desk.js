// The keys of the curators' desk. Pages work without it: every key stands for a link or a field that is there.
const OFF = 'desk-keys-off'
const help = document.getElementById('keys')
const article = document.getElementById('article')

// The words that say it, in the middle of the text and not of the page.
const said = document.getElementById('said')
if (article && said) article.scrollTop = said.offsetTop - article.offsetTop - article.clientHeight / 3

// What went wrong is read out first.
document.querySelector('.problem[tabindex]')?.focus()

if (help) {
  help.hidden = false
  const off = document.getElementById('keys-off')
  off.checked = localStorage.getItem(OFF) === 'yes'
  off.addEventListener('change', () => localStorage.setItem(OFF, off.checked ? 'yes' : 'no'))
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    const typing = event.target.closest?.('input:not([type=checkbox]), textarea, select')
    if (event.key === 'Escape' && typing) return typing.blur()
    if (typing || off.checked) return
    if (act(event.key)) event.preventDefault()
  })
}

function act(key) {
  switch (key) {
    case 'j':
      return follow('a[rel=next]') || step(1)
    case 'k':
      return follow('a[rel=prev]') || step(-1)
    case 'a':
      return type('accept')
    case 'r':
      return type('reject')
    case 'e':
      return follow('#amend')
    case '?':
      help.open = !help.open
      if (help.open) help.querySelector('summary').focus()
      return true
  }
  return false
}

function follow(selector) {
  const link = document.querySelector(selector)
  link?.click()
  return link !== null
}

function type(id) {
  const field = document.getElementById(id)
  field?.focus()
  field?.select()
  return field !== null
}

// From row to row of a list.
function step(by) {
  const rows = [...document.querySelectorAll('a.row')]
  if (rows.length === 0) return false
  const at = rows.indexOf(document.activeElement)
  const to = at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1)
  rows[to].focus()
  return true
}
