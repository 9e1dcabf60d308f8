// Forms that wait in the phone while there is no network, with their photographs. Each carries an
// id of its own, so that the house takes it once however often it is sent. What is refused stays,
// and is shown; so is where to read on, of what was sent later.
import { alone, drop, isOfNobody, isWaiting, keep, kept, post, settle } from './acts.js'

const page = document.querySelector('[data-queue]')
const line = page?.querySelector('[data-queue-said]')
const list = page?.querySelector('[data-queue-list]')
const KEY = page?.dataset.queue // of one person: a phone may go from hand to hand
const AGAIN = 30_000 // ms: a phone does not always say that its network is back
let sending = false
let hasMore = false // came while others were being sent

const here = async () => (await kept()).filter(act => act.key === KEY)
const waiting = async () => (await here()).filter(isWaiting)

// Acts that a phone kept for its visits up to 0.12, in localStorage: they go into the queue once.
async function takeOver () {
  const old = `visit-acts-${KEY.replace('visits-', '')}`
  for (const { url, what, fields, why } of JSON.parse(localStorage.getItem(old) || '[]')) {
    await keep({ id: fields.request_id, key: KEY, at: fields.at, what, url, page: url.replace(/\/act$/, ''), fields: Object.entries(fields), why })
  }
  localStorage.removeItem(old)
}

function say (word) {
  line.textContent = page.dataset[word]
  line.hidden = false
}

// What became of each that waited; undefined where one is still to be tried.
async function send () {
  if (sending) {
    hasMore = true
    return
  }
  sending = true
  const told = []
  try {
    return await alone(async () => {
      for (let acts = await waiting(); acts.length; acts = await waiting()) {
        const token = document.querySelector('[name=csrf_token]')?.value // nobody signed in needs none
        const said = await post(acts[0], token, page.dataset.refused)
        if (!said) return say('again')
        await settle(acts[0], said)
        told.push(said)
        say(said.why ? 'refused' : 'sent')
      }
      return told
    })
  } catch {
    say('waits')
  } finally {
    sending = false
    show()
    if (hasMore) {
      hasMore = false
      send()
    }
  }
}

// Each that was refused, with its reason and a second try; each that was sent later, with its page.
async function show () {
  const rows = (await here()).filter(act => !isWaiting(act))
  list.replaceChildren(...rows.map(act => {
    const row = page.querySelector('template').content.cloneNode(true)
    row.querySelector('[data-what]').textContent = `${act.what}, ${readable(act.at)}`
    row.querySelector('[data-why]').textContent = act.why || page.dataset.sent
    row.querySelector('[data-words]').textContent = act.told ?? (act.fields.find(([name]) => name === 'words')?.[1] || '')
    row.querySelector('a').href = act.path || act.page
    const again = row.querySelector('[data-retries]')
    again.hidden = Boolean(act.path)
    again.onclick = () => keep({ ...act, why: '' }).then(send)
    row.querySelector('[data-drops]').onclick = () => drop(act).then(show)
    return row
  }))
}

const readable = moment => new Date(moment).toLocaleString(document.documentElement.lang, { dateStyle: 'short', timeStyle: 'short' })
const isTicked = one => one.matches('[type=checkbox], [type=radio]')

// The words of a form, else what was ticked, chosen and set in it, as people read it.
function toldIn (form) {
  if (form.elements.words) return form.elements.words.value
  return [...form.querySelectorAll('input:not([type=hidden], [type=file]), select')].map(one => {
    if (isTicked(one)) return one.checked && one.labels[0].textContent.trim()
    if (one.matches('select')) return one.selectedOptions[0]?.textContent.trim()
    return one.value && one.type === 'datetime-local' ? readable(one.value) : one.value
  }).filter(Boolean).join('; ')
}

// The next millisecond at least: what was pressed together is sent in the order of its moments.
let latest = 0
function moment () {
  latest = Math.max(Date.now(), latest + 1)
  return new Date(latest).toISOString()
}

function actOf (form, button) {
  const data = new FormData(form)
  const id = form.dataset.act === 'again' ? crypto.randomUUID() : data.get('request_id')
  const at = moment()
  const more = { request_id: id, at, queued: '1', ...(button?.name && { [button.name]: button.value }) }
  data.delete('csrf_token')
  Object.entries(more).forEach(([name, value]) => data.set(name, value))
  const title = form.closest('li')?.querySelector('h2, h3') || document.querySelector('h1')
  const what = [title, (button || form.querySelector('button')).firstChild].map(one => one.textContent.trim()).join(': ')
  // Files of nothing are what a browser sends for none.
  const fields = [...data].filter(([, value]) => !(value instanceof File) || value.size)
  const { credentials } = form.dataset
  return { id, key: KEY, at, what, told: toldIn(form), refused: page.dataset.refused, url: form.action, page: form.dataset.page || form.action.replace(/\/[a-z]+$/, ''), fields, credentials }
}

const isChanged = one => isTicked(one) ? one.checked !== one.defaultChecked : one.value.trim() !== one.defaultValue.trim()
const isTypedIn = form => [...form.querySelectorAll('textarea:enabled, input:enabled:not([type=hidden])')].some(isChanged)

// A note or what was shown, not yet sent, goes along with the act beside it: the page is loaded
// anew after. It follows the act: what was shown counts from the arrival on.
function besides (form) {
  return [...form.closest('li')?.querySelectorAll('form[data-act=again]') || []]
    .filter(other => other !== form && isTypedIn(other))
}

// As a page without any of this would do it.
function submitPlainly (form, button) {
  if (button?.name) form.append(Object.assign(document.createElement('input'), { type: 'hidden', name: button.name, value: button.value }))
  form.submit()
}

const forgetDraft = form => { if (form.dataset.draft) localStorage.removeItem(`draft:${form.dataset.draft}`) }

async function queue (event) {
  const form = event.target
  const button = event.submitter
  const stays = form.dataset.act === 'again'
  event.preventDefault()
  const beside = stays ? [] : besides(form)
  const acts = [actOf(form, button), ...beside.map(other => actOf(other))]
  try {
    for (const act of acts) await keep(act)
  } catch {
    return submitPlainly(form, button) // a full or forbidden storage
  }
  say('waits')
  if (stays) form.reset()
  beside.forEach(other => other.reset())
  form.querySelectorAll('button, textarea, input, select').forEach(one => { one.disabled = !stays })
  // Where the browser can, the worker sends what is of nobody though this page is closed by then.
  if (acts.some(isOfNobody)) navigator.serviceWorker?.ready.then(worker => worker.sync?.register('acts')).catch(() => {})
  const told = await send()
  if (form.dataset.act === 'live') await follow(form, acts[0], told, button)
  else if (told && !stays && !isTyped()) location.reload()
}

// A person who waits before the page reads the answer of the house itself, and mends what is wrong.
async function follow (form, act, told, button) {
  const said = told?.at(-1) || (await here()).find(one => one.id === act.id && !isWaiting(one))
  if (!said) return forgetDraft(form)
  await drop(act)
  if (said.path) return location.assign(`${said.path}?said=${form.dataset.said}`)
  form.querySelectorAll('button, textarea, input, select').forEach(one => { one.disabled = false })
  submitPlainly(form, button)
}

// Words not yet sent, or a form that was left as it was: the page stays.
const isTyped = () => document.querySelector('form[data-act=live]') ||
  [...document.querySelectorAll('form[data-act]')].some(isTypedIn)

// A saved copy is of nobody: it gets its id here, and what was chosen on the page before.
function begin (form) {
  const id = form.elements.request_id
  if (id && !id.value) id.value = crypto.randomUUID()
  for (const [name, value] of new URLSearchParams(location.search)) {
    const field = form.querySelector(`[data-asked="${CSS.escape(name)}"]`)?.querySelector('select, input')?.name
    if (field && !form.elements[field].value) form.elements[field].value = value
  }
}

if (page) {
  document.querySelectorAll('form[data-credentials]').forEach(begin)
  document.querySelectorAll('form[data-act]').forEach(form => form.addEventListener('submit', queue))
  const sendWaiting = async () => { if ((await waiting()).length && await send() && !isTyped()) location.reload() }
  addEventListener('online', sendWaiting)
  setInterval(sendWaiting, AGAIN)
  takeOver().catch(() => {}).then(() => { // a forbidden storage
    // What is promised beside a form is true where the phone can keep it.
    show().then(() => document.querySelector('[data-queue-note]')?.removeAttribute('hidden'), () => {})
    sendWaiting()
  })
}
