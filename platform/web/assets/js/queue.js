// Keys of a queue: j and k walk its rows, / goes to the search, ? opens the help. One letter alone
// disturbs who dictates, so they can be switched off; whoever types in a field is left alone.
const OFF = 'queue-keys-off'
const help = document.getElementById('keys')
const box = document.getElementById('keys-on')
const links = [...document.querySelectorAll('.ob-queue .ob-number')]

function walk (by) {
  const at = links.indexOf(document.activeElement)
  const to = at < 0 ? (by > 0 ? 0 : links.length - 1) : at + by
  links[Math.min(Math.max(to, 0), links.length - 1)]?.focus()
}

const acts = {
  j: () => walk(1),
  k: () => walk(-1),
  '/': () => document.getElementById('text')?.focus(),
  '?': () => { help.open = !help.open; help.querySelector('summary').focus() }
}

function isTyping (target) {
  return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
    (target.tagName === 'INPUT' && target.type !== 'checkbox')
}

if (help) {
  help.hidden = false
  try { box.checked = !localStorage.getItem(OFF) } catch { /* no store: they stay on */ }
  box.addEventListener('change', () => {
    try { box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, '1') } catch { /* as above */ }
  })
  document.addEventListener('keydown', event => {
    const act = acts[event.key]
    if (!act || !box.checked || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return
    event.preventDefault()
    act()
  })
}
