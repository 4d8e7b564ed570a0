// The question box suggests names while one is typed. Pages work without it.
const box = document.getElementById('q')
if (box) suggest(box)

function suggest(input) {
  const list = document.createElement('ul')
  list.id = 'suggestions'
  list.className = 'suggestions'
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', input.labels?.[0]?.textContent ?? '')
  list.hidden = true
  input.parentElement.append(list)
  for (const [name, value] of [['role', 'combobox'], ['aria-autocomplete', 'list'], ['aria-controls', list.id], ['aria-expanded', 'false']])
    input.setAttribute(name, value)
  let active = -1
  let asked = ''
  let wait

  const close = () => {
    list.hidden = true
    active = -1
    input.setAttribute('aria-expanded', 'false')
    input.removeAttribute('aria-activedescendant')
  }
  const mark = (to) => {
    const options = list.children
    if (options.length === 0) return
    active = (to + options.length + 1) % (options.length + 1)
    for (const [index, option] of [...options].entries()) option.setAttribute('aria-selected', String(index === active))
    if (options[active]) input.setAttribute('aria-activedescendant', options[active].id)
    else input.removeAttribute('aria-activedescendant')
  }
  const show = (suggestions) => {
    list.replaceChildren(
      ...suggestions.map(({ name, kind, address }, index) => {
        const option = document.createElement('li')
        option.id = `suggestion-${index}`
        option.setAttribute('role', 'option')
        option.dataset.address = address
        const what = document.createElement('bdi')
        what.textContent = name
        const small = document.createElement('small')
        small.textContent = kind
        option.append(what, ' ', small)
        // Before the box loses the focus.
        option.addEventListener('mousedown', (event) => {
          event.preventDefault()
          location.assign(address)
        })
        return option
      }),
    )
    list.hidden = suggestions.length === 0
    active = -1
    input.setAttribute('aria-expanded', String(!list.hidden))
  }
  const look = async () => {
    const typed = input.value.trim()
    asked = typed
    if (typed.length < 2) return close()
    const language = document.documentElement.lang
    const response = await fetch(`/suggest?lang=${language}&q=${encodeURIComponent(typed)}`).catch(() => null)
    if (!response?.ok || asked !== typed || document.activeElement !== input) return
    show((await response.json()).suggestions)
  }
  input.addEventListener('input', () => {
    clearTimeout(wait)
    wait = setTimeout(look, 150)
  })
  input.addEventListener('blur', close)
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault()
      close()
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (list.hidden) return
      event.preventDefault()
      mark(active < 0 ? (event.key === 'ArrowDown' ? 0 : -1) : active + (event.key === 'ArrowDown' ? 1 : -1))
    } else if (event.key === 'Enter' && list.children[active]) {
      event.preventDefault()
      location.assign(list.children[active].dataset.address)
    }
  })
}
