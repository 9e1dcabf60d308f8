// Acts on the spot wait in the phone while there is no network. Each carries an id of its own, so
// that the house takes it once however often it is sent.
const KEY = 'visit-acts'
const page = document.querySelector('[data-acts]')
const line = page?.querySelector('[data-acts-said]')
let sending = false

const waiting = () => JSON.parse(localStorage.getItem(KEY) || '[]')
const keep = acts => localStorage.setItem(KEY, JSON.stringify(acts))

function say (word) {
  line.textContent = page.dataset[word]
  line.hidden = false
}

// What was said by the house: taken, refused for good, or to be tried again.
async function post (act) {
  const body = new URLSearchParams({ ...act.fields, csrf_token: document.querySelector('[name=csrf_token]').value })
  const answer = await fetch(act.url, { method: 'POST', body, redirect: 'manual' })
  if (answer.status === 204) return 'sent'
  return [404, 409, 422].includes(answer.status) ? 'refused' : 'again'
}

// True where all that waited was taken.
async function send () {
  if (sending) return false
  sending = true
  let refused = false
  try {
    while (waiting().length) {
      const [act] = waiting()
      const said = await post(act)
      if (said === 'again') {
        say('again')
        return false
      }
      refused ||= said === 'refused'
      keep(waiting().filter(one => one.fields.request_id !== act.fields.request_id))
      say(refused ? 'refused' : 'sent')
    }
    return !refused
  } catch {
    say('waits')
    return false
  } finally {
    sending = false
  }
}

function actOf (form) {
  const fields = Object.fromEntries(new FormData(form))
  delete fields.csrf_token
  Object.assign(fields, { request_id: crypto.randomUUID(), at: new Date().toISOString(), queued: '1' })
  return { url: form.action, fields }
}

// A note typed and not yet sent goes along with the act beside it: the page is loaded anew after.
function noteBeside (form) {
  const typed = form.closest('li').querySelector('form[data-act] textarea')
  return typed?.form !== form && typed?.value.trim() ? [typed.form] : []
}

function queue (event) {
  const form = event.target
  const isNote = form.elements.kind.value === 'note'
  const notes = isNote ? [form] : noteBeside(form)
  try {
    keep([...waiting(), ...[...new Set([...notes, form])].map(actOf)])
  } catch {
    return // a full or forbidden storage: the form goes as it is
  }
  event.preventDefault()
  form.querySelectorAll('button, textarea').forEach(one => { one.disabled = !isNote })
  notes.forEach(one => one.reset())
  say('waits')
  send().then(isTaken => { if (isTaken && !isNote) location.reload() })
}

if (page) {
  document.querySelectorAll('form[data-act]').forEach(form => form.addEventListener('submit', queue))
  addEventListener('online', send)
  if (waiting().length) send()
}
