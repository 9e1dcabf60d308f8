// The form of the letter's code: five boxes, each of which says for itself if it is mistyped.
import { GROUPS, LENGTH, isGroup } from './code.js'
import { find, make } from './dom.js'
import { onLanguage, say } from './language.js'

const places = Array.from({ length: GROUPS }, (_, n) => n + 1)
const box = place => find(`group-${place}`)
const digitsOf = place => box(place).value.replace(/[^0-9]/g, '')
const stateOf = place => digitsOf(place).length < LENGTH ? 'short' : isGroup(place, digitsOf(place)) ? '' : 'wrong'

export const groupsOfCode = () => places.map(digitsOf)

export function fillCode (digits) {
  for (const place of places) box(place).value = digits.slice(LENGTH * (place - 1), LENGTH * place)
}

export const clearCode = () => fillCode('')

let checked = []

/** Marks the boxes among `asked` that are wrong, and says which; the places of the wrong ones. */
function check (asked) {
  checked = asked
  const states = Object.fromEntries(asked.map(place => [place, stateOf(place)]))
  for (const place of places) {
    if (states[place]) box(place).setAttribute('aria-invalid', 'true')
    else box(place).removeAttribute('aria-invalid')
    box(place).classList.toggle('is-right', !stateOf(place))
  }
  const sentence = kind => {
    const groups = asked.filter(place => states[place] === kind)
    return groups.length ? say(`${kind}Group${groups.length > 1 ? 's' : ''}`, { groups: groups.join(', ') }) : ''
  }
  find('code-wrong').textContent = [sentence('wrong'), sentence('short')].filter(Boolean).join(' ')
  return asked.filter(place => states[place])
}

/** The whole code; moves to the first wrong box where there is one. */
export function checkCode () {
  const wrong = check(places)
  if (wrong.length) box(wrong[0]).focus()
  return wrong.length === 0
}

function paste (event) {
  const digits = event.clipboardData.getData('text').replace(/[^0-9]/g, '')
  if (digits.length !== GROUPS * LENGTH) return
  event.preventDefault()
  fillCode(digits)
  checkCode()
}

function typed (place) {
  if (box(place).value !== digitsOf(place)) box(place).value = digitsOf(place)
  // A keyboard that fills from the clipboard pastes without an event of its own.
  if (digitsOf(place).length === GROUPS * LENGTH) fillCode(digitsOf(place))
  const full = places.filter(one => digitsOf(one).length >= LENGTH)
  check(full)
  if (!stateOf(place) && place < GROUPS) box(place + 1).focus()
}

export function startCodeForm (done) {
  for (const place of places) {
    const input = make('input', {
      id: `group-${place}`, type: 'text', inputMode: 'numeric', autocomplete: 'off', 'aria-describedby': 'code-wrong'
    })
    input.addEventListener('paste', paste)
    input.addEventListener('input', () => typed(place))
    find('groups').append(make('label', {}, make('span'), input))
  }
  onLanguage(() => {
    find('groups').setAttribute('aria-label', say('codeTitle'))
    for (const place of places) {
      box(place).previousSibling.textContent = say('group', { n: place })
      box(place).setAttribute('aria-label', say('groupLong', { n: place }))
    }
    if (find('code-wrong').textContent) check(checked)
  })
  find('code-form').addEventListener('submit', event => {
    event.preventDefault()
    if (checkCode()) done()
  })
}
