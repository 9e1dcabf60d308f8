// Parts of a large file on their way to the server, however often the network goes.
const AGAIN = [1, 2, 5, 10, 20, 30] // seconds

export class Refusal extends Error {}

const pause = seconds => new Promise(resolve => {
  const timer = setTimeout(done, seconds * 1000)
  function done () {
    clearTimeout(timer)
    removeEventListener('online', done)
    resolve()
  }
  addEventListener('online', done)
})

// The answer of the server; null where the network or a busy server kept it from us.
async function ask (url, fields) {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  let answer
  try {
    answer = await fetch(url, { method: 'POST', body })
  } catch {
    return null
  }
  const told = await answer.json().catch(() => null)
  if (told?.problem) throw new Refusal(told.problem)
  if (answer.ok && told) return told
  if (answer.status >= 500 || answer.status === 429) return null
  throw new Refusal('')
}

export async function insist (url, fields, lost) {
  for (let n = 0; ; n++) {
    const told = await ask(url, fields)
    if (told) return told
    lost()
    await pause(AGAIN[Math.min(n, AGAIN.length - 1)])
  }
}
