// Drafts of long forms stay on the device, only where the form says so (data-draft="key").
// Passwords, files, hidden fields and whatever stands in data-private (personal numbers) are never kept.
const PREFIX = 'draft:'
const WAIT = 400

const kept = element => element.name && !['password', 'file', 'hidden', 'submit'].includes(element.type) &&
  !element.closest('[data-private]')
const chosen = element => ['radio', 'checkbox'].includes(element.type)

// A full or forbidden storage costs the draft, never the form.
function quietly (act) {
  try { return act() } catch { return null }
}

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
  const note = form.querySelector('[data-draft-note]')
  const draft = quietly(() => JSON.parse(localStorage.getItem(key)))
  // After a refusal the page carries what was typed: newer than the draft.
  if (draft && !form.querySelector('.govuk-error-message')) {
    write(form, draft)
    if (note) note.hidden = false
  }
  let timer
  form.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(() => quietly(() => localStorage.setItem(key, JSON.stringify(read(form)))), WAIT)
  })
  form.addEventListener('submit', () => {
    clearTimeout(timer)
    quietly(() => localStorage.setItem(key, JSON.stringify(read(form))))
  })
  note?.querySelector('button').addEventListener('click', () => {
    quietly(() => localStorage.removeItem(key))
    form.reset()
    note.hidden = true
  })
}

/** Restore and keep drafts; the page that confirms (data-draft-done="key") lets go of them. */
export function keepDrafts () {
  document.querySelectorAll('form[data-draft]').forEach(keep)
  document.querySelectorAll('[data-draft-done]').forEach(done =>
    quietly(() => localStorage.removeItem(PREFIX + done.dataset.draftDone)))
}
