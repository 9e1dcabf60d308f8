// Keeps the public pages that were seen, so that they can be read without a network.
// Keeps empty copies of forms as well, and sends what was typed into them.
// The house writes before this: self.keeping = { version, shell: [addresses], offline: address, icon: address,
// languages: [prefixes], forms: [{ copy: address, instead: [addresses] }] }
import { alone, isOfNobody, isWaiting, kept as keptActs, post, settle } from './acts.js'

const { version, shell, offline, icon, languages, forms } = self.keeping
const SHELL = `shell-${version}`
const PAGES = 'pages'
const DAY = 'day' // pages of work without a network, which say themselves until when: Keep-Until, in ms
const FORMS = 'forms' // empty copies of forms, of nobody, with the scripts they need
const FRESH = 12 * 3600_000 // ms until such a copy is fetched anew
const LEAVES = /^\/sign-out/ // whoever signs out takes the day along
const MOST = 60 // pages; the oldest go first
const PATIENCE = 6000 // ms until a page that was seen before stands in for a slow network

const isKeptForEver = path => ['/static/', '/theme.', '/emblem.'].some(begins => path.startsWith(begins))
const says = (answer, name, words) => words.test(answer.headers.get(name) || '')
// The house says which pages are somebody's own: they are never kept. Files may be large.
const mayKeep = answer => answer.ok && answer.type === 'basic' &&
  says(answer, 'Content-Type', /^text\/html/) && !says(answer, 'Cache-Control', /no-store/)

async function keep (request, answer) {
  const pages = await caches.open(PAGES)
  await pages.delete(request) // so that it becomes the newest
  await pages.put(request, answer)
  const all = await pages.keys()
  await Promise.all(all.slice(0, Math.max(0, all.length - MOST)).map(old => pages.delete(old)))
}

const keptUntil = answer => Number(answer.headers.get('Keep-Until') || 0)

// What has run out goes whenever the phone wakes this up: by any page of the house, by a message.
async function endTheDay () {
  const day = await caches.open(DAY)
  for (const kept of await day.keys()) {
    if (keptUntil(await day.match(kept)) <= Date.now()) await day.delete(kept)
  }
  return day
}

// The copy of a day's work while the day lasts.
const ofTheDay = async request => (await endTheDay()).match(request)

// Whoever signs out, or may not see it any more, leaves no copy behind.
async function keepDay (request, answer) {
  const day = await caches.open(DAY)
  if (answer.ok && keptUntil(answer)) await day.put(request, answer)
  else if (await day.match(request)) await caches.delete(DAY)
}

async function fromTheHouse (event) {
  const answer = await fetch(event.request)
  const copy = answer.clone()
  await keepDay(event.request, answer.clone())
  if (mayKeep(answer)) await keep(event.request, copy)
  // What was taken down is not read here either.
  else if ([403, 404, 410].includes(answer.status)) await (await caches.open(PAGES)).delete(event.request)
  return answer
}

const prefixOf = path => languages.map(code => `/${code}`).find(prefix => `${path}/`.startsWith(`${prefix}/`)) || ''

// Two pages at most stand for one form: where one begins, and the form itself.
async function savedForm ({ pathname }) {
  const prefix = prefixOf(pathname)
  const form = forms.find(({ instead }) => instead.includes(pathname.slice(prefix.length)))
  return form && (await caches.open(FORMS)).match(prefix + form.copy)
}

const partsOf = text => [...text.matchAll(/(?:src|href)="(\/(?:static\/|theme\.)[^"]+)"/g)].map(([, path]) => path)

async function keepForm (saved, copy) {
  const old = await saved.match(copy)
  if (old && Date.now() - Date.parse(old.headers.get('Date')) < FRESH) return
  // As nobody: no name, no token, no id is in what the next one here is shown.
  const answer = await fetch(copy, { credentials: 'omit' })
  if ([403, 404, 410].includes(answer.status)) return saved.delete(copy)
  if (!mayKeep(answer)) return
  for (const path of partsOf(await answer.clone().text())) {
    if (!await saved.match(path)) await saved.add(path)
  }
  await saved.put(copy, answer)
}

async function keepForms (prefix) {
  const saved = await caches.open(FORMS)
  for (const { copy } of forms) await keepForm(saved, prefix + copy)
}

// Parts of copies before this version, and copies of what the municipality has no more.
async function leaveOldForms () {
  const saved = await caches.open(FORMS)
  const all = (await saved.keys()).map(request => new URL(request.url).pathname)
  const copies = all.filter(path => forms.some(({ copy }) => prefixOf(path) + copy === path))
  const needed = new Set(copies)
  for (const path of copies) partsOf(await (await saved.match(path)).text()).forEach(part => needed.add(part))
  await Promise.all(all.filter(path => !needed.has(path)).map(path => saved.delete(path)))
}

const sendOfNobody = () => alone(async () => {
  for (const act of (await keptActs()).filter(one => isOfNobody(one) && isWaiting(one))) {
    const said = await post(act, '', act.refused)
    if (said) await settle(act, said)
  }
})

async function page (event) {
  const url = new URL(event.request.url)
  const seen = await ofTheDay(event.request) || await (await caches.open(PAGES)).match(event.request) || await savedForm(url)
  const asked = fromTheHouse(event)
  // Also when the page that was seen has answered by then; there is a network after it.
  event.waitUntil(asked.then(() => Promise.all([keepForms(prefixOf(url.pathname)), sendOfNobody()])).catch(() => {}))
  const waited = new Promise(resolve => setTimeout(() => resolve(seen), PATIENCE))
  try {
    return (seen && await Promise.race([asked, waited])) || await asked
  } catch {
    return seen || await caches.match(offline)
  }
}

async function part (request) {
  return await caches.match(request) || await fetch(request)
}

addEventListener('install', event => event.waitUntil(
  // As nobody in particular: what is kept is shown to whoever sits here next.
  caches.open(SHELL).then(kept => kept.addAll(shell.map(path => new Request(path, { credentials: 'omit' })))).then(() => self.skipWaiting())))
// Already by the first page that somebody sees; without it the worker is as good.
addEventListener('install', event => event.waitUntil(
  self.clients.matchAll({ includeUncontrolled: true })
    .then(pages => Promise.all([...new Set(pages.map(({ url }) => prefixOf(new URL(url).pathname)))].map(keepForms)))
    .catch(() => {})))

addEventListener('activate', event => event.waitUntil(
  caches.keys()
    .then(names => Promise.all(names.filter(name => ![SHELL, PAGES, DAY, FORMS].includes(name)).map(name => caches.delete(name))))
    .then(endTheDay)
    .then(leaveOldForms)
    .then(() => self.clients.claim())))

addEventListener('fetch', event => {
  const url = new URL(event.request.url)
  if (url.origin !== location.origin) return
  if (event.request.method === 'POST' && LEAVES.test(url.pathname)) event.waitUntil(caches.delete(DAY))
  if (event.request.method !== 'GET') return
  if (event.request.mode === 'navigate') event.respondWith(page(event))
  else if (isKeptForEver(url.pathname)) event.respondWith(part(event.request))
})

addEventListener('sync', event => event.waitUntil(sendOfNobody()))

// What the house pushes: who speaks, what, where it is read. Nothing of a person.
addEventListener('push', event => {
  const { title, body, lang, tag, url } = event.data.json()
  event.waitUntil(endTheDay())
  event.waitUntil(self.registration.showNotification(title, { body, lang, tag, icon, data: { url } }))
})

addEventListener('notificationclick', event => {
  event.notification.close()
  const url = new URL(event.notification.data.url)
  if (url.origin === location.origin) event.waitUntil(self.clients.openWindow(url.href))
})
