// Drafts of long forms stay on the device, only where the form says so (data-draft="key").
// Passwords, files, hidden fields and whatever stands in data-private (personal numbers) are never kept.
const PREFIX = 'draft:'
const BASE = '@base' // under it: what the house had when the words were typed (data-draft-base)
const WAIT = 400

const kept = element => element.name && !['password', 'file', 'hidden', 'submit'].includes(element.type) &&
  !element.closest('[data-private]')
const chosen = element => ['radio', 'checkbox'].includes(element.type)

// A full or forbidden storage costs the draft, never the form.
function quietly (act) {
  try { return act() } catch { return null }
}

const known = key => quietly(() => JSON.parse(localStorage.getItem(key)))
const forget = key => quietly(() => localStorage.removeItem(key))

function read (form) {
  const draft = {}
  for (const element of form.elements) {
    if (!kept(element) || (chosen(element) && !element.checked)) continue
    (draft[element.name] ||= []).push(element.value)
  }
  return draft
}

function write (form, draft) {
  for (const element of form.elements) {
    if (!kept(element)) continue
    const values = draft[element.name] || []
    if (chosen(element)) element.checked = values.includes(element.value)
    else if (values.length) element.value = values.shift()
  }
}

function keep (form) {
  const key = PREFIX + form.dataset.draft
  const base = form.dataset.draftBase || ''
  const note = form.querySelector('[data-draft-note]')
  const draft = known(key)
  const empty = JSON.stringify(read(form))
  // After a refusal the page carries what was typed: newer than the draft. So does a page whose
  // answers were saved since, from here or from elsewhere.
  if (draft && (draft[BASE] || [''])[0] !== base) forget(key)
  else if (draft && !form.querySelector('.govuk-error-message')) {
    write(form, draft)
    if (note) note.hidden = false
  }
  const save = () => quietly(() => {
    const words = read(form)
    if (JSON.stringify(words) === empty && !form.querySelector('.govuk-error-message')) forget(key)
    else localStorage.setItem(key, JSON.stringify(base ? { ...words, [BASE]: [base] } : words))
  })
  let timer
  form.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(save, WAIT)
  })
  form.addEventListener('submit', event => {
    clearTimeout(timer)
    save()
    // Without a network the browser would show a page of its own in place of the form.
    if (!navigator.onLine) event.preventDefault()
  })
  note?.querySelector('button').addEventListener('click', () => {
    forget(key)
    form.reset()
    note.hidden = true
  })
}

/** Restore and keep drafts; the page that confirms (data-draft-done="key") lets go of them.
 *  With data-draft-base it does so only where the house has other words by now than it had then. */
export function keepDrafts () {
  document.querySelectorAll('[data-draft-done]').forEach(done => {
    const key = PREFIX + done.dataset.draftDone
    const base = done.dataset.draftBase
    if (!base || (known(key)?.[BASE] || [base])[0] !== base) forget(key)
  })
  document.querySelectorAll('form[data-draft]').forEach(keep)
}
