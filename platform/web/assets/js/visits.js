// Acts on the spot wait in the phone while there is no network. Each carries an id of its own, so
// that the house takes it once however often it is sent. What is refused stays, and is shown.
const page = document.querySelector('[data-acts]')
const line = page?.querySelector('[data-acts-said]')
const list = page?.querySelector('[data-acts-refused]')
const KEY = `visit-acts-${page?.dataset.acts}` // of one assistant: a phone may go from hand to hand
let sending = false

const kept = () => JSON.parse(localStorage.getItem(KEY) || '[]')
const keep = acts => localStorage.setItem(KEY, JSON.stringify(acts))
const waiting = () => kept().filter(act => !act.why)
const refused = () => kept().filter(act => act.why)
const others = act => kept().filter(one => one.fields.request_id !== act.fields.request_id)

function say (word) {
  line.textContent = page.dataset[word]
  line.hidden = false
}

// Nothing where the house took it, else why it did not; undefined to be tried again.
async function post (act) {
  const body = new URLSearchParams({ ...act.fields, csrf_token: document.querySelector('[name=csrf_token]').value })
  const answer = await fetch(act.url, { method: 'POST', body, redirect: 'manual' })
  if (answer.status === 204) return ''
  if (![404, 409, 422].includes(answer.status)) return
  return answer.headers.get('Content-Type')?.startsWith('text/plain') ? await answer.text() : page.dataset.refused
}

// True where all that waited was answered.
async function send () {
  if (sending) return false
  sending = true
  try {
    while (waiting().length) {
      const [act] = waiting()
      const why = await post(act)
      if (why === undefined) {
        say('again')
        return false
      }
      keep(why ? [...others(act), { ...act, why }] : others(act))
      say(refused().length ? 'refused' : 'sent')
    }
    return true
  } catch {
    say('waits')
    return false
  } finally {
    sending = false
    show()
  }
}

// Each refused act with its reason, the page of its visit, and a second try.
function show () {
  list.replaceChildren(...refused().map(act => {
    const row = page.querySelector('template').content.cloneNode(true)
    const at = new Date(act.fields.at).toLocaleString(document.documentElement.lang, { dateStyle: 'short', timeStyle: 'short' })
    row.querySelector('[data-what]').textContent = `${act.what}, ${at}`
    row.querySelector('[data-why]').textContent = act.why
    row.querySelector('[data-words]').textContent = act.fields.words || ''
    row.querySelector('a').href = act.url.replace(/\/act$/, '')
    row.querySelector('[data-retries]').onclick = () => { keep([...others(act), { ...act, why: '' }]); send() }
    row.querySelector('[data-drops]').onclick = () => { keep(others(act)); show() }
    return row
  }))
}

function actOf (form) {
  const fields = Object.fromEntries(new FormData(form))
  delete fields.csrf_token
  Object.assign(fields, { request_id: crypto.randomUUID(), at: new Date().toISOString(), queued: '1' })
  const what = [form.closest('li').querySelector('h2'), form.querySelector('button').firstChild]
  return { url: form.action, what: what.map(one => one.textContent.trim()).join(': '), fields }
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
    keep([...kept(), ...[...new Set([...notes, form])].map(actOf)])
  } catch {
    return // a full or forbidden storage: the form goes as it is
  }
  event.preventDefault()
  form.querySelectorAll('button, textarea').forEach(one => { one.disabled = !isNote })
  notes.forEach(one => one.reset())
  say('waits')
  send().then(isAnswered => { if (isAnswered && !isNote) location.reload() })
}

if (page) {
  document.querySelectorAll('form[data-act]').forEach(form => form.addEventListener('submit', queue))
  addEventListener('online', send)
  show()
  if (waiting().length) send()
}
