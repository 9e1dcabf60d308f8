// What others told near the point that was just put into the form, asked of the house as it changes;
// without scripts the page itself lists what was told in the village.
const WAIT = 600

for (const block of document.querySelectorAll('[data-nearby]')) watch(block)

function watch (block) {
  const field = block.closest('form').querySelector('[name=point]')
  const shown = block.firstElementChild
  let timer
  let asked = 0

  async function ask () {
    const number = ++asked
    const address = new URL(block.dataset.nearby, location.href)
    // To ten metres: the fifth digit is nobody's matter before it is sent.
    address.searchParams.set('point', field.value.replace(/(\.\d{4})\d+/g, '$1'))
    const answer = field.value.trim() ? await fetch(address).catch(() => null) : null
    const found = answer && answer.ok ? await answer.json() : []
    if (number === asked) tell(found)
  }

  function tell (found) {
    shown.hidden = !found.length
    shown.querySelector('ul').replaceChildren(...found.map(line))
  }

  function line (one) {
    const made = block.querySelector('template').content.cloneNode(true)
    made.querySelector('a').href = one.path
    made.querySelector('a').textContent = one.title
    made.querySelector('p').textContent = one.words
    made.querySelector('p').hidden = !one.words
    made.querySelector('span').textContent = `${one.state} · ${one.number}`
    return made
  }

  field.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(ask, WAIT)
  })
}
