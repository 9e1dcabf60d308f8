// What waits in this phone for the network: the page with the queue (offline.js) and the worker
// both read it and send it. Each act carries an id, so the house takes it once whoever sends it.
const answered = request => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result)
  request.onerror = () => reject(request.error)
})

async function store (mode) {
  const asked = indexedDB.open('offline', 1)
  asked.onupgradeneeded = () => asked.result.createObjectStore('acts', { keyPath: 'id' })
  return (await answered(asked)).transaction('acts', mode).objectStore('acts')
}

export const keep = async act => answered((await store('readwrite')).put(act))
export const drop = async act => answered((await store('readwrite')).delete(act.id))
export const kept = async () => (await answered((await store('readonly')).getAll()))
  .sort((one, other) => one.at.localeCompare(other.at))
export const isWaiting = act => !act.why && !act.path
// Typed into a saved copy: it belongs to nobody and is sent as of nobody, whoever is signed in.
export const isOfNobody = act => act.credentials === 'omit'

// One sender at a time, of all pages and the worker.
export const alone = work => navigator.locks ? navigator.locks.request('acts', work) : work()

// What the house said to it: gone, kept with why or where, or undefined to be tried again.
export async function post (act, token, refused) {
  const body = new FormData()
  act.fields.forEach(([name, value]) => body.append(name, value))
  if (token && !isOfNobody(act)) body.set('csrf_token', token)
  const answer = await fetch(act.url, { method: 'POST', body, redirect: 'manual', credentials: act.credentials || 'same-origin' })
  if (answer.status === 204) return {}
  if (answer.status === 201) return { path: answer.headers.get('Location') }
  if (![404, 409, 413, 422].includes(answer.status)) return
  const isPlain = answer.headers.get('Content-Type')?.startsWith('text/plain')
  return { why: isPlain ? await answer.text() : refused }
}

// The answer of the house is kept beside the act, or the act goes.
export async function settle (act, said) {
  if (said.why || said.path) await keep({ ...act, ...said })
  else await drop(act)
}
