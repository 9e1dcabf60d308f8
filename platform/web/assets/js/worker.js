// Keeps the public pages that were seen, so that they can be read without a network.
// The house writes before this: self.keeping = { version, shell: [addresses], offline: address, icon: address }
const { version, shell, offline, icon } = self.keeping
const SHELL = `shell-${version}`
const PAGES = 'pages'
const DAY = 'day' // pages of work without a network, which say themselves until when: Keep-Until, in ms
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

async function page (event) {
  const seen = await ofTheDay(event.request) || await (await caches.open(PAGES)).match(event.request)
  const asked = fromTheHouse(event)
  event.waitUntil(asked.catch(() => {})) // also when the page that was seen has answered by then
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

addEventListener('activate', event => event.waitUntil(
  caches.keys()
    .then(names => Promise.all(names.filter(name => ![SHELL, PAGES, DAY].includes(name)).map(name => caches.delete(name))))
    .then(endTheDay)
    .then(() => self.clients.claim())))

addEventListener('fetch', event => {
  const url = new URL(event.request.url)
  if (url.origin !== location.origin) return
  if (event.request.method === 'POST' && LEAVES.test(url.pathname)) event.waitUntil(caches.delete(DAY))
  if (event.request.method !== 'GET') return
  if (event.request.mode === 'navigate') event.respondWith(page(event))
  else if (isKeptForEver(url.pathname)) event.respondWith(part(event.request))
})

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
